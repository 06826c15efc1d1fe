#include "core/routing/unit_router.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace lastunit::core {

Money cost_of(const UnitOrder& order, std::span<const std::uint32_t> places) {
    const std::size_t nodes = order.unit.size();
    Money sum = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool filled = places[i] < nodes;
        sum += filled ? order.unit[places[i]] : order.unfilled_unit;
        const auto before = places.first(i);
        if (std::find(before.begin(), before.end(), places[i]) == before.end())
            sum += filled ? order.parcel : order.unfilled_order;
    }
    return sum;
}

Money UnitRouter::least_cost(const UnitOrder& order, const UnitStock& stock, std::span<const Money> prices, Money unfilled_price,
                             Places places) {
    const std::size_t items = order.items.size(), nodes = order.unit.size();
    if (items == 0) return 0;
    wanted_.assign(items, 1);
    decline_.assign(items, order.unfilled_unit + unfilled_price);
    offers_.assign(items, Offer{});
    search_.start(wanted_);
    for (std::size_t k = 0; k < nodes; ++k) {
        bool any = false;
        for (std::size_t i = 0; i < items; ++i) {
            const std::uint32_t sku = order.items[i];
            offers_[i].available = stock.at(k, sku) > 0 ? 1 : 0;
            offers_[i].unit = order.unit[k] + (prices.empty() ? 0 : prices[k * stock.skus + sku]);
            any = any || offers_[i].available > 0;
        }
        const OfferNode node{NodeId(static_cast<std::uint16_t>(k)), 0, order.parcel, static_cast<Quantity>(items), 1};
        if (any) search_.add_node(node, offers_);
    }
    search_.allow_decline(order.unfilled_order, decline_);
    LeastCost::Limits limits;
    limits.max_nodes = static_cast<std::uint32_t>(std::min(items, nodes));
    limits.lines = LineSplit::never;
    const bool found = search_.solve(limits);
    LASTUNIT_ASSERT(found, "an order of which everything may be left unfilled has a plan");
    std::fill(places.begin(), places.end(), static_cast<std::uint32_t>(nodes));
    for (const Piece& piece : search_.pieces()) places[piece.demand] = piece.node.value;
    return search_.cost();
}

bool UnitRouter::planned(const UnitOrder& order, const UnitStock& stock, const Guide& guide, std::size_t kind,
                         Places places) const {
    if (guide.plan_width == 0) return false;
    const std::span row = std::span(guide.plan).subspan(kind * guide.plan_width, places.size());
    if (row.empty() || row[0] == Guide::kNoPlan) return false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool filled = row[i] < order.unit.size();
        if (filled ? stock.at(row[i], order.items[i]) <= 0 : guide.unfilled_left < 0.5) return false;
    }
    std::copy(row.begin(), row.end(), places.begin());
    return true;
}

void UnitRouter::guided(const UnitOrder& order, const UnitStock& stock, const Guide& guide, std::size_t kind, Places places) {
    if (planned(order, stock, guide, kind, places)) return;
    const Money unfilled = guide.unfilled_left < 0.5 ? kOnlyIfNobodyHasIt : guide.unfilled_price;
    least_cost(order, stock, guide.price, unfilled, places);
}

void UnitRouter::rounded(const UnitOrder& order, const UnitStock& stock, Rounding rounding, const Fractions& fractions,
                         std::span<const double> uniforms, FailedPick failed, std::span<const Money> prices, Places places) {
    rounder_.round(rounding, fractions, uniforms, places);
    const auto nodes = static_cast<std::uint32_t>(order.unit.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] == nodes || stock.at(places[i], order.items[i]) > 0) continue;
        if (failed == FailedPick::order_rerouted) {
            least_cost(order, stock, prices, kOnlyIfNobodyHasIt, places);
            return;
        }
        places[i] = nodes;
    }
}

}  // namespace lastunit::core
