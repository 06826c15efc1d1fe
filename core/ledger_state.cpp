#include "core/ledger_state.hpp"

#include <algorithm>

namespace lastunit::core {

namespace {
constexpr std::uint32_t kNoRecord = UINT32_MAX;
}

Ledger::State::State(const LedgerConfig& chosen)
    : config(chosen),
      cells(std::size_t{chosen.nodes} * chosen.skus),
      sides(std::size_t{chosen.nodes} * chosen.skus),
      first_free(kNoRecord) {}

Outcome Ledger::State::check_lines(std::span<const Line> lines) const {
    if (lines.empty()) return Outcome::empty;
    // Outcomes are numbered in check order, so over all lines the least that applies is the answer.
    Outcome least = Outcome::over_limit;
    for (const Line& line : lines) {
        const Outcome outcome = check(line.node, line.sku, line.quantity, 1);
        if (outcome != Outcome::applied) least = std::min(least, outcome);
    }
    return least == Outcome::over_limit ? Outcome::applied : least;
}

std::span<const Line> Ledger::State::merged(std::span<const Line> lines) {
    if (lines.size() == 1) return lines;
    merge_scratch.assign(lines.begin(), lines.end());
    std::sort(merge_scratch.begin(), merge_scratch.end(),
              [](const Line& a, const Line& b) { return a.sku != b.sku ? a.sku < b.sku : a.node < b.node; });
    std::size_t last = 0;
    for (std::size_t i = 1; i < merge_scratch.size(); ++i) {
        Line& into = merge_scratch[last];
        const Line& line = merge_scratch[i];
        if (line.sku != into.sku || line.node != into.node) {
            merge_scratch[++last] = line;
        } else {
            // Saturates: such a sum is beyond every limit anyway.
            into.quantity = into.quantity > INT32_MAX - line.quantity ? INT32_MAX : into.quantity + line.quantity;
        }
    }
    merge_scratch.resize(last + 1);
    return merge_scratch;
}

Quantity Ledger::State::atp(NodeId node, Sku sku, ChannelId channel) const {
    const Cell& cell = cells[index(node, sku)];
    if (cell.fenced == 0) return cell.atp();
    const Fence* own = fences.find(fence_key(node, sku, channel));
    const Quantity free = cell.on_hand - cell.held - cell.allocated - cell.safety - cell.fenced;
    return std::max(0, free + (own != nullptr ? own->units : 0));
}

void Ledger::State::consume_fence(Cell& cell, Commitment& line) {
    if (cell.fenced == 0) return;
    Fence* own = fences.find(fence_key(line.node, line.sku, line.channel));
    if (own == nullptr) return;
    line.fenced = std::min(own->units, line.quantity);
    line.fence = own->setting;
    own->units -= line.fenced;
    cell.fenced -= line.fenced;
}

void Ledger::State::give_back_fence(Cell& cell, const Commitment& line, Quantity units) {
    if (units == 0) return;
    Fence* own = fences.find(fence_key(line.node, line.sku, line.channel));
    if (own == nullptr || own->setting != line.fence) return;
    own->units += units;
    cell.fenced += units;
}

std::uint32_t Ledger::State::new_record(std::uint64_t id, Use use) {
    std::uint32_t slot = first_free;
    if (slot == kNoRecord) {
        slot = static_cast<std::uint32_t>(records.size());
        records.emplace_back();
    } else {
        first_free = records[slot].next_free;
    }
    records[slot].id = id;
    records[slot].use = use;
    return slot;
}

void Ledger::State::free_record(std::uint32_t slot) {
    Record& record = records[slot];
    record.lines.clear();
    record.use = Use::free;
    record.next_free = first_free;
    first_free = slot;
}

Ledger::State::Owned Ledger::State::owned(std::uint64_t order, NodeId node, Sku sku) const {
    Owned sum;
    const std::uint32_t* slot = orders.find(order);
    if (slot == nullptr) return sum;
    for (const Commitment& line : records[*slot].lines.all()) {
        if (line.node != node || line.sku != sku) continue;
        sum.units += line.quantity;
        sum.picked += line.picked;
    }
    return sum;
}

void Ledger::State::add_to_order(Record& order, const Commitment& added) {
    for (Commitment& line : order.lines.all()) {
        if (line.node != added.node || line.sku != added.sku || line.channel != added.channel) continue;
        if (line.fenced != 0 && added.fenced != 0 && line.fence != added.fence) continue;
        if (added.fenced != 0) line.fence = added.fence;
        line.quantity += added.quantity;
        line.fenced += added.fenced;
        return;
    }
    order.lines.push_back(added);
}

void Ledger::State::drop_if_empty(std::uint32_t slot) {
    Record& order = records[slot];
    order.lines.drop_empty();
    if (!order.lines.empty()) return;
    orders.erase(order.id);
    free_record(slot);
}

}  // namespace lastunit::core
