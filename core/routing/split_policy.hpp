// One item here, the other 200 km away: split now, wait for a transfer, or decline; with what each costs. And how often an order
// that nodes reject is planned again.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "core/types.hpp"

namespace lastunit::core {

inline constexpr Money kNeverDeclined = std::numeric_limits<Money>::max();

enum class SplitChoice : std::uint8_t { ship_now, wait_for_transfer, decline };
const char* name_of(SplitChoice choice);

enum class Waiting : std::uint8_t { refused, allowed };

struct SplitPolicy {
    Money loss_per_extra_parcel = 0;  // goodwill, for each parcel after the first

    Waiting waiting = Waiting::refused;
    std::uint32_t max_sources = 4;  // nodes that one gathered parcel may come from; may exceed the order's split limit
    Money transfer_fixed = 0;       // per node that sends to the gathering node
    Money transfer_unit = 0;        // per unit moved
    Duration transfer_takes{0};     // until it can leave
    Duration longest_wait{INT64_MAX};
    Money loss_per_hour = 0;  // of the promise, for each hour begun

    Money decline_cost = kNeverDeclined;      // of the whole order
    std::uint32_t max_reroutes = UINT32_MAX;  // planned again more often, an order is given up
};

// What one way costs; `cost` of a way that is not there is of no account.
struct SplitOption {
    enum class There : std::uint8_t { no, yes };
    There there = There::no;
    Money cost = 0;  // as weighed, without the losses
    Money loss = 0;  // of goodwill
    Duration wait{0};
    Money total() const { return cost + loss; }
};

struct SplitDecision {
    SplitChoice choice = SplitChoice::decline;
    SplitOption split, wait, decline;

    // "wait for a transfer: 1300 (wait 2 h, loss 200) against 1500 split now (loss 0); declining is not allowed"
    std::string text() const;
};

SplitOption split_now(const SplitPolicy& policy, Money cost, std::uint32_t parcels);
// `cost` already has the transfer in it (see `transfer_cost`).
SplitOption wait_for(const SplitPolicy& policy, Money cost);
Money transfer_cost(const SplitPolicy& policy, std::uint32_t nodes, std::int64_t units);

// The cheapest of the ways that are there; of equals shipping now, then waiting. None there: decline.
SplitDecision decide(const SplitPolicy& policy, const SplitOption& split, const SplitOption& wait);

}  // namespace lastunit::core
