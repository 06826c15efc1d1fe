// Who does the work of a node, when, and what comes first.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/types.hpp"
#include "model/distribution.hpp"
#include "model/opening_hours.hpp"

namespace lastunit::model {

// Orders that a station serves apart from others. Bit sets; 0: all.
struct OrderClass {
    std::uint32_t methods = 0;   // bit per core::Method
    std::uint32_t channels = 0;  // bit per channel
    std::optional<Distribution> service;
};

// What is next within a class.
enum class ServiceOrder : std::uint8_t { fifo, due_first };

// A step of fulfilment with a queue in front.
struct Station {
    std::uint32_t workers = 0;  // of its own, in parallel; 0: the node's team, unlimited where it has none (nobody waits)
    Distribution service;       // per order line (pick) or per parcel (pack, dispatch)
    ServiceOrder order = ServiceOrder::fifo;
    std::vector<OrderClass> classes;  // served in this order, without interrupting work; what is of none comes last
};

// What a member of the team who is free does first.
enum class TeamOrder : std::uint8_t { shoppers_first, fifo, orders_first };

// People who do whatever there is to do in a node, one thing at a time each.
struct Team {
    struct Shift {
        OpeningHours when;
        std::uint32_t workers = 0;
    };
    struct Absence {
        SimTime from{0}, until{0};  // local
        std::uint32_t workers = 0;
    };
    std::vector<Shift> roster;      // overlapping ones add up
    std::vector<Absence> absences;  // ... as do these, of those who are on the roster
    Distribution serve;             // a shopper at the till, or at the counter who fetches a parcel; zero: nobody is served
    double served = 1;              // share of purchases at the till that need somebody
    std::optional<Distribution> patience;  // at the till; absent: as long as the whole journey's
    TeamOrder order = TeamOrder::shoppers_first;
    Duration overtime{0};  // after a shift, while work waits, each at most this long
    Money wage = 0;        // per person and hour
    Money overtime_wage = 0;
    Distribution put_back;  // per line of an order that nobody fetched

    std::uint32_t staffed_at(SimTime local) const;
    SimTime next_turn(SimTime local) const;  // of the roster or an absence, after `local`; kNever: always the same people
    double staffed_s(SimTime from, SimTime until) const;  // person-seconds between two local times
};

// Order lines are released to the pick station together.
struct Waves {
    Duration every{0};         // 0: not by the clock
    Duration phase{0};         // of the grid of `every`, since local midnight
    std::vector<Duration> at;  // times of day
    std::uint32_t lines = 0;   // as soon as so many wait; 0: never for their number
    Distribution per_wave;     // shared evenly by the lines of a wave, on top of their service

    SimTime next(SimTime local) const;  // the next release by the clock at or after `local`; kNever: there is none
};

}  // namespace lastunit::model
