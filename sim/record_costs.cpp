#include "sim/record_costs.hpp"

#include <cmath>

#include "sim/operations/operations.hpp"
#include "sim/walk_ins.hpp"

namespace lastunit::sim {

namespace {

constexpr double kYearS = 365 * 86'400.0;
constexpr double kHourS = 3'600;
constexpr double kLeastS = 86'400;  // from a shorter run no year is concluded

void fill_terms(google::protobuf::RepeatedPtrField<model::CostCount>& out, const CostTerms& terms) {
    out.Clear();
    for (unsigned i = 0; i < model::kCostTerms; ++i) {
        model::CostCount& count = *out.Add();
        count.set_term(model::name_of(static_cast<CostTerm>(i)));
        count.set_cost(terms[i]);
    }
}

void fill_all(model::Kpi& out, const CostTerms& terms, std::uint64_t orders) {
    fill_terms(*out.mutable_cost_terms(), terms);
    out.set_total_cost(sum_of(terms));
    out.set_cost_per_order(orders == 0 ? 0 : static_cast<double>(sum_of(terms)) / static_cast<double>(orders) / 100);
}

// Everything follows the orders, but for stock: that lies there by time. Half an hour of a sale says nothing about a year.
void fill_year(model::RunRecord& record, const World& world, const CostTerms& terms, std::uint64_t orders) {
    const double measured_s = world.costs->measured().seconds();
    const double by_time = measured_s > 0 ? kYearS / measured_s : 0;
    const double stated = world.scenario.costs.orders_per_year;
    if (stated <= 0 && (measured_s < kLeastS || orders == 0)) return;
    const double year_orders = stated > 0 ? stated : static_cast<double>(orders) * by_time;
    const double by_orders = orders > 0 ? year_orders / static_cast<double>(orders) : 0;
    CostTerms of_year{};
    for (unsigned i = 0; i < model::kCostTerms; ++i) {
        const double scale = static_cast<CostTerm>(i) == CostTerm::holding ? by_time : by_orders;
        of_year[i] = std::llround(static_cast<double>(terms[i]) * scale);
    }
    model::YearKpi& out = *record.mutable_year();
    out.set_orders(year_orders);
    out.set_orders_stated(stated > 0);
    fill_terms(*out.mutable_terms(), of_year);
    Money cost = sum_of(of_year);
    for (const model::Design::RunningCost& running : world.design.running_costs) {
        model::RunningCostKpi& item = *out.add_running();
        item.set_name(running.name);
        item.set_cost(running.per_year);
        cost += running.per_year;
    }
    out.set_total_cost(cost);
    record.mutable_kpi()->set_cost_per_year(cost);
}

}  // namespace

void fill_costs(model::Kpi& out, const Counters& c) {
    fill_all(out, c.costs, c.orders);
    const auto ratio = [](auto part, auto whole) {
        return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    };
    out.set_shipments_per_order(ratio(c.parcels, c.orders_with_parcels));
    const MethodCounts &pickup = c.of(core::Method::pickup), &reserve = c.of(core::Method::reserve_in_store);
    out.set_ready_in_time_rate(ratio(pickup.kept + reserve.kept, pickup.due + reserve.due));
    out.set_parcel_km(ratio(c.parcel_km, c.parcels));
    out.set_total_km(static_cast<double>(c.parcel_km));
    out.set_walk_ins_lost_units(c.walk_ins_lost_units);
    out.set_walk_ins_lost_value(c.walk_ins_lost_value);
}

void fill_run_costs(model::RunRecord& record, const World& world, const Counters& total) {
    CostTerms terms = total.costs;
    for (unsigned i = 0; i < model::kCostTerms; ++i) terms[i] += world.costs->of_nodes()[i];
    model::Kpi& kpi = *record.mutable_kpi();
    fill_all(kpi, terms, total.orders);
    double labour_s = 0, overtime_s = 0;
    for (std::uint16_t i = 0; i < world.scenario.network.nodes.size(); ++i) {
        labour_s += world.costs->labour_s(NodeId(i));
        overtime_s += world.costs->overtime_s(NodeId(i));
    }
    kpi.set_labour_h(labour_s / kHourS);
    kpi.set_overtime_h(overtime_s / kHourS);
    fill_year(record, world, terms, total.orders);
}

void fill_node_costs(model::NodeKpi& out, const World& world, NodeId node) {
    fill_terms(*out.mutable_cost_terms(), world.costs->at(node));
    out.set_total_cost(sum_of(world.costs->at(node)));
    out.set_labour_h(world.costs->labour_s(node) / kHourS);
    out.set_overtime_h(world.costs->overtime_s(node) / kHourS);
    const NodeFigures& figures = world.operations->figures(node);
    if (figures.sent > 0) out.set_parcel_km(static_cast<double>(figures.sent_km) / static_cast<double>(figures.sent));
    out.set_walk_ins_lost_units(world.walk_ins->lost_units(node));
}

}  // namespace lastunit::sim
