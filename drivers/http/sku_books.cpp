#include "drivers/http/sku_books.hpp"

#include <map>
#include <tuple>

namespace lastunit::drivers::http {
namespace {

void count_rows(const Books& before, const Books& after, std::vector<SkuBooks>& out) {
    struct Units {
        std::int64_t before = 0, after = 0;
    };
    std::map<std::tuple<std::uint32_t, std::string_view, std::string_view>, Units> rows;
    for (const Books::Line& line : before.reservations) rows[{line.sku.value, line.id, line.shopper}].before += line.units;
    for (const Books::Line& line : after.reservations) rows[{line.sku.value, line.id, line.shopper}].after += line.units;
    for (const auto& [of, units] : rows) {
        const auto& [sku, id, shopper] = of;
        if (sku >= out.size()) continue;
        SkuBooks& books = out[sku];
        const std::int64_t more = units.after - units.before;
        const bool named = !id.empty() || !shopper.empty();
        if (named && units.before > 0 && more < 0) {
            books.gone -= more;
            continue;
        }
        *books.moved += more;
        if (named && more != 0) books.grown.push_back({std::string(id), std::string(shopper), Sku(sku), more});
    }
}

}  // namespace

std::vector<SkuBooks> by_sku(const Books& before, const Books& after, std::size_t skus) {
    std::vector<SkuBooks> out(skus);
    for (SkuBooks& one : out) {
        one.has_orders = after.has_orders;
        if (after.has_reservations) one.moved = 0;
    }
    for (const Books::Line& line : after.orders)
        if (line.sku.value < skus) out[line.sku.value].orders.push_back(line);
    if (after.has_reservations) count_rows(before, after, out);
    for (const auto& [sku, counter] : before.counters)
        if (sku.value < skus) out[sku.value].before = counter;
    for (const auto& [sku, counter] : after.counters)
        if (sku.value < skus) out[sku.value].after = counter;
    return out;
}

}  // namespace lastunit::drivers::http
