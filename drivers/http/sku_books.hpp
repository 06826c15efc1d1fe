// The books of one SKU, before and after: what a judge looks at.
#pragma once

#include <optional>
#include <vector>

#include "drivers/http/books.hpp"

namespace lastunit::drivers::http {

struct SkuBooks {
    bool has_orders = false;
    std::vector<Books::Line> orders;  // afterwards, without those of before
    // By how many units the rows of reservations or movements grew. Rows are told apart by order and shopper where they name
    // them: then what was there before the first shopper and is less now (a cart of an earlier run that expired) counts as
    // `gone`, and does not make up for what was taken since.
    std::optional<std::int64_t> moved;
    std::int64_t gone = 0;
    std::vector<Books::Line> grown;  // those of `moved` that name an order or a shopper, summed
    Books::Counter before, after;    // nothing in it: not read
};

// Order lines that were not there before, told apart by the order and the shopper, and by how much the others grew.
std::vector<Books::Line> new_orders(const Books& before, const Books& after);

// Of the first `skus` SKUs.
std::vector<SkuBooks> by_sku(const Books& before, const Books& after, std::size_t skus);

}  // namespace lastunit::drivers::http
