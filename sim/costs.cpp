#include "sim/costs.hpp"

#include "sim/orders.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

Costs::Costs(World& world) : world_(world), at_node_(world.scenario.network.nodes.size()) {}

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
    of_nodes_ = {};
    for (CostTerms& terms : at_node_) terms = {};
}

}  // namespace lastunit::sim
