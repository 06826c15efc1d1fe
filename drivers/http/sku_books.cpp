#include "drivers/http/sku_books.hpp"

namespace lastunit::drivers::http {

std::vector<SkuBooks> by_sku(const Books& before, const Books& after, std::size_t skus) {
    std::vector<SkuBooks> out(skus);
    for (SkuBooks& one : out) {
        one.has_orders = after.has_orders;
        if (after.has_reservations) one.moved = 0;
    }
    for (const Books::Line& line : after.orders)
        if (line.sku.value < skus) out[line.sku.value].orders.push_back(line);
    for (const Books::Line& line : before.reservations)
        if (line.sku.value < skus && after.has_reservations) *out[line.sku.value].moved -= line.units;
    for (const Books::Line& line : after.reservations)
        if (line.sku.value < skus) *out[line.sku.value].moved += line.units;
    for (const auto& [sku, counter] : before.counters)
        if (sku.value < skus) out[sku.value].before = counter;
    for (const auto& [sku, counter] : after.counters)
        if (sku.value < skus) out[sku.value].after = counter;
    return out;
}

}  // namespace lastunit::drivers::http
