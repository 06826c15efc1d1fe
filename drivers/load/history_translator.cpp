#include "drivers/load/history_translator.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace lastunit::drivers {
namespace {

constexpr NodeId kOne(0);

}  // namespace

InitialStock HistoryTranslator::stock(const InitialStock& of) const {
    if (terms_.nodes == HistoryTerms::Nodes::told_apart) return of;
    InitialStock out;
    out.shape = of.shape;
    out.shape.nodes = {kNode};
    out.units.resize(of.shape.skus.size());
    const std::size_t nodes = std::max<std::size_t>(1, of.shape.nodes.size());
    for (std::size_t cell = 0; cell < of.units.size(); ++cell) out.units[cell / nodes] += of.units[cell];
    return out;
}

FinalState HistoryTranslator::state(const FinalState& of) const {
    if (terms_.nodes == HistoryTerms::Nodes::told_apart) return of;
    FinalState out;
    out.sequence = of.sequence;
    std::map<Sku, FinalState::Stock> stock;
    for (const FinalState::Stock& one : of.stock) {
        FinalState::Stock& sum = stock[one.sku];
        sum.node = kOne, sum.sku = one.sku;
        sum.on_hand += one.on_hand, sum.held += one.held, sum.allocated += one.allocated, sum.safety += one.safety;
        sum.quarantined += one.quarantined, sum.inbound += one.inbound, sum.shortage += one.shortage;
    }
    for (const auto& [sku, sum] : stock) out.stock.push_back(sum);
    std::map<std::pair<OrderId, Sku>, FinalState::OrderLine> lines;
    for (const FinalState::OrderLine& one : of.orders) {
        FinalState::OrderLine& sum = lines[{one.order, one.sku}];
        sum.order = one.order, sum.node = kOne, sum.sku = one.sku;
        sum.quantity += one.quantity, sum.picked += one.picked;
    }
    for (const auto& [key, sum] : lines) out.orders.push_back(sum);
    return out;
}

// Lines of one SKU become one.
const core::Command* HistoryTranslator::of_one_stock(const core::Command& of) {
    command_ = of;
    if (terms_.nodes == HistoryTerms::Nodes::told_apart) return &command_;
    command_.node = kOne;
    lines_.assign(of.lines.begin(), of.lines.end());
    for (core::Line& line : lines_) line.node = kOne;
    std::sort(lines_.begin(), lines_.end(), [](const core::Line& a, const core::Line& b) { return a.sku < b.sku; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (kept > 0 && lines_[kept - 1].sku == lines_[i].sku)
            lines_[kept - 1].quantity += lines_[i].quantity;
        else
            lines_[kept++] = lines_[i];
    }
    lines_.resize(kept);
    command_.lines = lines_;
    return &command_;
}

const core::Command* HistoryTranslator::command(const core::Command& of) {
    if (terms_.holds == HistoryTerms::Holds::reserve) return of_one_stock(of);
    switch (of.kind) {
        case core::CommandKind::hold:
            holds_.try_emplace(of.id, of.lines.begin(), of.lines.end());
            return nullptr;
        case core::CommandKind::extend:
        case core::CommandKind::release:
            return nullptr;
        case core::CommandKind::confirm: {
            const auto hold = holds_.find(of.id);
            if (hold == holds_.end()) return nullptr;  // of nothing that was held
            core::Command allocation = of;
            allocation.kind = core::CommandKind::allocate;
            allocation.lines = hold->second;
            return of_one_stock(allocation);
        }
        default:
            return of_one_stock(of);
    }
}

Attempt HistoryTranslator::attempt(const core::Command& of, Attempt attempt) const {
    const bool refused = attempt.settled == Settled::refused && attempt.cause == Cause::outcome;
    if (refused && terms_.holds == HistoryTerms::Holds::may_only_look && of.kind == core::CommandKind::confirm)
        attempt.outcome = core::Outcome::over_limit;  // a refusal without a reason
    return attempt;
}

void HistoryTranslator::ends(const core::Command& of, Settled settled) {
    if (terms_.holds == HistoryTerms::Holds::reserve) return;
    const bool over = of.kind == core::CommandKind::confirm ? settled == Settled::applied
                      : of.kind == core::CommandKind::hold  ? settled == Settled::refused
                                                            : of.kind == core::CommandKind::release;
    if (over) holds_.erase(of.id);
}

}  // namespace lastunit::drivers
