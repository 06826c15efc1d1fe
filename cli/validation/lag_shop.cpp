#include "cli/validation/lag_shop.hpp"

#include <algorithm>
#include <cmath>

namespace lastunit::cli::validation {
namespace {

constexpr double kOpening = 3;  // mean times between shoppers in which a shop has to open; 95 % do

}  // namespace

LagShops::LagShops(double demand, Quantity buffer, double shoppers)
    : demand_(demand), clock_(demand), opened_until_{std::llround(clock_.us(kOpening / demand))} {
    const double shops = std::clamp(shoppers / (demand + kOpening), 1.0, 10'000.0);
    shops_.resize(static_cast<std::size_t>(shops));
    Settings settings(kOpening / demand + 1, clock_);
    settings.set("catalogue.skus", static_cast<std::int64_t>(shops_.size()))
        .set("stock[0].each", buffer + 1)
        .set("demand.streams.online.rate", clock_.rate(demand * static_cast<double>(shops_.size())))
        .set("design.channels.online.buffer", buffer)
        .set("design.edges.to-online.latency", clock_.time(1));
    overrides_ = settings.overrides();
}

double LagShops::shoppers() const { return (demand_ + kOpening) * static_cast<double>(shops_.size()); }

void LagShops::begin() { std::fill(shops_.begin(), shops_.end(), Shop{}); }

// The horizon ends a lag after the last opening, so whoever opened in time has all of its sales inside the run.
void LagShops::accepted(SimTime at, Sku sku, Quantity units, Quantity oversold) {
    Shop& shop = shops_[sku.value];
    if (!shop.opened() && at > opened_until_) return;
    shop.demand += units;
    shop.oversold += oversold;
}

}  // namespace lastunit::cli::validation
