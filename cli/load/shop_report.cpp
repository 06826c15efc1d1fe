#include "cli/load/shop_report.hpp"

#include <fcntl.h>

#include <cstdio>
#include <fstream>
#include <vector>

#include "cli/command.hpp"
#include "drivers/engine/files.hpp"

namespace lastunit::cli {
namespace {

constexpr const char* kPart = "/shop.part";

std::string content_of(const std::string& path, const std::string& option) {
    std::ifstream in(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    if (!in || text.empty()) throw BadInput(option + ": cannot read " + path + ", or it is empty");
    return text;
}

// What set-up has found may be a token.
void keep(const std::string& path, const std::string& bytes) {
    const drivers::File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.descriptor() < 0 || drivers::write_all(file.descriptor(), std::as_bytes(std::span(bytes))) != 0)
        throw BadInput(path + ": cannot write it");
}

}  // namespace

ShopReport::ShopReport(drivers::HttpDriver& driver, const drivers::http::Plan& plan, const std::vector<WatchedProcess>& cpu_of)
    : driver_(driver), promise_(plan.steps[plan.promise].name), cpu_(plan, cpu_of) {
    // What the read-back costs the shop is no shopper's doing.
    driver_.when_settled = [this] { cpu_.stop(); };
}

void ShopReport::attach(const drivers::InitialStock& stock, const std::string& prepared) {
    const std::string bytes = prepared.empty() ? "" : content_of(prepared, "--prepared");
    try {
        driver_.attach(stock, bytes);
    } catch (const drivers::DriverError& error) {
        throw BadInput((prepared.empty() ? "--no-prepare: " : "--prepared: ") + std::string(error.what()));
    }
}

void ShopReport::keep_prepared(const std::string& path) { keep(path, driver_.prepared()); }

void ShopReport::keep_part(const std::string& folder) { keep(folder + kPart, driver_.part()); }

void ShopReport::join(const drivers::InitialStock& stock, std::span<const std::string> folders) {
    std::vector<std::string> parts;
    for (const std::string& folder : folders) parts.push_back(content_of(folder + kPart, "--merge"));
    try {
        driver_.join(stock, parts);
    } catch (const drivers::DriverError& error) {
        throw BadInput("--merge: " + std::string(error.what()));
    }
}

void ShopReport::fill(model::LoadReport& report) {
    driver_.fill(report);
    if (const std::string gone = cpu_.gone(); !gone.empty()) std::fprintf(stderr, "lastunit load: %s\n", gone.c_str());
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
