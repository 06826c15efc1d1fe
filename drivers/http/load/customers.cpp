#include "drivers/http/load/customers.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace lastunit::drivers::http {

std::vector<SkuCase> cases(const Customers& customers, const StoryOf& story_of, const std::vector<SkuBooks>& books,
                           const std::vector<std::int64_t>& stock) {
    std::vector<SkuCase> out(books.size());
    for (std::size_t sku = 0; sku < out.size(); ++sku) {
        out[sku].put = stock[sku];
        out[sku].books = &books[sku];
        out[sku].left_over = SkuCase::LeftOver::says_nothing;
    }
    for (const Customer& one : customers) {
        std::map<Sku, Quantity> basket;  // a platform knows no nodes
        for (const core::Line& line : one.lines) basket[line.sku] += line.quantity;
        // Who was stopped before anything was found of him: an order without a shopper is not his.
        static const std::string kNobody(1, '\0');
        const bool tells = story_of(one.number) != nullptr;
        for (const auto& [sku, units] : basket) {
            Buyer buyer{.number = one.number,
                        .identity = one.identity.empty() ? &kNobody : &one.identity,
                        .wanted = units,
                        .said = &one.said};
            buyer.decided = one.answered_us.has_value();
            buyer.heard = buyer.decided ? Buyer::Heard::something : Buyer::Heard::nothing;
            buyer.sent_us = one.sent_us;
            buyer.answered_us = one.answered_us.value_or(0);
            buyer.cancelled_us = one.cancelled_us;
            buyer.tells = tells;
            out[sku.value].buyers.push_back(buyer);
        }
    }
    return out;
}

FinalState final_state(const Customers& customers, const Books& books, const InitialStock& stock) {
    const std::size_t nodes = stock.shape.nodes.size();
    std::vector<FinalState::Stock> cells(stock.units.size());
    FinalState out;
    std::unordered_map<std::string_view, const Customer*> by_identity;
    for (const Customer& one : customers)
        if (!one.identity.empty()) by_identity[one.identity] = &one;
    std::map<std::uint64_t, std::pair<const Customer*, std::int64_t>> ordered;  // by number
    for (const Books::Line& line : books.orders) {
        const auto found = by_identity.find(line.shopper);
        if (found == by_identity.end()) continue;
        auto& [customer, units] = ordered[found->second->number];
        customer = found->second;
        units += line.units;
    }
    for (const auto& [number, of] : ordered) {
        const auto& [customer, units] = of;
        std::int64_t asked = 0;
        for (const core::Line& line : customer->lines) asked += line.quantity;
        for (const core::Line& line : customer->lines) {
            // An order that the platform has twice counts twice.
            const std::int64_t quantity = asked == 0 ? 0 : line.quantity * units / asked;
            out.orders.push_back({OrderId(customer->order), line.node, line.sku, quantity, 0});
            cells[line.sku.value * nodes + line.node.value].allocated += quantity;
        }
    }
    std::sort(out.orders.begin(), out.orders.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.order, a.node, a.sku) < std::tuple(b.order, b.node, b.sku);
    });
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        cells[cell].sku = Sku(static_cast<std::uint32_t>(cell / nodes));
        cells[cell].node = NodeId(static_cast<std::uint16_t>(cell % nodes));
        cells[cell].on_hand = stock.units[cell];
    }
    out.stock = std::move(cells);
    return out;
}

}  // namespace lastunit::drivers::http
