#include "sim/bookkeeping.hpp"

#include <algorithm>

#include "sim/backing.hpp"
#include "sim/core_system.hpp"
#include "sim/record_error.hpp"

namespace lastunit::sim {

using model::Bookkeeping;

namespace {

// The books say that `change` units more are there. They never deny what is picked.
void write_up(World& world, NodeId node, Sku sku, Quantity change) {
    const Quantity on_hand = world.core->ledger().cell(node, sku).on_hand;
    world.core->count(node, sku, std::max(on_hand + change, world.truth.cell(node, sku).in_fulfilment));
    world.record_error->settle(node, sku);
}

void release_at_first_node(World& world, OrderId order, std::span<const core::Line> lines) {
    for (const core::Line& line : lines) {
        if (line.node == lines.front().node) {
            world.core->deallocate(order, {&line, 1});
        } else {
            world.record_error->stranded(line.node, line.sku, line.quantity);
        }
    }
}

}  // namespace

void release_to_go_elsewhere(World& world, OrderId order, const core::Line& line) {
    if (world.design.bookkeeping.reroute == Bookkeeping::Reroute::keeps_allocation) {
        world.record_error->stranded(line.node, line.sku, line.quantity);
    } else {
        world.core->deallocate(order, {&line, 1});
    }
}

PickReport release_after_failed_pick(World& world, OrderId order, const core::Line& line, NotPicked why) {
    release_to_go_elsewhere(world, order, line);
    const PickReport report = world.counts->pick_failed(order, line, why);
    if (world.design.bookkeeping.short_pick == Bookkeeping::ShortPick::releases_twice)
        write_up(world, line.node, line.sku, line.quantity);
    return report;
}

void release_cancelled(World& world, OrderId order, std::span<const core::Line> lines, NodeId todays_node) {
    if (lines.empty()) return;
    const Bookkeeping::CancelRestocks how = world.design.bookkeeping.cancel_restocks;
    if (how == Bookkeeping::CancelRestocks::first_node) {
        release_at_first_node(world, order, lines);
        return;
    }
    world.core->deallocate(order, lines);
    for (const core::Line& line : lines) {
        if (how == Bookkeeping::CancelRestocks::twice) write_up(world, line.node, line.sku, line.quantity);
        if (how != Bookkeeping::CancelRestocks::todays_nodes || todays_node == kNowhere || todays_node == line.node) continue;
        write_up(world, line.node, line.sku, -line.quantity);
        write_up(world, todays_node, line.sku, line.quantity);
    }
}

}  // namespace lastunit::sim
