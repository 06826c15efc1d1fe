// What the client makes of what it has read: the ledger's rules without its limits of counts and its fences.
#include <algorithm>
#include <charconv>

#include "drivers/redis/client_flow.hpp"
#include "drivers/redis/request.hpp"
#include "drivers/redis/sweep_flow.hpp"

namespace lastunit::drivers::redis {

namespace {

using core::CommandKind;
using core::Outcome;

std::int64_t number_at(const redisReply& reply, std::size_t place) {
    return place < reply.elements ? number_of(*reply.element[place]) : 0;
}

// The word after `at`, which moves behind it.
std::string_view next_word(std::string_view& text) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    return word;
}

std::int64_t number_in(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

Outcome ClientFlow::decide(Readings& readings) {
    if (takes_time()) now_us_ = microseconds_of(readings.next());
    switch (command_.kind) {
        case CommandKind::hold:
            return decide_hold(readings);
        case CommandKind::extend:
        case CommandKind::release:
        case CommandKind::confirm:
            return decide_on_hold(readings);
        case CommandKind::allocate: {
            if (const Outcome refusal = take(readings, "allocated"); refusal != Outcome::applied) return refusal;
            const std::string order = "lastunit:order:" + std::to_string(command_.order);
            for (const core::Line& line : lines_) writes_.change_order(order, cell_of(line.node, line.sku), line.quantity);
            return Outcome::applied;
        }
        case CommandKind::deallocate:
            return decide_deallocate(readings);
        case CommandKind::pick:
        case CommandKind::ship:
            return decide_fulfilment(readings);
        default:
            return decide_on_cell(readings);
    }
}

// Where every line is there, each goes into this state.
Outcome ClientFlow::take(Readings& readings, std::string_view state) {
    bool enough = true;
    for (const core::Line& line : lines_) {
        const redisReply& reading = readings.next();
        const std::int64_t available = mode_ == RedisMode::get_decr ? number_of(reading)
                                                                    : number_at(reading, 0) - number_at(reading, 1) -
                                                                          number_at(reading, 2) - number_at(reading, 3);
        enough = enough && available >= line.quantity;
    }
    if (!enough && command_.backorder == core::Backorder::refuse) return Outcome::out_of_stock;
    for (const core::Line& line : lines_) {
        const std::string cell = cell_of(line.node, line.sku);
        writes_.change_available(cell, -line.quantity);
        writes_.change(cell, state, line.quantity);
    }
    return Outcome::applied;
}

Outcome ClientFlow::decide_hold(Readings& readings) {
    if (!is_nil(readings.next())) return Outcome::hold_exists;
    if (const Outcome refusal = take(readings, "held"); refusal != Outcome::applied) return refusal;
    std::string lines;
    for (const core::Line& line : lines_) lines += " " + cell_of(line.node, line.sku) + " " + std::to_string(line.quantity);
    write_hold(now_us_ + command_.ttl.us, lines);
    return Outcome::applied;
}

void ClientFlow::write_hold(std::int64_t end_us, const std::string& lines) {
    const std::string id = std::to_string(command_.id), end = std::to_string(end_us);
    writes_.add({"SET", "lastunit:hold:" + id, end + lines});
    writes_.add({"ZADD", "lastunit:ends", end, id});
}

void ClientFlow::end_hold(std::string_view how) {
    const std::string id = std::to_string(command_.id);
    writes_.add({"SET", "lastunit:hold:" + id, how, "PX", retention_ms_});
    writes_.add({"ZREM", "lastunit:ends", id});
}

// "<end, us> <cell> <units> ...", or how it ended.
Outcome ClientFlow::live_hold(const redisReply& record, Hold& hold) const {
    std::string_view text = text_of(record);
    if (text.empty()) return Outcome::unknown_hold;
    if (const auto ended = outcome_named(text)) return *ended;
    hold.end_us = number_in(next_word(text));
    while (!text.empty()) {
        const std::string cell(next_word(text));
        hold.lines.emplace_back(cell, number_in(next_word(text)));
    }
    if (purpose_ == Purpose::command && hold.end_us <= now_us_) return Outcome::hold_expired;
    return Outcome::applied;
}

Outcome ClientFlow::decide_on_hold(Readings& readings) {
    Hold hold;
    if (const Outcome why = live_hold(readings.next(), hold); why != Outcome::applied) return why;
    if (purpose_ == Purpose::expiry && hold.end_us > now_us_) return Outcome::unknown_hold;  // extended meanwhile
    if (command_.kind == CommandKind::extend) {
        std::string lines;
        for (const auto& [cell, units] : hold.lines) lines += " " + cell + " " + std::to_string(units);
        write_hold(now_us_ + command_.ttl.us, lines);
        return Outcome::applied;
    }
    for (const auto& [cell, units] : hold.lines) {
        writes_.change(cell, "held", -units);
        if (command_.kind == CommandKind::release) {
            writes_.change_available(cell, units);
        } else {
            writes_.change(cell, "allocated", units);
            writes_.change_order("lastunit:order:" + std::to_string(command_.order), cell, units);
        }
    }
    end_hold(purpose_ == Purpose::expiry ? "hold_expired" : "hold_ended");
    return Outcome::applied;
}

Outcome ClientFlow::decide_deallocate(Readings& readings) {
    const std::string order = "lastunit:order:" + std::to_string(command_.order);
    std::vector<std::pair<std::int64_t, std::int64_t>> owned;  // units, picked of them
    for (const core::Line& line : lines_) {
        const redisReply& reading = readings.next();
        owned.emplace_back(number_at(reading, 0), number_at(reading, 1));
        if (owned.back().first < line.quantity) return Outcome::unknown_order;
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const std::string cell = cell_of(lines_[i].node, lines_[i].sku);
        const std::int64_t left = owned[i].first - lines_[i].quantity;
        if (const std::int64_t unpicked = owned[i].second - left; unpicked > 0) {
            writes_.change_order(order, cell + ":picked", -unpicked);
            writes_.change(cell, "picked", -unpicked);
        }
        writes_.change(cell, "allocated", -lines_[i].quantity);
        writes_.change_available(cell, lines_[i].quantity);
        writes_.change_order(order, cell, -lines_[i].quantity);
        if (left == 0) writes_.add({"HDEL", order, cell, cell + ":picked"});
    }
    return Outcome::applied;
}

// pick and ship
Outcome ClientFlow::decide_fulfilment(Readings& readings) {
    const std::string order = "lastunit:order:" + std::to_string(command_.order), cell = cell_of(command_.node, command_.sku);
    const redisReply& owned = readings.next();
    const std::int64_t units = number_at(owned, 0), picked = number_at(owned, 1);
    if (units < command_.quantity) return Outcome::unknown_order;
    if (command_.kind == CommandKind::pick) {
        if (units - picked < command_.quantity) return Outcome::already_picked;
        const redisReply& record = readings.next();
        // The units are in the picker's hand: what the record lacks of them was there all the same.
        if (const std::int64_t found = number_at(record, 1) + command_.quantity - number_at(record, 0); found > 0) {
            writes_.change(cell, "on_hand", found);
            writes_.change_available(cell, found);
        }
        writes_.change(cell, "picked", command_.quantity);
        writes_.change_order(order, cell + ":picked", command_.quantity);
        return Outcome::applied;
    }
    if (picked < command_.quantity) return Outcome::not_picked;
    for (const char* state : {"picked", "allocated", "on_hand"}) writes_.change(cell, state, -command_.quantity);
    writes_.change_order(order, cell, -command_.quantity);
    writes_.change_order(order, cell + ":picked", -command_.quantity);
    if (units == command_.quantity) writes_.add({"HDEL", order, cell, cell + ":picked"});
    return Outcome::applied;
}

Outcome ClientFlow::decide_on_cell(Readings& readings) {
    const std::string cell = cell_of(command_.node, command_.sku);
    std::int64_t units = command_.quantity;
    if (command_.kind == CommandKind::sell || command_.kind == CommandKind::adjust) {
        const redisReply& record = readings.next();
        const std::int64_t on_hand = number_at(record, 0), picked = number_at(record, 1);
        if (command_.kind == CommandKind::adjust) {
            if (units < picked) return Outcome::not_enough_on_hand;
            units -= on_hand;
        } else {
            units = -std::min(units, on_hand - picked);
        }
    }
    if (command_.kind == CommandKind::take_return && command_.return_to == core::ReturnTo::quarantine) {
        writes_.change(cell, "quarantined", units);
        return Outcome::applied;
    }
    if (units != 0) {
        writes_.change(cell, "on_hand", units);
        writes_.change_available(cell, units);
    }
    return Outcome::applied;
}

}  // namespace lastunit::drivers::redis
