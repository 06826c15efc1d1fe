#include "cli/route.hpp"

#include <unistd.h>

#include <cstdio>

#include "cli/scenario.hpp"
#include "core/assert.hpp"
#include "model/routing.hpp"
#include "reports/routing_text.hpp"
#include "reports/write.hpp"
#include "scenarios/order_file.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/stock_file.hpp"
#include "sim/initial_stock.hpp"

namespace lastunit::cli {
namespace {

Duration time_of_day(const Arguments& arguments, const model::Scenario& scenario) {
    const auto text = arguments.get("at");
    if (!text) return scenario.run.start_of_day;
    const auto parsed = scenarios::parse_quantity(*text, schema::TIME_OF_DAY, scenario.currency);
    if (!parsed.error.empty()) throw BadInput("--at: " + parsed.error);
    return Duration{static_cast<std::int64_t>(parsed.value) % hours(24).us};
}

bool say(const std::vector<scenarios::Diagnostic>& mistakes) {
    for (const scenarios::Diagnostic& mistake : mistakes) std::fprintf(stderr, "%s\n", mistake.text().c_str());
    return !mistakes.empty();
}

core::Ledger ledger_with(const std::vector<Quantity>& stock, const model::Scenario& scenario) {
    core::LedgerConfig config;
    config.nodes = static_cast<std::uint32_t>(scenario.network.nodes.size());
    config.skus = static_cast<std::uint32_t>(scenario.catalogue.skus.size());
    config.channels = static_cast<std::uint32_t>(scenario.channels.size());
    core::Ledger ledger(config);
    core::Events events;
    for (std::size_t cell = 0; cell < stock.size(); ++cell) {
        if (stock[cell] == 0) continue;
        const NodeId node(static_cast<std::uint16_t>(cell % config.nodes));
        const Sku sku(static_cast<std::uint32_t>(cell / config.nodes));
        const core::Outcome outcome = ledger.receive({}, SimTime{0}, node, sku, stock[cell], events);
        LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
        events.clear();
    }
    return ledger;
}

std::vector<std::int32_t> days(const std::vector<Duration>& ages) {
    std::vector<std::int32_t> out;
    out.reserve(ages.size());
    for (const Duration age : ages) out.push_back(static_cast<std::int32_t>(age.us / hours(24).us));
    return out;
}

bool write(const Arguments& arguments, const reports::Routed& routed) {
    const auto file = arguments.get("json");
    if (!file) {
        std::fputs(reports::routing_text(routed, reports::style_of(fileno(stdout))).c_str(), stdout);
        return true;
    }
    const auto problem = reports::write_file(file->empty() ? "-" : *file, reports::routing_json(routed));
    if (problem) throw BadInput(*problem);
    return true;
}

}  // namespace

int route(const Arguments& arguments) {
    const auto name = arguments.get("scenario");
    if (!name) throw BadInput("--scenario: in which retailer? e.g. --scenario black-friday");
    const auto scenario = load_or_explain(*name, arguments);
    if (!scenario) return kBadInput;
    const scenarios::LoadedOrder loaded = scenarios::load_order(arguments.words[0], *scenario);
    if (say(loaded.errors)) return kBadInput;
    std::vector<Quantity> stock;
    if (const auto file = arguments.get("stock")) {
        scenarios::LoadedStock from_file = scenarios::load_stock(*file, *scenario);
        if (say(from_file.errors)) return kBadInput;
        stock = std::move(from_file.units);
    } else {
        stock = sim::initial_stock(*scenario, arguments.number("seed").value_or(scenario->run.seed));
    }
    const scenarios::OrderToRoute& order = *loaded.order;
    core::RoutingNetwork network = model::routing_network(*scenario);
    const std::vector<std::int32_t> ages = days(sim::initial_age(*scenario));
    network.stock.reference = stock;
    network.stock.age_days = ages;
    core::RouteRequest request =
        model::route_request(*scenario, scenario->design, order.channel, order.method, order.place, order.store);
    request.lines = order.lines;
    request.value = order.value;
    request.time_of_day = time_of_day(arguments, *scenario);
    const core::Ledger ledger = ledger_with(stock, *scenario);
    core::Router router = model::make_router(scenario->design);
    core::Plan plan;
    core::Explanation why;
    router.plan(request, ledger, network, plan, &why);
    write(arguments, {*scenario, request, plan, why});
    return plan.outcome == core::PlanOutcome::planned ? kOk : kGateFailed;
}

}  // namespace lastunit::cli
