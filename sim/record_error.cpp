#include "sim/record_error.hpp"

#include "sim/causes.hpp"
#include "sim/core_system.hpp"

namespace lastunit::sim {

RecordError::RecordError(World& world) : world_(world), untold_(world.cells()) {}

void RecordError::told(NodeId node, Sku sku, Quantity units) {
    untold_[world_.cell_of(node, sku)] -= units;
    settle(node, sku);  // the record cannot fall below what is picked: it may take less than was sold
}

void RecordError::never_told(NodeId node, Sku sku, Quantity units) {
    if (lost_.empty()) lost_.assign(world_.cells(), 0);
    untold_[world_.cell_of(node, sku)] -= units;
    lost_[world_.cell_of(node, sku)] += units;
}

void RecordError::stranded(NodeId node, Sku sku, Quantity units) {
    if (stranded_.empty()) stranded_.assign(world_.cells(), 0);
    stranded_[world_.cell_of(node, sku)] += units;
    settle(node, sku);
}

void RecordError::settle(NodeId node, Sku sku) { world_.causes->note(Mishap::phantom, node, sku, unexplained(node, sku)); }

void RecordError::counted(NodeId node, Sku sku) {
    const std::size_t cell = world_.cell_of(node, sku);
    for (const Mishap what : {Mishap::misbooked, Mishap::booked_twice})
        world_.causes->note(what, node, sku, -world_.causes->noted(what, node, sku));
    if (at(lost_, cell) != 0) {
        world_.causes->note(Mishap::lost_sale, node, sku, -lost_[cell]);
        lost_[cell] = 0;
    }
    settle(node, sku);
}

Quantity RecordError::excess(NodeId node, Sku sku) const {
    const std::size_t cell = world_.cell_of(node, sku);
    const Quantity on_record = world_.core->ledger().cell(node, sku).on_hand - at(stranded_, cell);
    return on_record - world_.truth.cell(node, sku).here() - untold_[cell];
}

Quantity RecordError::noted(NodeId node, Sku sku) const {
    Quantity units = at(lost_, world_.cell_of(node, sku));
    for (const Mishap what : {Mishap::phantom, Mishap::misbooked, Mishap::booked_twice})
        units += world_.causes->noted(what, node, sku);
    return units;
}

Quantity RecordError::unexplained(NodeId node, Sku sku) const { return excess(node, sku) - noted(node, sku); }

RecordError::Sum RecordError::sum() const {
    Sum sum;
    const auto nodes = static_cast<std::uint16_t>(world_.scenario.network.nodes.size());
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    for (std::uint32_t sku = 0; sku < skus; ++sku)
        for (std::uint16_t node = 0; node < nodes; ++node) {
            const Quantity units = excess(NodeId(node), Sku(sku));
            (units > 0 ? sum.excess : sum.shortage) += static_cast<std::uint64_t>(units > 0 ? units : -units);
        }
    return sum;
}

}  // namespace lastunit::sim
