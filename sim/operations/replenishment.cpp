#include "sim/operations/replenishment.hpp"

#include <cmath>

#include "sim/core_system.hpp"
#include "sim/operations/supply.hpp"
#include "sim/operations/transfers.hpp"

namespace lastunit::sim {

using Policy = model::ReplenishmentRule::Policy;
using model::Purpose;

namespace {
Quantity level(const model::StockLevel& of, Quantity at_start) {
    return of.units >= 0 ? of.units : static_cast<Quantity>(std::llround(of.share * at_start));
}
}  // namespace

template <class Look> void Replenishment::for_each_cell(const model::ReplenishmentRule& rule, Look look) const {
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    for (const NodeId node : rule.nodes) {
        if (rule.skus.empty())
            for (std::uint32_t sku = 0; sku < skus; ++sku) look(node, Sku(sku));
        for (const Sku sku : rule.skus) look(node, sku);
    }
}

void Replenishment::start() {
    const std::vector<model::ReplenishmentRule>& rules = world_.scenario.replenishment;
    if (rules.empty()) return;
    targets_.assign(world_.cells(), {});
    for (std::uint16_t i = 0; i < rules.size(); ++i) set_targets(i);
    for (std::uint16_t i = 0; i < rules.size(); ++i) {
        if (rules[i].policy == Policy::periodic) {
            Duration phase = rules[i].review_phase;
            if (rules[i].random_phase)
                phase.us =
                    static_cast<std::int64_t>(world_.uniform(Purpose::review, i) * static_cast<double>(rules[i].review_every.us));
            world_.after(phase, EventKind::review, i);
        } else if (rules[i].policy != Policy::never) {
            watches_ = true;
            for_each_cell(rules[i], [&](NodeId node, Sku sku) { record_changed(node, sku); });
        }
    }
    if (watches_) world_.core->watch();
}

void Replenishment::set_targets(std::uint16_t index) {
    const model::ReplenishmentRule& rule = world_.scenario.replenishment[index];
    for_each_cell(rule, [&](NodeId node, Sku sku) {
        if (!world_.scenario.catalogue.skus[sku.value].bundle.empty()) return;  // its components have the stock
        const Quantity at_start = world_.core->ledger().cell(node, sku).on_hand;
        Target& target = targets_[world_.cell_of(node, sku)];
        target.rule = rule.policy == Policy::never ? kNoRule : index;
        target.up_to = level(rule.up_to, at_start);
        target.orders_below = rule.below_up_to ? target.up_to : std::min(level(rule.reorder_point, at_start) + 1, target.up_to);
    });
}

bool Replenishment::replenishes(NodeId node, Sku sku) const {
    return !targets_.empty() && targets_[world_.cell_of(node, sku)].rule != kNoRule;
}

void Replenishment::record_changed(NodeId node, Sku sku) {
    const std::uint16_t rule = targets_[world_.cell_of(node, sku)].rule;
    if (rule == kNoRule || world_.scenario.replenishment[rule].policy == Policy::periodic) return;
    if (changed_.empty()) world_.after(Duration{0}, EventKind::review, kNone);
    changed_.push_back({node, sku});
}

void Replenishment::loaded(NodeId node, Sku sku, Quantity units) { targets_[world_.cell_of(node, sku)].asked -= units; }

void Replenishment::review(std::uint32_t index) {
    if (index == kNone) {
        std::vector<Cell> cells;
        cells.swap(changed_);  // an order may change a record
        for (const Cell& cell : cells) look(cell.node, cell.sku);
        return;
    }
    const model::ReplenishmentRule& rule = world_.scenario.replenishment[index];
    for_each_cell(rule, [&](NodeId node, Sku sku) {
        if (targets_[world_.cell_of(node, sku)].rule == index) look(node, sku);
    });
    world_.after(rule.review_every, EventKind::review, index);
}

void Replenishment::look(NodeId node, Sku sku) {
    Target& target = targets_[world_.cell_of(node, sku)];
    const core::Cell& cell = world_.core->ledger().cell(node, sku);
    const Quantity position = cell.on_hand - cell.allocated + cell.inbound + target.asked;
    if (position >= target.orders_below) return;
    const model::ReplenishmentRule& rule = world_.scenario.replenishment[target.rule];
    const Quantity units = target.up_to - position;
    if (rule.from == model::kSupplier) {
        world_.supply->order(node, sku, units, rule.lead_time);
    } else {
        target.asked += units;
        world_.transfers->request(rule.from, node, sku, units);
    }
}

}  // namespace lastunit::sim
