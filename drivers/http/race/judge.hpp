// What a race proves: four numbers side by side, and every disagreement among them with its kind and the shoppers involved.
//
// Told: acceptances that shoppers were told. Orders: what the system has of these shoppers. Reservations: rows of reservations or
// movements, by their difference. Counter: by how much the stock counter moved. Each alone can look right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drivers/http/race/race.hpp"

namespace lastunit::drivers::http {

enum class FindingKind : std::uint8_t {
    oversold,           // more sold than there was
    undersold,          // refused although there was
    phantom_order,      // an order whose shopper was told that there is none
    missing_order,      // a shopper was told of an order that the system does not have
    duplicate_order,    // one purchase, several orders
    lost_update,        // the counter did not move by what was taken
    unallocated_order,  // an order for which nothing was taken from stock
};
const char* name_of(FindingKind kind);

struct Finding {
    FindingKind kind{};
    std::int64_t units = 0;                   // at least
    std::vector<std::uint64_t> shoppers;      // involved, by number
    std::string sentence;                     // what disagrees with what
    std::vector<std::uint64_t> side_by_side;  // two of them (or one twice) whose requests tell the story
};

struct Verdict {
    std::int64_t stock = 0, demand = 0;  // units
    std::int64_t told = 0;               // units whose acceptance was told, once per shopper
    std::int64_t unknown = 0;            // units whose answer is unknown after the read-back: they may be sold or not
    std::int64_t resolved = 0;           // units whose answer was unknown and that the orders show to be sold
    std::optional<std::int64_t> orders, reservations, counter;
    std::vector<Finding> findings;
};

// Of a run without a problem.
Verdict judge(const RaceRun& run);

}  // namespace lastunit::drivers::http
