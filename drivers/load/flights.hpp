// Operations that were asked for and are not settled: their memory, their order within chains, and which attempt is the oldest.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/command.hpp"
#include "drivers/load/chain_map.hpp"

namespace lastunit::drivers {

struct Flight {
    core::Command command;  // with its key; its lines are `lines`
    std::vector<core::Line> lines;
    std::uint64_t tag = 0;           // the asker's
    std::int64_t intended_ns = 0;    // steady clock, as the others
    std::int64_t taken_ns = 0;       // when it was asked for
    std::int64_t ready_ns = 0;       // it could be sent from then on: not before the one before it in its chain was settled
    std::int64_t first_sent_ns = 0;  // 0: not yet
    std::int64_t sent_ns = 0;        // the last attempt
    std::uint32_t generation = 0;    // of this place: an answer to an earlier operation is none to this one
    std::uint32_t attempts = 0;
    std::uint32_t session = 0;  // through which the last attempt went
    bool live = false, asked = false, under_way = false, was_unknown = false;

   private:
    friend class Flights;
    struct Link {
        std::uint64_t chain = 0;
        std::uint32_t next = ChainMap::kNone;  // waits for this one
    };
    std::array<Link, 2> links_;
    std::uint8_t chains_ = 0;
    std::uint8_t waits_for_ = 0;                                       // operations before it in its chains
    std::uint32_t older_ = ChainMap::kNone, newer_ = ChainMap::kNone;  // attempts under way, by time of sending
};

class Flights {
   public:
    static constexpr std::uint32_t kNone = ChainMap::kNone;
    enum class Turn : std::uint8_t { now, later };
    struct Added {
        std::uint32_t index = kNone;  // kNone: there are as many as there may be
        Turn turn = Turn::now;        // later: settle() of another one hands it out
    };

    explicit Flights(std::uint32_t most);

    Added add(const core::Command& command);
    Flight& operator[](std::uint32_t index) { return flights_[index]; }
    const Flight& operator[](std::uint32_t index) const { return flights_[index]; }

    // An attempt begins, not before any other one that is under way; an attempt ends.
    void sent(std::uint32_t index, std::int64_t now_ns);
    void answered(std::uint32_t index);
    std::size_t under_way() const { return under_way_; }
    // When the oldest attempt under way was sent; `none` when there is none.
    std::int64_t oldest_sent_ns(std::int64_t none) const { return oldest_ == kNone ? none : flights_[oldest_].sent_ns; }

    // Gives the place back; appends those whose turn it is now.
    void settle(std::uint32_t index, std::vector<std::uint32_t>& their_turn);
    std::size_t size() const { return flights_.size() - free_.size(); }
    std::uint32_t places() const { return static_cast<std::uint32_t>(flights_.size()); }

   private:
    void link(std::uint32_t index, std::uint64_t chain);

    std::uint32_t most_;
    std::vector<Flight> flights_;  // has its whole address space from the start: never moves
    std::vector<std::uint32_t> free_;
    ChainMap last_of_;
    std::uint32_t oldest_ = kNone, newest_ = kNone;
    std::size_t under_way_ = 0;
};

}  // namespace lastunit::drivers
