// Hard commitments: allocate, deallocate, pick, ship; and the sale of a unit that has left already.
#include <algorithm>

#include "core/ledger_state.hpp"

namespace lastunit::core {

namespace {

void add_lines(ArgumentHash& arguments, std::span<const Line> lines) {
    for (const Line& line : lines)
        arguments.add(std::uint64_t{line.node.value} << 32 | line.sku.value).add(static_cast<std::uint64_t>(line.quantity));
}

}  // namespace

Outcome Ledger::allocate(Key key, SimTime now, OrderId order, ChannelId channel, std::span<const Line> lines, Backorder backorder,
                         Events& events) {
    State& s = *state_;
    s.prefetch(lines);
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::allocate));
    arguments.add(order.value).add(channel.value).add(static_cast<std::uint64_t>(backorder));
    add_lines(arguments, lines);
    return s.command(key, now, arguments, events, [&] {
        if (const Outcome wrong = s.check_lines(lines); wrong != Outcome::applied) return wrong;
        if (const Outcome wrong = s.check_channel(channel); wrong != Outcome::applied) return wrong;
        const std::span<const Line> wanted = s.merged(lines);
        for (const Line& line : wanted) {
            if (backorder == Backorder::refuse) {
                if (s.atp(line.node, line.sku, channel) < line.quantity) return Outcome::out_of_stock;
            } else {
                const Cell& cell = s.cell(line.node, line.sku);
                if (line.quantity > kMaxUnits - cell.held - cell.allocated) return Outcome::over_limit;
            }
        }

        // Point of no failure.
        const std::uint32_t* open = s.orders.find(order.value);
        const std::uint32_t slot = open != nullptr ? *open : s.new_record(order.value, State::Use::order);
        if (open == nullptr) s.orders.insert(order.value, slot);
        for (const Line& line : wanted) {
            Cell& cell = s.cell(line.node, line.sku);
            Commitment commitment{.node = line.node, .channel = channel, .sku = line.sku, .quantity = line.quantity};
            s.consume_fence(cell, commitment);
            cell.allocated += line.quantity;
            State::settle(cell);
            s.add_to_order(s.records[slot], commitment);
            s.emit(events, EventKind::allocated, line.node, line.sku, line.quantity, order.value, channel);
        }
        return Outcome::applied;
    });
}

Outcome Ledger::deallocate(Key key, SimTime now, OrderId order, std::span<const Line> lines, Events& events) {
    State& s = *state_;
    s.prefetch(lines);
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::deallocate));
    arguments.add(order.value);
    add_lines(arguments, lines);
    return s.command(key, now, arguments, events, [&] {
        if (const Outcome wrong = s.check_lines(lines); wrong != Outcome::applied) return wrong;
        const std::span<const Line> returned = s.merged(lines);
        for (const Line& line : returned)
            if (s.owned(order.value, line.node, line.sku).units < line.quantity) return Outcome::unknown_order;

        // Point of no failure.
        const std::uint32_t slot = *s.orders.find(order.value);
        for (const Line& line : returned) {
            s.take_back(s.records[slot], line);
            s.emit(events, EventKind::deallocated, line.node, line.sku, line.quantity, order.value);
        }
        s.drop_if_empty(slot);
        return Outcome::applied;
    });
}

// Unpicked units before picked ones; within a line the units last taken first, so that a fence gets back its own at the end.
void Ledger::State::take_back(Record& order, const Line& line) {
    Cell& at = cell(line.node, line.sku);
    Quantity left = line.quantity;
    for (const Take take : {Take::unpicked, Take::picked}) {
        const auto lines = order.lines.all();
        for (std::size_t i = lines.size(); i-- > 0 && left > 0;) {
            Commitment& from = lines[i];
            if (from.node != line.node || from.sku != line.sku) continue;
            const Quantity units = std::min(left, take == Take::picked ? from.picked : from.quantity - from.picked);
            if (take == Take::picked) {
                from.picked -= units;
                side(line.node, line.sku).picked -= units;
            }
            from.quantity -= units;
            const Quantity fenced = std::max(0, from.fenced - from.quantity);
            from.fenced -= fenced;
            give_back_fence(at, from, fenced);
            left -= units;
        }
    }
    at.allocated -= line.quantity;
    settle(at);
}

