#include "sim/counts.hpp"

#include <algorithm>
#include <cstdlib>

#include "sim/accuracy.hpp"
#include "sim/core_system.hpp"
#include "sim/event_log.hpp"
#include "sim/orders.hpp"
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

PickReport Counts::pick_failed(OrderId order, const core::Line& missing, NotPicked why) {
    PickReport report;
    if (why == NotPicked::not_available) return report;  // nobody went to look
    const auto [node, sku, units] = missing;
    const model::Accuracy& how = world_.scenario.accuracy;
    if (!record_learns(node)) return report;
    if (world_.accuracy->concerns(node) && (how.mismatch > 0 || how.damaged > 0)) report.reason = draw_reason(order, missing);
    if (report.reason == PickReport::Reason::damaged) report.units = set_damaged_aside(missing);
    const bool damaged = report.units > 0;
    if (report.reason == PickReport::Reason::damaged && !damaged) report.reason = PickReport::Reason::not_found;
    if (report.reason == PickReport::Reason::mismatch && !count_other(order, missing))
        report.reason = PickReport::Reason::not_found;
    const TruthCell& cell = world_.truth.cell(node, sku);
    correct(node, sku, (why == NotPicked::overlooked && !damaged ? 0 : cell.shelf) + cell.in_fulfilment);
    world_.record_error->counted(node, sku);
    return report;
}

void Counts::seen_by_loader(NodeId node, Sku sku) {
    if (!record_learns(node)) return;
    const TruthCell& cell = world_.truth.cell(node, sku);
    correct(node, sku, cell.shelf + cell.in_fulfilment);
    world_.record_error->counted(node, sku);
}

// From a failed pick.
bool Counts::record_learns(NodeId node) const {
    return world_.scenario.accuracy.failed_pick != model::Accuracy::FailedPick::keeps_record || !world_.accuracy->concerns(node);
}

PickReport::Reason Counts::draw_reason(OrderId order, const core::Line& missing) const {
    const model::Accuracy& how = world_.scenario.accuracy;
    const auto index = static_cast<std::uint32_t>(2 * world_.cell_of(missing.node, missing.sku));
    const double u = world_.uniform(Purpose::pick_failure, order.value, index);
    if (u < how.damaged) return PickReport::Reason::damaged;
    return u < how.damaged + how.mismatch ? PickReport::Reason::mismatch : PickReport::Reason::not_found;
}

// Something else can lie there only if the record has too little of it: the first such SKU from a random one on. False: there is
// none.
bool Counts::count_other(OrderId order, const core::Line& missing) {
    const auto index = static_cast<std::uint32_t>(2 * world_.cell_of(missing.node, missing.sku) + 1);
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    const auto first = static_cast<std::uint32_t>(world_.uniform(Purpose::pick_failure, order.value, index) * skus);
    for (std::uint32_t i = 0; i < skus; ++i) {
        const Sku other((first + i) % skus);
        const TruthCell& cell = world_.truth.cell(missing.node, other);
        const Quantity seen = cell.shelf + cell.in_fulfilment;
        if (other == missing.sku || seen <= world_.core->ledger().cell(missing.node, other).on_hand) continue;
        correct(missing.node, other, seen);
        world_.record_error->counted(missing.node, other);
        return true;
    }
    return false;
}

// The units that are there and cannot be sold. Where the record has promised them to others it cannot quarantine them: they are
// counted off.
Quantity Counts::set_damaged_aside(const core::Line& missing) {
    const Quantity units = std::min(missing.quantity, world_.truth.cell(missing.node, missing.sku).shelf);
    if (units == 0) return 0;
    world_.core->quarantine(missing.node, missing.sku, units);
    world_.truth.take_from_shelf(missing.node, missing.sku, units);
    if (world_.log != nullptr) world_.log->moved(model::MOVE_DAMAGED, missing.node, missing.sku, units);
    world_.recorder->stock_aside += static_cast<std::uint64_t>(units);
    world_.orders->unit_vanished(missing.node, missing.sku);
    return units;
}

void Counts::correct(NodeId node, Sku sku, Quantity counted) {
    world_.recorder->counted_units +=
        static_cast<std::uint64_t>(std::abs(counted - world_.core->ledger().cell(node, sku).on_hand));
    world_.core->count(node, sku, counted);
}

}  // namespace lastunit::sim
