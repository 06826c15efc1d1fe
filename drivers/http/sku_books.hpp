// The books of one SKU, before and after: what a judge looks at.
#pragma once

#include <optional>
#include <vector>

#include "drivers/http/books.hpp"

namespace lastunit::drivers::http {

struct SkuBooks {
    bool has_orders = false;
    std::vector<Books::Line> orders;    // afterwards
    std::optional<std::int64_t> moved;  // by how many units the rows of reservations or movements grew
    Books::Counter before, after;       // nothing in it: not read
};

// Of the first `skus` SKUs.
std::vector<SkuBooks> by_sku(const Books& before, const Books& after, std::size_t skus);

}  // namespace lastunit::drivers::http
