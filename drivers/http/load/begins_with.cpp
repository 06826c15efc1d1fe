#include "drivers/http/load/begins_with.hpp"

#include <optional>

namespace lastunit::drivers::http {
namespace {

std::optional<std::int64_t> to_be_sold(const Books& books, Sku sku, Uncounted uncounted) {
    const auto found = books.counters.find(sku);
    if (found == books.counters.end()) return std::nullopt;
    const Books::Counter& counter = found->second;
    if (counter.available) return counter.available;
    if (!counter.on_hand || uncounted == Uncounted::passed_over) return std::nullopt;
    return *counter.on_hand - counter.reserved.value_or(0);
}

}  // namespace

std::string unlike(const Books& books, const std::vector<std::int64_t>& units, const std::vector<std::string>& skus,
                   Uncounted uncounted) {
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto there = to_be_sold(books, Sku(static_cast<std::uint32_t>(i)), uncounted);
        if (!there && uncounted == Uncounted::refused) return "the flow's `read_back` reads no counter of " + skus[i];
        if (there && *there != units[i])
            return "the shop does not begin as the scenario does: " + skus[i] + " has " + std::to_string(*there) +
                   " units to be sold, not " + std::to_string(units[i]) + "; `lastunit prepare` brings it there";
    }
    return "";
}

}  // namespace lastunit::drivers::http
