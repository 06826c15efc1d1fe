// What the record gets back when an order, or a part of it, does not leave from where it was allocated: everything, or what the
// design's books make of it (model::Bookkeeping). Only the record is concerned; the units stay where they are.
#pragma once

#include <span>

#include "core/ledger.hpp"
#include "core/types.hpp"
#include "sim/counts.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// The order has to go elsewhere: its allocation at the node ends, or stays for ever (keeps_allocation).
void release_to_go_elsewhere(World& world, OrderId order, const core::Line& line);

// The same after a failed pick: what the picker saw is counted, and the units may be released once more (releases_twice).
PickReport release_after_failed_pick(World& world, OrderId order, const core::Line& line, NotPicked why);

// Lines of a cancelled order. `todays_node` is the first node that its channel sells from today; kNowhere: none.
void release_cancelled(World& world, OrderId order, std::span<const core::Line> lines, NodeId todays_node);

}  // namespace lastunit::sim
