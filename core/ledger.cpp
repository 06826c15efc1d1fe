// Stock comes and goes, policy, and reading. Holds, orders and the audit have files of their own.
#include "core/ledger.hpp"

#include <algorithm>

#include "core/ledger_state.hpp"

namespace lastunit::core {

namespace {

// Most commands on one cell differ only in these.
ArgumentHash arguments_of(CommandKind command, NodeId node, Sku sku, Quantity quantity, std::uint64_t more = 0) {
    ArgumentHash arguments(static_cast<std::uint64_t>(command));
    arguments.add(std::uint64_t{node.value} << 32 | sku.value).add(static_cast<std::uint64_t>(quantity)).add(more);
    return arguments;
}

}  // namespace

Ledger::Ledger(const LedgerConfig& config) : Ledger(std::make_unique<State>(config)) {}
Ledger::Ledger(std::unique_ptr<State> state)
    : state_(std::move(state)), cells_(state_->cells.data()), nodes_(state_->config.nodes), skus_(state_->config.skus) {}
Ledger::~Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;

Outcome Ledger::expect(Key key, SimTime now, NodeId node, Sku sku, Quantity quantity, Events& events) {
    State& s = *state_;
    return s.command(key, now, arguments_of(CommandKind::expect, node, sku, quantity), events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 1); wrong != Outcome::applied) return wrong;
        Cell& cell = s.cell(node, sku);
        if (quantity > kMaxUnits - cell.inbound) return Outcome::over_limit;

        // Point of no failure.
        cell.inbound += quantity;
        s.emit(events, EventKind::inbound_expected, node, sku, quantity);
        return Outcome::applied;
    });
}

Outcome Ledger::receive(Key key, SimTime now, NodeId node, Sku sku, Quantity quantity, Events& events) {
    State& s = *state_;
    return s.command(key, now, arguments_of(CommandKind::receive, node, sku, quantity), events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 1); wrong != Outcome::applied) return wrong;
        Cell& cell = s.cell(node, sku);
        if (quantity > kMaxUnits - cell.on_hand) return Outcome::over_limit;

        // Point of no failure. What a transfer brings is announced too, but arrives by transfer_in alone.
        cell.inbound -= std::min(quantity, cell.inbound - s.side(node, sku).arriving);
        s.change_on_hand(cell, quantity);
        s.totals.received += quantity;
        State::settle(cell);
        s.emit(events, EventKind::received, node, sku, quantity);
        return Outcome::applied;
    });
}

Outcome Ledger::adjust(Key key, SimTime now, NodeId node, Sku sku, Quantity counted, Events& events) {
    State& s = *state_;
    return s.command(key, now, arguments_of(CommandKind::adjust, node, sku, counted), events, [&] {
        if (const Outcome wrong = s.check(node, sku, counted, 0); wrong != Outcome::applied) return wrong;
        if (counted < s.side(node, sku).picked) return Outcome::not_enough_on_hand;
        if (counted > kMaxUnits) return Outcome::over_limit;

        // Point of no failure.
        Cell& cell = s.cell(node, sku);
        const Quantity delta = counted - cell.on_hand;
        s.change_on_hand(cell, delta);
        s.totals.adjusted += delta;
        State::settle(cell);
        if (delta != 0) s.emit(events, EventKind::adjusted, node, sku, delta);
        return Outcome::applied;
    });
}

Outcome Ledger::take_return(Key key, SimTime now, NodeId node, Sku sku, Quantity quantity, ReturnTo to, Events& events) {
    State& s = *state_;
    const auto arguments = arguments_of(CommandKind::take_return, node, sku, quantity, static_cast<std::uint64_t>(to));
    return s.command(key, now, arguments, events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 1); wrong != Outcome::applied) return wrong;
        Cell& cell = s.cell(node, sku);
        if (quantity > kMaxUnits - (to == ReturnTo::shelf ? cell.on_hand : cell.quarantined)) return Outcome::over_limit;

        // Point of no failure.
        s.totals.returned += quantity;
        if (to == ReturnTo::shelf) {
            s.change_on_hand(cell, quantity);
            State::settle(cell);
        } else {
            s.change_quarantined(cell, quantity);
        }
        s.emit(events, EventKind::returned, node, sku, quantity);
        if (to == ReturnTo::quarantine) s.emit(events, EventKind::quarantined, node, sku, quantity);
        return Outcome::applied;
    });
}

