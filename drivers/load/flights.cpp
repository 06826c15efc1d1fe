#include "drivers/load/flights.hpp"

#include "core/assert.hpp"

namespace lastunit::drivers {

using core::CommandKind;

namespace {

enum class Chain : std::uint64_t { hold = 1, order = 2, transfer = 3 };

// Numbers beyond 2^62 may share a chain with others: these wait for each other, no more.
std::uint64_t chain_of(Chain chain, std::uint64_t id) { return id << 2U | static_cast<std::uint64_t>(chain); }

}  // namespace

Flights::Flights(std::uint32_t most) : most_(most) {
    flights_.reserve(most);
    free_.reserve(most);
}

void Flights::link(std::uint32_t index, std::uint64_t chain) {
    Flight& flight = flights_[index];
    const std::uint8_t number = flight.chains_++;
    flight.links_[number] = {chain, kNone};
    const std::uint32_t before = last_of_.exchange(chain, index);
    if (before == kNone) return;
    Flight& earlier = flights_[before];
    earlier.links_[earlier.links_[0].chain == chain ? 0 : 1].next = index;
    ++flight.waits_for_;
}

Flights::Added Flights::add(const core::Command& command) {
    if (size() == most_) return {};
    std::uint32_t index = 0;
    if (free_.empty()) {
        index = static_cast<std::uint32_t>(flights_.size());
        flights_.emplace_back();
    } else {
        index = free_.back();
        free_.pop_back();
    }
    Flight& flight = flights_[index];
    flight.command = command;
    flight.lines.assign(command.lines.begin(), command.lines.end());
    flight.command.lines = flight.lines;
    flight.first_sent_ns = flight.sent_ns = flight.ready_ns = 0;
    flight.attempts = 0;
    flight.live = true;
    flight.asked = flight.under_way = flight.was_unknown = false;
    flight.chains_ = flight.waits_for_ = 0;
    flight.links_ = {};
    switch (command.kind) {
        case CommandKind::hold:
        case CommandKind::extend:
        case CommandKind::release:
            link(index, chain_of(Chain::hold, command.id));
            break;
        case CommandKind::confirm:
            link(index, chain_of(Chain::hold, command.id));
            link(index, chain_of(Chain::order, command.order));
            break;
        case CommandKind::allocate:
        case CommandKind::deallocate:
        case CommandKind::pick:
        case CommandKind::ship:
            link(index, chain_of(Chain::order, command.order));
            break;
        case CommandKind::transfer_out:
        case CommandKind::transfer_in:
            link(index, chain_of(Chain::transfer, command.id));
            break;
        case CommandKind::expect:
        case CommandKind::receive:
        case CommandKind::adjust:
        case CommandKind::take_return:
        case CommandKind::quarantine:
        case CommandKind::unquarantine:
        case CommandKind::sell:
        case CommandKind::set_safety:
        case CommandKind::set_channel_allocation:
        case CommandKind::dispose:
        case CommandKind::advance:
            break;
    }
    return {index, flight.waits_for_ == 0 ? Turn::now : Turn::later};
}

void Flights::sent(std::uint32_t index, std::int64_t now_ns) {
    Flight& flight = flights_[index];
    flight.sent_ns = now_ns;
    if (flight.first_sent_ns == 0) flight.first_sent_ns = now_ns;
    ++flight.attempts;
    flight.under_way = true;
    ++under_way_;
    flight.older_ = newest_;
    flight.newer_ = kNone;
    (newest_ == kNone ? oldest_ : flights_[newest_].newer_) = index;
    newest_ = index;
}

void Flights::answered(std::uint32_t index) {
    Flight& flight = flights_[index];
    LASTUNIT_ASSERT(flight.under_way, "an answer to nothing");
    flight.under_way = false;
    --under_way_;
    (flight.older_ == kNone ? oldest_ : flights_[flight.older_].newer_) = flight.newer_;
    (flight.newer_ == kNone ? newest_ : flights_[flight.newer_].older_) = flight.older_;
}

void Flights::settle(std::uint32_t index, std::vector<std::uint32_t>& their_turn) {
    Flight& flight = flights_[index];
    LASTUNIT_ASSERT(flight.live && !flight.under_way, "settled while under way");
    for (std::uint8_t i = 0; i < flight.chains_; ++i) {
        const std::uint32_t next = flight.links_[i].next;
        if (next == kNone) {
            last_of_.erase(flight.links_[i].chain);
        } else if (--flights_[next].waits_for_ == 0) {
            their_turn.push_back(next);
        }
    }
    flight.live = false;
    ++flight.generation;
    free_.push_back(index);
}

}  // namespace lastunit::drivers
