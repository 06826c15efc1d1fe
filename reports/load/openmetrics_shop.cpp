#include "reports/load/openmetrics_shop.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"

namespace lastunit::reports {
namespace {

double number(std::uint64_t value) { return static_cast<double>(value); }

void steps(const model::LoadReport& load, MetricsText& text) {
    if (load.flow_steps().empty()) return;
    text.family("flow_shoppers", "gauge",
                "Shoppers who sent a step's request at least once, and of these those whom it accepted.");
    for (const model::FlowStepLoad& step : load.flow_steps()) {
        text.sample(number(step.shoppers()), {{"step", step.step()}, {"result", "came"}});
        text.sample(number(step.passed()), {{"step", step.step()}, {"result", "passed"}});
    }
    text.family("flow_requests", "gauge",
                "Requests by the class of their answer, its status and the rule of the flow that decided; status 0: no answer.");
    for (const model::FlowStepLoad& step : load.flow_steps()) {
        std::map<std::tuple<std::string, std::uint32_t, std::string>, std::uint64_t> requests;
        for (const model::FlowAnswer& one : step.answers()) requests[{one.answer(), one.status(), one.why()}] += one.requests();
        for (const auto& [what, count] : requests)
            text.sample(number(count), {{"step", step.step()},
                                        {"class", std::get<0>(what)},
                                        {"status", std::to_string(std::get<1>(what))},
                                        {"rule", std::get<2>(what)}});
    }
    text.family("flow_seconds", "summary", "Request sent until its answer, of those that were answered.");
    for (const model::FlowStepLoad& step : load.flow_steps()) latency_samples(step.latency(), text, {{"step", step.step()}});
}

void books(const model::ShopBooks& books, MetricsText& text) {
    text.gauge("books_judged", "1 where the shop's books could be judged.", books.problem().empty() ? 1 : 0);
    if (!books.problem().empty()) return;
    text.family("books_units", "gauge", "Units of all SKUs, as shoppers were told and as the shop's own books say.");
    const auto units = [&](const char* figure, std::int64_t value) {
        text.sample(static_cast<double>(value), {{"figure", figure}});
    };
    units("stock", books.stock()), units("told", books.told());
    units("unknown", books.unknown()), units("unknown_but_ordered", books.unknown_but_ordered());
    if (is_read(books, "orders")) units("orders", books.orders());
    if (is_read(books, "reservations")) units("reservations", books.reservations());
    if (is_read(books, "counters")) units("counter_moved_by", books.counter_moved_by());
    const auto findings = [&](const char* name, const char* help, auto value) {
        text.family(name, "gauge", help);
        for (const char* kind : kShopFindings) {
            const auto found =
                std::find_if(books.kinds().begin(), books.kinds().end(), [&](const auto& one) { return one.kind() == kind; });
            text.sample(found == books.kinds().end() ? 0 : static_cast<double>(value(*found)), {{"kind", kind}});
        }
    };
    findings("books_finding_units", "Units that books and answers disagree about, at least.",
             [](const model::ShopFindingKind& kind) { return kind.units(); });
    findings("books_finding_skus", "SKUs of which books and answers disagree.",
             [](const model::ShopFindingKind& kind) { return kind.skus(); });
}

void cpu(const model::ShopCpu& cpu, MetricsText& text) {
    text.family("shop_cpu_seconds", "gauge",
                "Processor time of the shop's processes, from the first shopper until it had settled.");
    for (const auto& [part, us] : {std::pair{"shop", cpu.shop_us()}, {"database", cpu.database_us()}, {"redis", cpu.redis_us()}})
        text.sample(static_cast<double>(us) / 1e6, {{"part", part}});
    text.gauge("shop_checkouts", "Promises that the shop accepted.", number(cpu.checkouts()));
    if (cpu.checkouts() > 0)
        text.gauge("shop_cpu_seconds_per_checkout", "Processor time of all its parts by accepted promise.",
                   static_cast<double>(cpu.us_per_checkout()) / 1e6);
}

}  // namespace

void shop_metrics(const model::LoadReport& load, MetricsText& text) {
    steps(load, text);
    if (load.has_shop_cpu()) cpu(load.shop_cpu(), text);
    if (load.has_shop_books()) books(load.shop_books(), text);
}

}  // namespace lastunit::reports
