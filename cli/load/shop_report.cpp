#include "cli/load/shop_report.hpp"

namespace lastunit::cli {

ShopReport::ShopReport(drivers::HttpDriver& driver, const drivers::http::Plan& plan)
    : driver_(driver), promise_(plan.steps[plan.promise].name), cpu_(plan) {
    // What the read-back costs the shop is no shopper's doing.
    driver_.when_settled = [this] { cpu_.stop(); };
}

void ShopReport::fill(model::LoadReport& report) {
    driver_.fill(report);
    const auto& used = cpu_.used();
    if (!used) return;
    model::ShopCpu& cpu = *report.mutable_shop_cpu();
    cpu.set_target(used->target);
    cpu.set_shop_us(used->shop_us), cpu.set_database_us(used->database_us), cpu.set_redis_us(used->redis_us);
    for (const model::FlowStepLoad& step : report.flow_steps())
        if (step.step() == promise_) cpu.set_checkouts(step.passed());
    if (cpu.checkouts() > 0) cpu.set_us_per_checkout(used->total_us() / static_cast<std::int64_t>(cpu.checkouts()));
}

}  // namespace lastunit::cli