Outcome Ledger::quarantine(Key key, SimTime now, NodeId node, Sku sku, Quantity quantity, Events& events) {
    State& s = *state_;
    return s.command(key, now, arguments_of(CommandKind::quarantine, node, sku, quantity), events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 1); wrong != Outcome::applied) return wrong;
        Cell& cell = s.cell(node, sku);
        if (State::uncommitted(cell) < quantity) return Outcome::not_enough_on_hand;
        if (quantity > kMaxUnits - cell.quarantined) return Outcome::over_limit;

        // Point of no failure.
        s.change_on_hand(cell, -quantity);
        s.change_quarantined(cell, quantity);
        s.emit(events, EventKind::quarantined, node, sku, quantity);
        return Outcome::applied;
    });
}

Outcome Ledger::unquarantine(Key key, SimTime now, NodeId node, Sku sku, Quantity quantity, Events& events) {
    State& s = *state_;
    return s.command(key, now, arguments_of(CommandKind::unquarantine, node, sku, quantity), events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 1); wrong != Outcome::applied) return wrong;
        Cell& cell = s.cell(node, sku);
        if (cell.quarantined < quantity) return Outcome::not_enough_in_state;
        if (quantity > kMaxUnits - cell.on_hand) return Outcome::over_limit;

        // Point of no failure.
        s.change_quarantined(cell, -quantity);
        s.change_on_hand(cell, quantity);
        State::settle(cell);
        s.emit(events, EventKind::unquarantined, node, sku, quantity);
        return Outcome::applied;
    });
}

Outcome Ledger::dispose(Key key, SimTime now, NodeId node, Sku sku, Quantity quantity, Events& events) {
    State& s = *state_;
    return s.command(key, now, arguments_of(CommandKind::dispose, node, sku, quantity), events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 1); wrong != Outcome::applied) return wrong;
        Cell& cell = s.cell(node, sku);
        if (cell.quarantined < quantity) return Outcome::not_enough_in_state;

        // Point of no failure.
        s.change_quarantined(cell, -quantity);
        s.totals.disposed += quantity;
        s.emit(events, EventKind::disposed, node, sku, quantity);
        return Outcome::applied;
    });
}

// One transfer may carry several SKUs: each call with its id adds a line.
Outcome Ledger::transfer_out(Key key, SimTime now, std::uint64_t transfer, NodeId from, NodeId to, Sku sku, Quantity quantity,
                             Events& events, TransferFrom state) {
    State& s = *state_;
    const bool shelf = state == TransferFrom::shelf;
    ArgumentHash arguments = arguments_of(CommandKind::transfer_out, from, sku, quantity, to.value);
    arguments.add(transfer);
    if (!shelf) arguments.add(static_cast<std::uint64_t>(state));
    return s.command(key, now, arguments, events, [&] {
        if (const Outcome wrong = s.check(from, sku, quantity, 1); wrong == Outcome::quantity_not_positive) return wrong;
        if (to.value >= s.config.nodes) return Outcome::unknown_node;
        if (const Outcome wrong = s.check(from, sku); wrong != Outcome::applied) return wrong;
        if (from == to) return Outcome::same_node;
        Cell& source = s.cell(from, sku);
        Cell& target = s.cell(to, sku);
        if (shelf && State::uncommitted(source) < quantity) return Outcome::not_enough_on_hand;
        if (!shelf && source.quarantined < quantity) return Outcome::not_enough_in_state;
        if (quantity > kMaxUnits - target.inbound) return Outcome::over_limit;

        // Point of no failure.
        std::vector<State::Transit>& lines = s.transfers[transfer];
        const auto same =
            std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.to == to && line.sku == sku; });
        if (same != lines.end()) {
            same->quantity += quantity;
        } else {
            lines.push_back({to, sku, quantity});
        }
        shelf ? s.change_on_hand(source, -quantity) : s.change_quarantined(source, -quantity);
        target.inbound += quantity;
        s.side(to, sku).arriving += quantity;
        s.totals.in_transit += quantity;
        s.emit(events, EventKind::transfer_sent, from, sku, quantity, transfer);
        s.emit(events, EventKind::inbound_expected, to, sku, quantity, transfer);
        return Outcome::applied;
    });
}

