// Soft reservations: hold, extend, release, confirm and expiry.
#include <algorithm>

#include "core/ledger_state.hpp"

namespace lastunit::core {

namespace {

SimTime end_after(SimTime now, Duration ttl) {
    return ttl.us > kNever.us - std::max<std::int64_t>(now.us, 0) ? kNever : now + ttl;
}

}  // namespace

Outcome Ledger::hold(Key key, SimTime now, HoldId hold, ChannelId channel, std::span<const Line> lines, Duration ttl,
                     Events& events) {
    State& s = *state_;
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::hold));
    arguments.add(hold.value).add(channel.value).add(static_cast<std::uint64_t>(ttl.us));
    s.prefetch(lines);
    for (const Line& line : lines)
        arguments.add(std::uint64_t{line.node.value} << 32 | line.sku.value).add(static_cast<std::uint64_t>(line.quantity));
    return s.command(key, now, arguments, events, [&] {
        // `empty` and the quantities come before the TTL, the identities after it.
        const Outcome wrong_line = s.check_lines(lines);
        if (wrong_line == Outcome::empty || wrong_line == Outcome::quantity_not_positive) return wrong_line;
        if (ttl.us <= 0) return Outcome::ttl_not_positive;
        if (wrong_line != Outcome::applied) return wrong_line;
        if (const Outcome wrong = s.check_channel(channel); wrong != Outcome::applied) return wrong;
        if (s.holds.find(hold.value) != nullptr || s.ended.find(hold) != nullptr) return Outcome::hold_exists;
        const std::span<const Line> wanted = s.merged(lines);
        for (const Line& line : wanted)
            if (s.atp(line.node, line.sku, channel) < line.quantity) return Outcome::out_of_stock;

        // Point of no failure.
        const std::uint32_t slot = s.new_record(hold.value, State::Use::hold);
        s.holds.insert(hold.value, slot);
        s.wheel.schedule(slot, end_after(now, ttl), hold.value);
        State::Record& record = s.records[slot];
        record.channel = channel;
        for (const Line& line : wanted) {
            Cell& cell = s.cell(line.node, line.sku);
            Commitment commitment{.node = line.node, .channel = channel, .sku = line.sku, .quantity = line.quantity};
            s.consume_fence(cell, commitment);
            cell.held += line.quantity;
            record.lines.push_back(commitment);
            s.emit(events, EventKind::held, line.node, line.sku, line.quantity, hold.value, channel);
        }
        return Outcome::applied;
    });
}

Outcome Ledger::extend(Key key, SimTime now, HoldId hold, Duration ttl, Events& events) {
    State& s = *state_;
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::extend));
    arguments.add(hold.value).add(static_cast<std::uint64_t>(ttl.us));
    return s.command(key, now, arguments, events, [&] {
        if (ttl.us <= 0) return Outcome::ttl_not_positive;
        const std::uint32_t* slot = s.holds.find(hold.value);
        if (slot == nullptr) return s.hold_refusal(hold);

        // Point of no failure.
        s.wheel.cancel(*slot);
        s.wheel.schedule(*slot, end_after(now, ttl), hold.value);
        const State::Record& record = s.records[*slot];
        for (const Commitment& line : record.lines.all())
            s.emit(events, EventKind::extended, line.node, line.sku, line.quantity, hold.value, record.channel);
        return Outcome::applied;
    });
}

Outcome Ledger::release(Key key, SimTime now, HoldId hold, Events& events) {
    State& s = *state_;
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::release));
    arguments.add(hold.value);
    return s.command(key, now, arguments, events, [&] {
        const std::uint32_t* found = s.holds.find(hold.value);
        if (found == nullptr) return s.hold_refusal(hold);

        // Point of no failure.
        const std::uint32_t slot = *found;
        s.wheel.cancel(slot);
        s.end_hold(slot, Outcome::hold_ended, now);
        s.give_up(slot, EventKind::released, now, events);
        return Outcome::applied;
    });
}

Outcome Ledger::confirm(Key key, SimTime now, HoldId hold, OrderId order, Events& events) {
    State& s = *state_;
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::confirm));
    arguments.add(hold.value).add(order.value);
    return s.command(key, now, arguments, events, [&] {
        const std::uint32_t* found = s.holds.find(hold.value);
        if (found == nullptr) return s.hold_refusal(hold);

        // Point of no failure.
        const std::uint32_t slot = *found;
        s.wheel.cancel(slot);
        s.end_hold(slot, Outcome::hold_ended, now);
        State::Record& record = s.records[slot];
        for (const Commitment& line : record.lines.all()) {
            Cell& cell = s.cell(line.node, line.sku);
            cell.held -= line.quantity;
            cell.allocated += line.quantity;
            s.emit(events, EventKind::confirmed, line.node, line.sku, line.quantity, hold.value, line.channel);
            s.emit(events, EventKind::allocated, line.node, line.sku, line.quantity, order.value, line.channel);
        }
        if (const std::uint32_t* open = s.orders.find(order.value)) {
            for (const Commitment& line : record.lines.all()) s.add_to_order(s.records[*open], line);
            s.free_record(slot);
        } else {
            record.id = order.value;
            record.use = State::Use::order;
            s.orders.insert(order.value, slot);
        }
        return Outcome::applied;
    });
}

void Ledger::advance(SimTime now, Events& events) {
    state_->answered = ++state_->sequence;
    state_->expire(now, events);
    state_->keys.forget_until(now - state_->config.key_retention);
}

bool Ledger::lives(HoldId hold) const { return state_->holds.find(hold.value) != nullptr; }

SimTime Ledger::next_expiry() const { return state_->wheel.next(); }

// Why a hold that does not live cannot be extended, released or confirmed.
Outcome Ledger::State::hold_refusal(HoldId hold) const {
    const Outcome* answer = ended.find(hold);
    return answer != nullptr ? *answer : Outcome::unknown_hold;
}

void Ledger::State::expire_due(Events& events) {
    for (;;) {
        wheel.take_due(now, due_scratch);
        if (due_scratch.empty()) return;
        for (const std::uint32_t slot : due_scratch) {
            const SimTime end = wheel.end_of(slot);
            end_hold(slot, Outcome::hold_expired, now);
            give_up(slot, EventKind::expired, end, events);
        }
    }
}

// Remembered from `at`, the present even for a hold whose end lies before it: the table must be filled in order of time.
void Ledger::State::end_hold(std::uint32_t slot, Outcome later_answer, SimTime at) {
    const std::uint64_t id = records[slot].id;
    holds.erase(id);
    ended.remember(HoldId{id}, later_answer, at);
}

// The hold's units become free again, those of a fence its fence's.
void Ledger::State::give_up(std::uint32_t slot, EventKind kind, SimTime at, Events& events) {
    const std::uint64_t hold = records[slot].id;
    for (const Commitment& line : records[slot].lines.all()) {
        Cell& at_node = cell(line.node, line.sku);
        at_node.held -= line.quantity;
        give_back_fence(at_node, line, line.fenced);
        settle(at_node);
        emit_at(at, events, kind, line.node, line.sku, line.quantity, hold, line.channel);
    }
    free_record(slot);
}

}  // namespace lastunit::core
