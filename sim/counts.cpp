#include "sim/counts.hpp"

#include <algorithm>
#include <cstdlib>

#include "sim/accuracy.hpp"
#include "sim/core_system.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

Counts::Counts(World& world) : world_(world), counts_(world.scenario.network.nodes.size()) {}

void Counts::start() {
    const model::Accuracy& how = world_.scenario.accuracy;
    if (how.count_every.us <= 0) return;
    for (std::uint16_t node = 0; node < counts_.size(); ++node) {
        if (!world_.accuracy->concerns(NodeId(node))) continue;
        Duration phase = how.count_phase;
        if (how.random_count_phase)
            phase.us = static_cast<std::int64_t>(world_.uniform(Purpose::cycle_count, std::uint64_t{node} << 32U) *
                                                 static_cast<double>(how.count_every.us));
        world_.after(phase, EventKind::cycle_count, node);
    }
}

void Counts::count(std::uint32_t index) {
    const model::Accuracy& how = world_.scenario.accuracy;
    const NodeId node(static_cast<std::uint16_t>(index));
    const std::uint32_t number = ++counts_[index];  // draw 0 is the phase
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    for (std::uint32_t sku = 0; sku < skus; ++sku) {
        world_.accuracy->find_misplaced(node, Sku(sku));
        const TruthCell& cell = world_.truth.cell(node, Sku(sku));
        Quantity counted = cell.here();
        if (how.miscount > 0) {
            const double u = world_.uniform(Purpose::cycle_count, (std::uint64_t{node.value} << 32U) | sku, number);
            if (u < how.miscount) counted += u < how.miscount / 2 ? -1 : 1;
        }
        // What is picked lies in its parcel, and is not overlooked.
        counted = std::max(counted, cell.in_fulfilment);
        if (counted != world_.core->ledger().cell(node, Sku(sku)).on_hand) correct(node, Sku(sku), counted);
        world_.record_error->counted(node, Sku(sku));
    }
    world_.after(how.count_every, EventKind::cycle_count, index);
}

void Counts::pick_failed(NodeId node, Sku sku, NotPicked why) {
    if (why == NotPicked::not_available) return;  // nobody went to look
    const bool keeps = world_.scenario.accuracy.failed_pick == model::Accuracy::FailedPick::keeps_record;
    if (keeps && world_.accuracy->concerns(node)) return;
    const TruthCell& cell = world_.truth.cell(node, sku);
    correct(node, sku, (why == NotPicked::overlooked ? 0 : cell.shelf) + cell.in_fulfilment);
    world_.record_error->counted(node, sku);
}

void Counts::correct(NodeId node, Sku sku, Quantity counted) {
    world_.recorder->counted_units +=
        static_cast<std::uint64_t>(std::abs(counted - world_.core->ledger().cell(node, sku).on_hand));
    world_.core->count(node, sku, counted);
}

}  // namespace lastunit::sim
