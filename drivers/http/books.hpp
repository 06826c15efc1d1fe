// What a platform says of itself: orders, reservations or movements, stock counters.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "drivers/http/plan.hpp"
#include "drivers/http/text.hpp"

namespace lastunit::drivers::http {

struct Books {
    struct Line {
        std::string id;       // of the order; empty where the flow does not say where it stands
        std::string shopper;  // lower case
        Sku sku;
        std::int64_t units = 0;
    };
    struct Counter {
        std::optional<std::int64_t> on_hand, reserved, available;
    };
    std::vector<Line> orders, reservations;
    std::map<Sku, Counter> counters;
    // Whether the flow reads them at all: an empty list is something else than none.
    bool has_orders = false, has_reservations = false, has_counters = false;
};

struct Taken {
    std::size_t rows = 0;  // for paging
    // A path of the flow that leads nowhere, with what is there instead: books that were read by it would accuse the shop, or
    // clear it. Empty: none.
    std::string problem;
};

// Where the paths of a step led, over all of its answers: one row may lack what another has, and no row of any is a wrong path.
struct PathTally {
    std::size_t there = 0;  // null too: a guest's order has no shopper
    std::string missing;    // what was there instead, the first time
};
struct LinesTally {
    PathTally id, shopper, sku;  // the first two of this run's lines alone
    std::size_t ours = 0, others = 0;
    std::string other;  // what the first line of another SKU calls it

    // A path that led nowhere. Empty: none.
    std::string problem() const;
};
struct Reading {
    LinesTally orders, reservations;
};

// Rows page after page, those with an `id` apart: what comes in between two pages moves rows from one to the next, and is read
// twice.
struct SeenRows {
    std::set<std::string> earlier, here;    // on the pages before, on this one
    std::size_t repeated = 0;               // rows of this page that were on one before
    std::size_t hash = 0, hash_before = 0;  // of the rows of this page and of the one before
    bool same_page() const { return hash == hash_before; }
    void turn();  // to the next page
};

struct TakeInto {
    Books& books;
    Reading& reading;
    SeenRows* seen = nullptr;  // null: the step has one page
};

// Takes what one answer holds. `only`: the SKU for which the step was done; null: any of `skus`. Lines of SKUs that are not among
// `skus` are passed over, and so is a row that was on an earlier page.
Taken take(const StepPlan& step, const JsonValue& document, const Values& values, const std::vector<SkuEntry>& skus,
           const SkuEntry* only, const TakeInto& into);

}  // namespace lastunit::drivers::http
