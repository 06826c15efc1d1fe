#include "sim/accuracy.hpp"

#include <algorithm>
#include <cmath>

#include "sim/event_log.hpp"
#include "sim/orders.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

namespace {
// Arrivals of a process of rate one within `mean`.
Quantity poisson(model::Stream& random, double mean) {
    Quantity count = -1;
    for (double at = 0; at <= mean; at -= std::log(random.uniform())) ++count;
    return count;
}
}  // namespace

Accuracy::Accuracy(World& world)
    : world_(world),
      how_(world.scenario.accuracy),
      nodes_(how_.nodes),
      concerned_(world.scenario.network.nodes.size(), how_.nodes.empty() ? 1 : 0) {
    for (const NodeId node : how_.nodes) concerned_[node.value] = 1;
    if (!nodes_.empty()) return;
    for (std::uint16_t i = 0; i < concerned_.size(); ++i) nodes_.emplace_back(i);
}

// --- the start ---

Quantity Accuracy::there_at_start(NodeId node, Sku sku, Quantity recorded) const {
    const bool errors = how_.missing_mean > 0 || how_.unrecorded_mean > 0 || how_.missing_units > 0;
    if (!errors || !concerns(node)) return recorded;
    model::Stream random(world_.key, Purpose::record_error, (std::uint64_t{node.value} << 32U) | sku.value);
    if (random.uniform() >= how_.wrong_cells) return recorded;
    Quantity there = recorded;
    if (how_.missing_units > 0)
        for (Quantity unit = 0; unit < recorded; ++unit)
            if (random.uniform() < how_.missing_units) --there;
    there += poisson(random, how_.unrecorded_mean);
    there -= poisson(random, how_.missing_mean);
    return std::max(0, there);
}

// --- what vanishes ---

double Accuracy::rate(Strike which) const {
    const double of_cell = which == Strike::shrink ? how_.shrink : which == Strike::damage ? how_.damage : how_.misplacement;
    return of_cell * static_cast<double>(nodes_.size()) * static_cast<double>(world_.scenario.catalogue.skus.size());
}

void Accuracy::start() {
    for (const Strike which : {Strike::shrink, Strike::damage, Strike::misplacement})
        if (rate(which) > 0) schedule(which);
}

// One process for all cells together; each strike hits one of them, and is nothing where the shelf is empty.
void Accuracy::schedule(Strike which) {
    const auto index = static_cast<std::uint32_t>(which);
    const double gap_s = -std::log(world_.uniform(Purpose::misplaced, index, 2 * strikes_[index])) / rate(which);
    const SimTime horizon = SimTime{0} + world_.scenario.run.horizon;
    if (gap_s < (horizon - world_.now).seconds()) world_.after(Duration{std::llround(gap_s * 1e6)}, EventKind::accuracy, index);
}

void Accuracy::strike(std::uint32_t index) {
    const std::size_t skus = world_.scenario.catalogue.skus.size();
    const double which = world_.uniform(Purpose::misplaced, index, 2 * strikes_[index] + 1);
    const auto cell = static_cast<std::size_t>(which * static_cast<double>(nodes_.size() * skus));
    ++strikes_[index];
    vanish(static_cast<Strike>(index), nodes_[cell / skus], Sku(static_cast<std::uint32_t>(cell % skus)));
    schedule(static_cast<Strike>(index));
}

model::StockMove Accuracy::move_of(Strike which) {
    switch (which) {
        case Strike::shrink:
            return model::MOVE_SHRUNK;
        case Strike::damage:
            return model::MOVE_DAMAGED;
        case Strike::misplacement:
            return model::MOVE_MISPLACED;
    }
    return model::MOVE_SHRUNK;
}

void Accuracy::vanish(Strike which, NodeId node, Sku sku) {
    if (world_.truth.cell(node, sku).shelf == 0) return;
    world_.truth.take_from_shelf(node, sku, 1);
    if (world_.log != nullptr) world_.log->moved(move_of(which), node, sku, 1);
    world_.orders->unit_vanished(node, sku);
    ++(which == Strike::shrink ? world_.recorder->stock_shrunk : world_.recorder->stock_aside);
    if (which == Strike::misplacement) {
        if (misplaced_.empty()) misplaced_.assign(world_.cells(), 0);
        ++misplaced_[world_.cell_of(node, sku)];
    }
    world_.record_error->settle(node, sku);
}

void Accuracy::find_misplaced(NodeId node, Sku sku) {
    if (misplaced_.empty()) return;
    Quantity& units = misplaced_[world_.cell_of(node, sku)];
    if (units == 0) return;
    world_.truth.put_on_shelf(node, sku, units);
    if (world_.log != nullptr) world_.log->moved(model::MOVE_FOUND, node, sku, units);
    world_.recorder->stock_aside -= static_cast<std::uint64_t>(units);
    units = 0;
}

bool Accuracy::overlooks(std::uint64_t order, NodeId node, Sku sku) const {
    if (how_.pick_miss <= 0 || !concerns(node)) return false;
    return world_.uniform(Purpose::pick_miss, order, static_cast<std::uint32_t>(world_.cell_of(node, sku))) < how_.pick_miss;
}

// --- what is booked wrongly ---

Sku Accuracy::scan(std::uint64_t order, std::uint32_t piece, NodeId store, Sku sku) {
    if (how_.misscan <= 0 || !concerns(store)) return sku;
    if (world_.uniform(Purpose::misscan, order, 2 * sku.value) >= how_.misscan) return sku;
    const double which = world_.uniform(Purpose::misscan, order, 2 * sku.value + 1);
    const Sku other(static_cast<std::uint32_t>(which * static_cast<double>(world_.scenario.catalogue.skus.size())));
    if (other == sku || !world_.scenario.catalogue.skus[other.value].bundle.empty()) return sku;
    misscanned_[piece] = other;
    return other;
}

Sku Accuracy::booked_as(std::uint32_t piece, Sku sku) const {
    if (misscanned_.empty()) return sku;
    const auto found = misscanned_.find(piece);
    return found == misscanned_.end() ? sku : found->second;
}

Accuracy::Booking Accuracy::book_return(std::uint64_t order, NodeId node, Sku sku) const {
    Booking booking{node};
    if (!concerns(node)) return booking;
    const auto draw = [&](std::uint32_t salt) { return world_.uniform(Purpose::misbooked, order, 8 * sku.value + salt); };
    const std::size_t others = world_.scenario.network.nodes.size() - 1;
    if (how_.return_elsewhere > 0 && others > 0 && draw(0) < how_.return_elsewhere) {
        const auto other = static_cast<std::uint16_t>(draw(1) * static_cast<double>(others));
        booking.node = NodeId(other < node.value ? other : static_cast<std::uint16_t>(other + 1));
    }
    if (how_.return_twice > 0 && draw(2) < how_.return_twice) booking.times = 2;
    if (how_.return_late > 0 && draw(3) < how_.return_late)
        booking.late = world_.draw(how_.return_late_by, Purpose::misbooked, order, 8 * sku.value + 4);
    return booking;
}

}  // namespace lastunit::sim
