#include "sim/costs.hpp"

#include <algorithm>
#include <cmath>

#include "sim/labour.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/stock_figures.hpp"
#include "sim/orders.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

namespace {
constexpr double kYearS = 365 * 86'400.0;
}

Costs::Costs(World& world)
    : world_(world), at_node_(world.scenario.network.nodes.size()), labour_s_(at_node_.size()), overtime_s_(at_node_.size()) {
    if (world.scenario.costs.holding <= 0) return;
    stock_value_.assign(at_node_.size(), 0.0);
    std::vector<Money> prices;
    for (const model::SkuInfo& sku : world.scenario.catalogue.skus) prices.push_back(sku.price);
    world.truth.value_at(std::move(prices));
}

void Costs::book(CostTerm term, ChannelId channel, Money amount) {
    world_.recorder->of(channel).costs[static_cast<unsigned>(term)] += amount;
}

void Costs::book(CostTerm term, ChannelId channel, NodeId node, Money amount) {
    book(term, channel, amount);
    at_node_[node.value][static_cast<unsigned>(term)] += amount;
}

void Costs::book_at(CostTerm term, NodeId node, Money amount) {
    of_nodes_[static_cast<unsigned>(term)] += amount;
    at_node_[node.value][static_cast<unsigned>(term)] += amount;
}

void Costs::book_parcel(Order& order, NodeId node, Money price) {
    book(order.first_parcel_paid ? CostTerm::split : CostTerm::ship, order.channel, node, price);
    order.first_parcel_paid = true;
}

void Costs::measure_from_here() {
    from_ = world_.now;
    of_nodes_ = {};
    for (CostTerms& terms : at_node_) terms = {};
    std::fill(stock_value_.begin(), stock_value_.end(), 0.0);
    samples_ = 0;
}

void Costs::sample() {
    ++samples_;
    for (std::uint16_t node = 0; node < stock_value_.size(); ++node)
        stock_value_[node] += static_cast<double>(world_.truth.value_on_shelves(NodeId(node)));
}

Duration Costs::measured() const { return std::min(world_.now, SimTime{0} + world_.scenario.run.horizon) - from_; }

void Costs::close() {
    const model::Costs& rates = world_.scenario.costs;
    if (samples_ == 0) sample();  // a series without a step: what is left stands for all of it
    const double years = measured().seconds() / kYearS;
    const std::vector<Money> unsold = world_.stock_figures->unsold_markdown();
    for (std::uint16_t i = 0; i < at_node_.size(); ++i) {
        const NodeId node(i);
        book_at(CostTerm::markdown, node, unsold[i]);
        const Labour shifts = staffed(world_, node, from_, from_ + measured());
        const NodeFigures& work = world_.operations->figures(node);
        const Labour later = worked_off(world_, node, work.worked_off_s - work.own_worked_off_s, work.own_worked_off_s);
        const Labour beyond = overtime(world_, node, work.overtime_s - work.own_overtime_s, work.own_overtime_s);
        labour_s_[i] = shifts.person_s + later.person_s;
        overtime_s_[i] = beyond.person_s;
        book_at(CostTerm::labour, node, shifts.cost + later.cost);
        book_at(CostTerm::overtime, node, beyond.cost);
        if (stock_value_.empty()) continue;
        const double cost = stock_value_[i] / static_cast<double>(samples_) * rates.cost_of_goods;
        book_at(CostTerm::holding, node, std::llround(cost * rates.holding * years));
    }
}

}  // namespace lastunit::sim
