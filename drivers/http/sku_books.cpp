#include "drivers/http/sku_books.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

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

std::vector<Books::Line> new_orders(const Books& before, const Books& after) {
    std::map<std::tuple<std::uint32_t, std::string_view, std::string_view>, std::int64_t> earlier;
    for (const Books::Line& line : before.orders) earlier[{line.sku.value, line.id, line.shopper}] += line.units;
    std::vector<Books::Line> out;
    out.reserve(after.orders.size());
    for (const Books::Line& line : after.orders) {
        Books::Line fresh = line;
        if (const auto found = earlier.find({line.sku.value, line.id, line.shopper}); found != earlier.end()) {
            const std::int64_t known = std::min(found->second, line.units);
            found->second -= known;
            fresh.units -= known;
            if (fresh.units == 0) continue;
        }
        out.push_back(std::move(fresh));
    }
    return out;
}

std::vector<SkuBooks> by_sku(const Books& before, const Books& after, std::size_t skus) {
    std::vector<SkuBooks> out(skus);
    for (SkuBooks& one : out) {
        one.has_orders = after.has_orders;
        if (after.has_reservations) one.moved = 0;
    }
    for (Books::Line& line : new_orders(before, after))
        if (line.sku.value < skus) out[line.sku.value].orders.push_back(std::move(line));
    if (after.has_reservations) count_rows(before, after, out);
    for (const auto& [sku, counter] : before.counters)
        if (sku.value < skus) out[sku.value].before = counter;
    for (const auto& [sku, counter] : after.counters)
        if (sku.value < skus) out[sku.value].after = counter;
    return out;
}

}  // namespace lastunit::drivers::http
