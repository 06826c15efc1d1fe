// What a platform says of itself: orders, reservations or movements, stock counters.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "drivers/http/plan.hpp"
#include "drivers/http/rows.hpp"
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