Outcome Ledger::transfer_in(Key key, SimTime now, std::uint64_t transfer, Events& events) {
    State& s = *state_;
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::transfer_in));
    return s.command(key, now, arguments.add(transfer), events, [&] {
        const auto found = s.transfers.find(transfer);
        if (found == s.transfers.end()) return Outcome::unknown_transfer;
        for (const State::Transit& line : found->second)
            if (line.quantity > kMaxUnits - s.cell(line.to, line.sku).on_hand) return Outcome::over_limit;

        // Point of no failure.
        for (const State::Transit& line : found->second) {
            Cell& cell = s.cell(line.to, line.sku);
            cell.inbound -= line.quantity;
            s.side(line.to, line.sku).arriving -= line.quantity;
            s.totals.in_transit -= line.quantity;
            s.change_on_hand(cell, line.quantity);
            State::settle(cell);
            s.emit(events, EventKind::transfer_received, line.to, line.sku, line.quantity, transfer);
        }
        s.transfers.erase(found);
        return Outcome::applied;
    });
}

Outcome Ledger::set_safety(Key key, SimTime now, NodeId node, Sku sku, Quantity quantity, Events& events) {
    State& s = *state_;
    return s.command(key, now, arguments_of(CommandKind::set_safety, node, sku, quantity), events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 0); wrong != Outcome::applied) return wrong;
        if (quantity > kMaxUnits) return Outcome::over_limit;

        // Point of no failure.
        Cell& cell = s.cell(node, sku);
        const Quantity delta = quantity - cell.safety;
        cell.safety = quantity;
        if (delta != 0) s.emit(events, EventKind::safety_set, node, sku, delta);
        return Outcome::applied;
    });
}

Outcome Ledger::set_channel_allocation(Key key, SimTime now, NodeId node, Sku sku, ChannelId channel, Quantity quantity,
                                       Events& events) {
    State& s = *state_;
    const auto arguments = arguments_of(CommandKind::set_channel_allocation, node, sku, quantity, channel.value);
    return s.command(key, now, arguments, events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 0); wrong != Outcome::applied) return wrong;
        if (const Outcome wrong = s.check_channel(channel); wrong != Outcome::applied) return wrong;
        Cell& cell = s.cell(node, sku);
        const std::uint64_t name = s.fence_key(node, sku, channel);
        State::Fence* fence = s.fences.find(name);
        const Quantity delta = quantity - (fence != nullptr ? fence->units : 0);
        if (delta > kMaxUnits - cell.fenced) return Outcome::over_limit;

        // Point of no failure.
        const State::Fence chosen{quantity, ++s.fence_settings};
        if (quantity == 0) {
            s.fences.erase(name);
        } else if (fence != nullptr) {
            *fence = chosen;
        } else {
            s.fences.insert(name, chosen);
        }
        cell.fenced += delta;
        if (delta != 0) s.emit(events, EventKind::fence_set, node, sku, delta, 0, channel);
        return Outcome::applied;
    });
}

Quantity Ledger::fence_of(NodeId node, Sku sku, ChannelId channel) const {
    const State::Fence* fence = state_->fences.find(state_->fence_key(node, sku, channel));
    return fence != nullptr ? fence->units : 0;
}

Quantity Ledger::atp_with_fence(NodeId node, Sku sku, ChannelId channel) const { return state_->atp(node, sku, channel); }
std::uint64_t Ledger::live_holds() const { return state_->holds.size(); }
std::uint64_t Ledger::open_orders() const { return state_->orders.size(); }
std::uint64_t Ledger::commands() const { return state_->commands; }
std::uint64_t Ledger::sequence() const { return state_->sequence; }
std::uint64_t Ledger::answered_at() const { return state_->answered; }
SimTime Ledger::now() const { return state_->now; }
Conservation Ledger::conservation() const { return state_->totals; }
const LedgerConfig& Ledger::config() const { return state_->config; }

}  // namespace lastunit::core
