// What the books of one SKU prove: four numbers side by side, and every disagreement among them with its kind and the shoppers
// involved. A race has one SKU; a load is judged SKU by SKU.
//
// Told: acceptances that shoppers were told. Orders: what the system has of these shoppers. Reservations: rows of reservations or
// movements, by their difference. Counter: by how much the stock counter moved. Each alone can look right.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drivers/http/disagreement.hpp"
#include "drivers/http/sku_books.hpp"
#include "drivers/http/told.hpp"

namespace lastunit::drivers::http {

enum class FindingKind : std::uint8_t {
    oversold,           // more sold than there was
    undersold,          // refused although there was
    phantom_order,      // an order whose shopper was told that there is none, or that it is cancelled
    missing_order,      // a shopper was told of units that the system has no order of
    duplicate_order,    // one purchase, several orders
    lost_update,        // the counter did not move by what was taken: by less, or by more
    unallocated_order,  // an order for which nothing was taken from stock
};
const char* name_of(FindingKind kind);

struct Finding {
    FindingKind kind{};
    std::int64_t units = 0;                   // at least
    std::vector<std::uint64_t> shoppers;      // involved, by number; the first 200
    std::size_t involved = 0;                 // all of them
    Disagreement disagreement;                // what disagrees with what
    std::string sentence;                     // ... in English
    std::vector<std::uint64_t> side_by_side;  // two of them (or one twice) whose requests tell the story
};

// What these books do not say: nobody is accused, nor acquitted.
struct LeftOpen {
    std::int64_t units = 0;  // at most
    std::string sentence;
};

struct Verdict {
    std::int64_t stock = 0, demand = 0;  // units
    std::int64_t told = 0;               // units whose acceptance was told, once per shopper
    std::int64_t unknown = 0;            // units whose answer is unknown after the read-back: they may be sold or not
    std::int64_t resolved = 0;           // units whose answer was unknown and that the orders show to be sold
    std::int64_t others = 0;             // units in new orders that are none of these shoppers'
    std::optional<std::int64_t> orders, reservations, counter;
    std::vector<Finding> findings;
    std::vector<LeftOpen> left_open;
};

// A shopper who wanted the SKU. What is pointed to has to live as long as the judging takes.
struct Buyer {
    std::uint64_t number = 0;
    const std::string* identity = nullptr;  // as in Books::Line::shopper; empty: no order is known to be theirs
    Quantity wanted = 1;
    const Told* said = nullptr;
    // Of the request that decided, by any clock that all share. `decided`: there was one.
    bool decided = false;
    std::int64_t sent_us = 0, answered_us = 0;
    // From when on the units may have been given back by the cancel steps: they were sent, and not surely refused. Absent: never.
    std::optional<std::int64_t> cancelled_us{};
    // Whether something came back for the request that decided. Of nobody who heard nothing is it said that the shop turned him
    // away: it may never have been asked. A status of 500 is an answer.
    enum class Heard : std::uint8_t { nothing, something } heard = Heard::something;
    std::int64_t may_hold = 0;   // units that its cart may still have set aside, without having been sold
    std::int64_t set_aside = 0;  // those of a hold that was accepted and reserves, as the flow says; part of `may_hold`
    bool tells = true;           // all its requests are kept: for a story it is preferred
};

struct SkuCase {
    std::int64_t put = 0;  // units that set-up put there: the stock where no counter says it
    const SkuBooks* books = nullptr;
    std::vector<Buyer> buyers;
    // Units that are left in the end were withheld from whoever was turned away: true of a race, where nobody gives a unit back
    // and goes. Of a load it is not: there the audit of the history judges each refusal by its time.
    enum class LeftOver : std::uint8_t { was_withheld, says_nothing } left_over = LeftOver::was_withheld;
    bool hold_reserves = false;  // as the flow says: carts of earlier runs may give units back meanwhile
};

Verdict judge(const SkuCase& of);

// What a shop that commits late would mend by itself: missing or unallocated orders, a counter that stayed behind.
bool later_books_may_mend(FindingKind kind);
std::int64_t later_books_may_mend(const Verdict& verdict);

// Not empty: there are new orders, and none of them is of a shopper although some were told that they have bought. Then the flow
// reads the wrong thing for `shopper`, and would make every order missing.
std::string nobodys_orders(std::span<const SkuCase> cases);

}  // namespace lastunit::drivers::http
