#include "drivers/load/judged.hpp"

#include <algorithm>
#include <tuple>

namespace lastunit::drivers {

using core::CommandKind;

namespace {

constexpr Duration kInstant{1};  // a hold of no time at all is an invalid one

void add(FinalState::Stock& to, const FinalState::Stock& more) {
    to.on_hand += more.on_hand;
    to.held += more.held;
    to.allocated += more.allocated;
    to.safety += more.safety;
    to.quarantined += more.quarantined;
    to.inbound += more.inbound;
    to.shortage += more.shortage;
}

}  // namespace

InitialStock Judged::stock(const InitialStock& stock) const {
    if (contract_.stock == Contract::Stock::of_nodes) return stock;
    InitialStock out{stock.shape, std::vector<Quantity>(stock.shape.skus.size())};
    out.shape.nodes = {kPoolNode};
    const std::size_t nodes = stock.shape.nodes.size();
    for (std::size_t cell = 0; cell < stock.units.size(); ++cell) out.units[cell / nodes] += stock.units[cell];
    return out;
}

FinalState Judged::state(const FinalState& state) const {
    if (contract_.stock == Contract::Stock::of_nodes) return state;
    FinalState out;
    out.sequence = state.sequence;
    for (FinalState::Stock cell : state.stock) {  // by SKU
        cell.node = NodeId(0);
        if (out.stock.empty() || out.stock.back().sku != cell.sku) {
            out.stock.push_back(cell);
        } else {
            add(out.stock.back(), cell);
        }
    }
    std::vector<FinalState::OrderLine> lines = state.orders;
    std::sort(lines.begin(), lines.end(),
              [](const auto& a, const auto& b) { return std::tuple(a.order, a.sku) < std::tuple(b.order, b.sku); });
    for (FinalState::OrderLine& line : lines) {
        line.node = NodeId(0);
        if (out.orders.empty() || out.orders.back().order != line.order || out.orders.back().sku != line.sku) {
            out.orders.push_back(line);
            continue;
        }
        out.orders.back().quantity += line.quantity;
        out.orders.back().picked += line.picked;
    }
    return out;
}

// A line for each SKU: two nodes of one are one cell.
Judged::Lines Judged::pooled(std::span<const core::Line> lines) {
    Lines out;
    for (const core::Line& line : lines) {
        const auto there = std::find_if(out.begin(), out.end(), [&](const auto& one) { return one.sku == line.sku; });
        if (there == out.end()) {
            out.push_back({NodeId(0), line.sku, line.quantity});
        } else {
            there->quantity += line.quantity;
        }
    }
    return out;
}

core::Command Judged::placed(core::Command command) {
    if (contract_.stock == Contract::Stock::of_nodes) return command;
    lines_ = pooled(command.lines);
    command.lines = lines_;
    command.node = command.to = NodeId(0);
    return command;
}

core::Command Judged::begins(const core::Command& command) {
    const core::Command out = placed(command);
    if (contract_.holds == Contract::Holds::check && out.kind == CommandKind::hold)
        checked_[out.id].assign(out.lines.begin(), out.lines.end());
    return out;
}

core::Command Judged::ends(const core::Command& command, Settled settled) {
    const bool over = (command.kind == CommandKind::hold && settled == Settled::refused) ||
                      (command.kind == CommandKind::confirm && settled == Settled::applied) ||
                      command.kind == CommandKind::release;
    if (over) checked_.erase(command.id);
    return placed(command);
}

std::optional<core::Command> Judged::attempt(const core::Command& command) {
    const core::Command out = placed(command);
    if (contract_.holds == Contract::Holds::check) return of_check(out);
    return contract_.hold_lives ? of_short_life(out) : out;
}

// From the end of what it surely lives on the units may be given back at any time: how late, the history's header says.
std::optional<core::Command> Judged::of_short_life(core::Command command) const {
    if (command.kind == CommandKind::extend) return std::nullopt;
    if (command.kind == CommandKind::hold) command.ttl = std::min(command.ttl, std::max(*contract_.hold_lives, kInstant));
    return command;
}

std::optional<core::Command> Judged::of_check(core::Command command) const {
    switch (command.kind) {
        case CommandKind::confirm: {
            const auto hold = checked_.find(command.id);
            if (hold == checked_.end()) return std::nullopt;
            command.kind = CommandKind::allocate;
            command.lines = hold->second;
            return command;
        }
        case CommandKind::hold:
        case CommandKind::extend:
        case CommandKind::release:
            return std::nullopt;
        default:
            return command;
    }
}

}  // namespace lastunit::drivers
