#include "sim/flows.hpp"

#include <algorithm>
#include <numeric>

namespace lastunit::sim {

Flows::Flows(const World& world)
    : world_(world),
      places_(std::max(1U, static_cast<std::uint32_t>(world.scenario.network.places.size()))),
      ends_(places_ + static_cast<std::uint32_t>(world.scenario.network.nodes.size())),
      number_(world.scenario.network.nodes.size() * ends_, kNone) {}

Flows::Flow Flows::flow(NodeId from, std::uint32_t to) {
    Flow& number = number_[std::size_t{from.value} * ends_ + to];
    if (number == kNone) {
        number = static_cast<Flow>(flows_.size());
        Counts& counts = flows_.emplace_back();
        counts.from = from;
        counts.to = to;
    }
    return number;
}

void Flows::parcel(Flow flow) {
    Counts& counts = flows_[flow];
    ++counts.parcels;
    if (counts.in_step++ == 0) active_.push_back(flow);
}

void Flows::split(Flow flow, std::uint64_t parcels) { flows_[flow].split += parcels; }

void Flows::close_step() {
    for (const Flow flow : active_) {
        steps_.push_back({flow, flows_[flow].in_step});
        flows_[flow].in_step = 0;
    }
    active_.clear();
    step_ends_.push_back(steps_.size());
}

// Those with as many parcels by sender, then by where they go, in the order of the scenario.
void Flows::fill(model::NetworkSeries& out) const {
    std::vector<Flow> order(flows_.size());
    std::iota(order.begin(), order.end(), Flow{0});
    std::sort(order.begin(), order.end(), [&](Flow a, Flow b) {
        const Counts &of_a = flows_[a], &of_b = flows_[b];
        if (of_a.parcels != of_b.parcels) return of_a.parcels > of_b.parcels;
        return of_a.from != of_b.from ? of_a.from < of_b.from : of_a.to < of_b.to;
    });
    std::uint64_t rest = 0;
    for (std::size_t i = kReported; i < order.size(); ++i) rest += flows_[order[i]].parcels;
    order.resize(std::min(kReported, order.size()));
    out.set_parcels_in_no_flow(rest);
    std::vector<model::FlowSteps*> reported(flows_.size(), nullptr);
    const auto& network = world_.scenario.network;
    for (const Flow flow : order) {
        const Counts& counts = flows_[flow];
        model::FlowSteps& steps = *out.add_flows();
        steps.set_node(network.nodes[counts.from.value].name);
        if (counts.to >= places_) {
            steps.set_to_node(network.nodes[counts.to - places_].name);
        } else if (!network.places.empty()) {
            steps.set_place(network.places[counts.to].name);
        }
        steps.set_parcels(counts.parcels);
        steps.set_split_parcels(counts.split);
        steps.mutable_steps()->Resize(static_cast<int>(step_ends_.size()), 0);
        reported[flow] = &steps;
    }
    std::size_t at = 0;
    for (std::size_t step = 0; step < step_ends_.size(); ++step)
        for (; at < step_ends_[step]; ++at)
            if (model::FlowSteps* steps = reported[steps_[at].flow]; steps != nullptr)
                steps->set_steps(static_cast<int>(step), steps_[at].parcels);
}

}  // namespace lastunit::sim
