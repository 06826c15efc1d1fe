#include "sim/network_steps.hpp"

#include <algorithm>

#include "sim/labour.hpp"
#include "sim/operations/carriage.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/stations.hpp"

namespace lastunit::sim {

namespace {

constexpr std::size_t kMostSteps = 96, kFewestSteps = 24;
constexpr std::size_t kMostOfAllNodes = 12'000;  // steps x nodes: a large network is drawn more coarsely; records stay small

// Of the time series, in one step: as few as leave no more than `most`; a number that leaves none over where one is near.
std::size_t samples_per_step(std::size_t samples, std::size_t most) {
    const std::size_t least = std::max<std::size_t>(1, (samples + most - 1) / most);
    for (std::size_t every = least; every < 2 * least; ++every)
        if (samples % every == 0) return every;
    return least;
}

}  // namespace

NetworkSteps::NetworkSteps(const World& world) : world_(world), flows_(world), seen_(world.scenario.network.nodes.size()) {
    const model::Run& run = world.scenario.run;
    // The first sample is taken even behind the horizon, where the drain goes on for so long.
    const auto samples = static_cast<std::size_t>(std::max<std::int64_t>(1, run.horizon.us / run.sample_every.us));
    const std::size_t nodes = seen_.size();
    every_ = samples_per_step(samples, std::clamp(kMostOfAllNodes / std::max<std::size_t>(1, nodes), kFewestSteps, kMostSteps));
    step_ = run.sample_every * static_cast<std::int64_t>(every_);
    steps_ = samples / every_;
    busy_s_.assign(nodes * steps_, 0.0);
    nodes_.resize(nodes);
    for (std::size_t i = 0; i < nodes; ++i) nodes_[i].set_node(world.scenario.network.nodes[i].name);
}

// --- what happens ---

Flows::Flow NetworkSteps::flow_of(const Order& order, NodeId from, PieceState how) {
    if (how == PieceState::handed_over) return flows_.to_node(from, from);
    const NodeId hub = world_.carriage->lockers().hub_of(order);
    return hub != kNowhere ? flows_.to_node(from, hub) : flows_.to_place(from, order.place);
}

// That an order comes from several nodes is known when the second of them sends: what left before all came from the first. Of a
// pick-up that became a parcel it may have been fetched or sent, which nobody knows any more: what left before is not counted
// then.
void NetworkSteps::parcel_left(const Order& order, NodeId from, PieceState how) {
    ++(how == PieceState::shipped ? sent_ : collected_);
    const Flows::Flow flow = flow_of(order, from, how);
    flows_.parcel(flow);
    const bool second = !order.several_senders && order.first_sender != kNowhere && order.first_sender != from;
    if (second && !order.became_parcel) flows_.split(flow_of(order, order.first_sender, how), order.parcels_left);
    if (second || order.several_senders) flows_.split(flow, 1);
}

void NetworkSteps::part_leaves(NodeId from, NodeId gathered_at) {
    ++gathered_;
    flows_.parcel(flows_.to_node(from, gathered_at));
}

void NetworkSteps::worked(NodeId node, Duration span) {
    const SimTime end = world_.now + span;
    SimTime from = world_.now;
    for (auto step = static_cast<std::size_t>(from.us / step_.us); from < end && step < steps_; ++step) {
        const SimTime until = std::min(end, SimTime{0} + step_ * static_cast<std::int64_t>(step + 1));
        busy_s_[node.value * steps_ + step] += (until - from).seconds();
        from = until;
    }
}

// --- steps ---

void NetworkSteps::sample() {
    if (++samples_ % every_ == 0) close_step();
}

void NetworkSteps::close_step() {
    const auto step_of = [](std::uint64_t now, std::uint64_t& before) {
        const auto units = static_cast<std::uint32_t>(now - before);
        before = now;
        return units;
    };
    for (std::uint16_t i = 0; i < nodes_.size(); ++i) {
        const NodeId id(i);
        const NodeFigures& figures = world_.operations->figures(id);
        model::NodeSteps& node = nodes_[i];
        node.add_stock(static_cast<std::uint32_t>(world_.truth.on_shelves(id)));
        node.add_open_lines(world_.stations->open_lines(id));
        node.add_shipped(step_of(figures.shipped, seen_[i].shipped));
        node.add_handed_over(step_of(figures.handed_over, seen_[i].handed_over));
        node.add_sold_at_till(step_of(figures.sold_at_till, seen_[i].sold_at_till));
        node.add_oversold(step_of(figures.oversold, seen_[i].oversold));
    }
    flows_.close_step();
}

// --- the run record ---

void NetworkSteps::fill(model::NetworkSeries& out) const {
    out.set_step_s(step_.seconds());
    for (std::uint16_t i = 0; i < nodes_.size(); ++i) {
        model::NodeSteps& node = *out.add_nodes();
        node = nodes_[i];
        fill_people(node, NodeId(i));
    }
    flows_.fill(out);
    out.set_sent(sent_);
    out.set_collected(collected_);
    out.set_gathered(gathered_);
}

void NetworkSteps::fill_people(model::NodeSteps& out, NodeId node) const {
    const model::Node& place = world_.scenario.network.nodes[node.value];
    if (!place.team && place.pick.workers + place.pack.workers + place.dispatch.workers == 0) return;
    for (std::int64_t step = 0; step < out.stock_size(); ++step) {
        const SimTime begin = SimTime{0} + step_ * step;
        out.add_busy_s(static_cast<float>(busy_s_[node.value * steps_ + static_cast<std::size_t>(step)]));
        out.add_staffed_s(static_cast<float>(staffed(world_, node, begin, begin + step_).person_s));
    }
}

}  // namespace lastunit::sim