Outcome Ledger::pick(Key key, SimTime now, OrderId order, Line line, Events& events) {
    State& s = *state_;
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::pick));
    arguments.add(order.value);
    add_lines(arguments, {&line, 1});
    return s.command(key, now, arguments, events, [&] {
        if (const Outcome wrong = s.check(line.node, line.sku, line.quantity, 1); wrong != Outcome::applied) return wrong;
        const State::Owned owned = s.owned(order.value, line.node, line.sku);
        if (owned.units < line.quantity) return Outcome::unknown_order;
        if (owned.units - owned.picked < line.quantity) return Outcome::already_picked;

        // Point of no failure. The units are in the picker's hand: what the record lacks of them was there all the same.
        Cell& cell = s.cell(line.node, line.sku);
        State::Side& side = s.side(line.node, line.sku);
        side.picked += line.quantity;
        if (const Quantity found = side.picked - cell.on_hand; found > 0) {
            s.change_on_hand(cell, found);
            s.totals.adjusted += found;
            State::settle(cell);
            s.emit(events, EventKind::adjusted, line.node, line.sku, found, order.value);
        }
        Quantity left = line.quantity;
        for (Commitment& from : s.records[*s.orders.find(order.value)].lines.all()) {
            if (from.node != line.node || from.sku != line.sku) continue;
            const Quantity units = std::min(left, from.quantity - from.picked);
            from.picked += units;
            left -= units;
        }
        s.emit(events, EventKind::picked, line.node, line.sku, line.quantity, order.value);
        return Outcome::applied;
    });
}

Outcome Ledger::ship(Key key, SimTime now, OrderId order, Line line, Events& events) {
    State& s = *state_;
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::ship));
    arguments.add(order.value);
    add_lines(arguments, {&line, 1});
    return s.command(key, now, arguments, events, [&] {
        if (const Outcome wrong = s.check(line.node, line.sku, line.quantity, 1); wrong != Outcome::applied) return wrong;
        const State::Owned owned = s.owned(order.value, line.node, line.sku);
        if (owned.units < line.quantity) return Outcome::unknown_order;
        if (owned.picked < line.quantity) return Outcome::not_picked;

        // Point of no failure: picked units are on_hand and allocated, so both suffice.
        Cell& cell = s.cell(line.node, line.sku);
        const std::uint32_t slot = *s.orders.find(order.value);
        Quantity left = line.quantity;
        for (Commitment& from : s.records[slot].lines.all()) {
            if (from.node != line.node || from.sku != line.sku) continue;
            const Quantity units = std::min(left, from.picked);
            from.picked -= units;
            from.quantity -= units;
            from.fenced -= std::min(units, from.fenced);  // first taken, first gone for good
            left -= units;
        }
        s.side(line.node, line.sku).picked -= line.quantity;
        cell.allocated -= line.quantity;
        s.change_on_hand(cell, -line.quantity);
        s.totals.shipped += line.quantity;
        State::settle(cell);
        s.drop_if_empty(slot);
        s.emit(events, EventKind::shipped, line.node, line.sku, line.quantity, order.value);
        return Outcome::applied;
    });
}

Outcome Ledger::sell(Key key, SimTime now, NodeId node, Sku sku, Quantity quantity, ChannelId channel, Events& events) {
    State& s = *state_;
    const Line line{node, sku, quantity};
    s.prefetch({&line, 1});
    ArgumentHash arguments(static_cast<std::uint64_t>(CommandKind::sell));
    arguments.add(node.value).add(sku.value).add(static_cast<std::uint64_t>(quantity)).add(channel.value);
    return s.command(key, now, arguments, events, [&] {
        if (const Outcome wrong = s.check(node, sku, quantity, 1); wrong != Outcome::applied) return wrong;
        if (const Outcome wrong = s.check_channel(channel); wrong != Outcome::applied) return wrong;

        // Point of no failure. A picked unit lies in somebody's parcel: it is not the one in this shopper's hand.
        Cell& cell = s.cell(node, sku);
        const Quantity on_record = std::min(quantity, cell.on_hand - s.side(node, sku).picked);
        Commitment sale{.node = node, .channel = channel, .sku = sku, .quantity = quantity};
        s.consume_fence(cell, sale);
        s.change_on_hand(cell, -on_record);
        s.totals.sold += on_record;
        s.totals.sold_beyond_record += quantity - on_record;
        State::settle(cell);
        s.emit(events, EventKind::sold, node, sku, quantity, 0, channel);
        return Outcome::applied;
    });
}

}  // namespace lastunit::core
