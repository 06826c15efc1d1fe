#include "reports/balance_detail.hpp"

#include <cmath>
#include <string_view>

namespace lastunit::reports {
namespace {

using model::Funnel;
using model::RunRecord;
using Lines = std::vector<BalanceLine>;
using Relation = BalanceLine::Relation;

template <class Range, class Value> std::int64_t total(const Range& range, Value value) {
    std::int64_t result = 0;
    for (const auto& item : range) result += static_cast<std::int64_t>(value(item));
    return result;
}
template <class Range> std::int64_t total(const Range& range) {
    return total(range, [](auto value) { return value; });
}

void add(Lines& lines, std::string sentence, std::int64_t left, std::uint64_t right, Relation relation = Relation::equal) {
    lines.push_back({std::move(sentence), left, static_cast<std::int64_t>(right), relation});
}

void classes(const RunRecord& record, Lines& lines) {
    if (record.sku_classes().empty()) return;
    const auto compare = [&](std::string_view what, std::uint64_t (model::SkuClassKpi::*value)() const, std::uint64_t all) {
        const auto sum = total(record.sku_classes(), [&](const model::SkuClassKpi& part) { return (part.*value)(); });
        add(lines, "sum over SKU classes = total: " + std::string(what), sum, all);
    };
    using Class = model::SkuClassKpi;
    compare("units accepted", &Class::units_accepted, record.kpi().units_accepted());
    compare("oversold units", &Class::oversold_units, record.kpi().oversold_units());
    compare("undersold units", &Class::undersold_units, record.kpi().undersold_units());
    compare("lost sales units", &Class::lost_sales_units, record.kpi().lost_sales_units());
}

void worst_skus(const RunRecord& record, Lines& lines) {
    if (record.worst_skus().empty()) return;
    std::int64_t apart = 0;
    for (const model::SkuKpi& sku : record.worst_skus()) {
        const auto oversold = static_cast<std::int64_t>(sku.oversold_units());
        apart += total(sku.oversold_causes(), [](const model::CauseCount& c) { return c.units(); }) != oversold ||
                 total(sku.channels(), [](const model::ChannelUnits& c) { return c.oversold_units(); }) != oversold;
    }
    add(lines, "SKUs whose causes or channels do not add up = none", apart, 0);
    add(lines, "oversold units of the worst SKUs are part of those of all classes",
        total(record.worst_skus(), [](const model::SkuKpi& sku) { return sku.oversold_units(); }),
        static_cast<std::uint64_t>(
            total(record.sku_classes(), [](const model::SkuClassKpi& part) { return part.oversold_units(); })),
        Relation::at_most);
}

void shoppers(const RunRecord& record, Lines& lines) {
    if (!record.paths().empty()) {
        const auto sum = [&](std::uint64_t (model::JourneyPath::*value)() const) {
            return total(record.paths(), [&](const model::JourneyPath& path) { return (path.*value)(); }) +
                   static_cast<std::int64_t>((record.other_paths().*value)());
        };
        add(lines, "shoppers on all paths = shoppers", sum(&model::JourneyPath::shoppers), record.balance().shoppers());
        add(lines, "buyers on all paths = shoppers who bought", sum(&model::JourneyPath::buyers),
            record.balance().shoppers_bought());
    }
    if (record.switches().empty()) return;
    std::int64_t apart = 0;
    for (const model::SwitchCount& count : record.switches()) apart += count.bought() > count.count();
    add(lines, "switches after which more bought than had switched = none", apart, 0);
    add(lines, "who bought after a switch is one of those who bought",
        total(record.switches(), [](const model::SwitchCount& count) { return count.bought(); }),
        record.balance().shoppers_bought(), Relation::at_most);
}

// Replayed orders have no persona: where there are any, personas have only a part of the funnel.
void funnels(const RunRecord& record, Lines& lines) {
    const auto& personas = record.personas();
    if (personas.empty() || !personas[0].has_funnel()) return;
    const auto arrived = total(personas, [](const model::PersonaKpi& persona) { return persona.shoppers(); });
    const bool all = arrived == static_cast<std::int64_t>(record.funnel().arrived());
    const auto compare = [&](std::string_view stage, std::uint64_t (Funnel::*value)() const) {
        const auto sum = total(personas, [&](const model::PersonaKpi& persona) { return (persona.funnel().*value)(); });
        add(lines, (all ? "sum over personas = funnel: " : "sum over personas is part of the funnel: ") + std::string(stage), sum,
            (record.funnel().*value)(), all ? Relation::equal : Relation::at_most);
    };
    compare("arrived", &Funnel::arrived);
    compare("browsed", &Funnel::browsed);
    compare("saw available", &Funnel::saw_available);
    compare("carted", &Funnel::carted);
    compare("reached checkout", &Funnel::reached_checkout);
    compare("placed", &Funnel::placed);
    compare("paid", &Funnel::paid);
    compare("received", &Funnel::received);
}

void distributions(const RunRecord& record, Lines& lines) {
    const auto compare = [&](std::string_view method, const model::MethodKpi& kpi) {
        for (const model::TimeDistribution& times : record.times())
            if (times.method() == method)
                add(lines, "distribution of times = orders that ended: " + std::string(method), total(times.count()),
                    kpi.time_s().count());
    };
    compare("ship", record.kpi().ship());
    compare("locker", record.kpi().locker());
    compare("pickup", record.kpi().pickup());
    compare("reserve_in_store", record.kpi().reserve_in_store());
}

// Both are the truth at the same instants: one counts by node, one at once.
void states_over_time(const RunRecord& record, Lines& lines) {
    const model::Series& series = record.series();
    if (series.step_s() <= 0) return;
    const auto every = static_cast<int>(std::lround(record.network().step_s() / series.step_s()));
    const auto compare = [&](std::string_view what, const auto& at_once, auto of_node) {
        if (every <= 0 || at_once.empty()) return;
        std::int64_t sum = 0;
        for (int at = every - 1; at < at_once.size(); at += every) sum += static_cast<std::int64_t>(at_once[at]);
        const auto by_node = total(record.network().nodes(), [&](const model::NodeSteps& node) { return total(of_node(node)); });
        add(lines, "sum over nodes and time = over time: " + std::string(what), by_node, static_cast<std::uint64_t>(sum));
    };
    compare(
        "stock", series.stock(), [](const model::NodeSteps& node) -> const auto& { return node.stock(); });
    compare(
        "open order lines", series.open_picks(), [](const model::NodeSteps& node) -> const auto& { return node.open_lines(); });
}

// What happened after the last step is in the node's figures alone.
bool more_than_in_all(const model::NodeSteps& steps, const model::NodeKpi& node) {
    const auto more = [](const auto& values, std::uint64_t all) { return total(values) > static_cast<std::int64_t>(all); };
    return steps.node() != node.name() || more(steps.shipped(), node.units_shipped()) ||
           more(steps.handed_over(), node.units_handed_over()) || more(steps.sold_at_till(), node.units_sold_at_till()) ||
           more(steps.oversold(), node.oversold_units());
}

void network(const RunRecord& record, Lines& lines) {
    const model::NetworkSeries& network = record.network();
    if (network.nodes().empty()) return;
    states_over_time(record, lines);
    std::int64_t apart = std::abs(network.nodes_size() - record.nodes_size());
    for (int i = 0; i < std::min(network.nodes_size(), record.nodes_size()); ++i)
        apart += more_than_in_all(network.nodes(i), record.nodes(i));
    add(lines, "nodes with more over time than in all = none", apart, 0);
    add(lines, "parcels of flows + in no flow = sent + collected + gathered",
        total(network.flows(), [](const model::FlowSteps& flow) { return flow.parcels(); }) +
            static_cast<std::int64_t>(network.parcels_in_no_flow()),
        network.sent() + network.collected() + network.gathered());
    std::int64_t beyond = 0;
    for (const model::FlowSteps& flow : network.flows())
        beyond += total(flow.steps()) > static_cast<std::int64_t>(flow.parcels()) || flow.split_parcels() > flow.parcels();
    add(lines, "flows with more over time, or more split, than in all = none", beyond, 0);
    if (record.identity().warm_up_s() == 0)
        add(lines, "KPI = network: parcels sent", static_cast<std::int64_t>(record.kpi().parcels()), network.sent());
}

}  // namespace

void add_detail(const RunRecord& record, Lines& lines) {
    if (record.identity().warm_up_s() == 0) classes(record, lines);
    worst_skus(record, lines);
    shoppers(record, lines);
    funnels(record, lines);
    distributions(record, lines);
    network(record, lines);
}

}  // namespace lastunit::reports
