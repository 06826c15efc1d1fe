// What a platform says of itself: orders, reservations or movements, stock counters.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "drivers/http/plan.hpp"

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

// Takes what one answer holds. `only`: the SKU for which the step was done; null: any of `skus`. Lines of SKUs that are not among
// `skus` are passed over.
Taken take(const StepPlan& step, const JsonValue& document, const Values& values, const std::vector<SkuEntry>& skus,
           const SkuEntry* only, Books& books);

std::string lower_case(std::string text);

}  // namespace lastunit::drivers::http
