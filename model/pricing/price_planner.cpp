#include "model/pricing/price_planner.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lastunit::model {
namespace {

// E(N - stock)+ of normal demand.
double normal_loss(double mean, double deviation, double stock) {
    if (deviation < 1e-9) return std::max(0.0, mean - stock);
    const double z = (stock - mean) / deviation;
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    return deviation * (density - z * 0.5 * std::erfc(z / std::numbers::sqrt2));
}

}  // namespace

PlannerOptions PlannerOptions::resolved_prices() {
    PlannerOptions options;
    options.follow = Follow::prices;
    options.least_gap = options.most_gap = 50;
    options.smoothing = 0.3;
    return options;
}

PricePlanner::PricePlanner(const Forecast& forecast, double unfilled_units, const PlannerOptions& options)
    : forecast_(forecast),
      options_(options),
      program_(forecast),
      budget_(options.budget_share * unfilled_units),
      sku_rate_(forecast.skus, 0.0),
      smoothed_(forecast.stock.size(), 0.0) {
    for (std::size_t kind = 0; kind < forecast.kinds(); ++kind)
        for (const std::uint32_t sku : forecast.items(kind)) sku_rate_[sku] += forecast.rate[kind];
    guide_.price.assign(forecast.stock.size(), 0);
    if (options.follow == PlannerOptions::Follow::prices) return;
    for (const auto& items : forecast.orders) guide_.plan_width = std::max(guide_.plan_width, items.size());
}

double PricePlanner::lost_to_chance(double left, std::span<const Quantity> stock) const {
    double sum = 0;
    for (std::size_t sku = 0; sku < sku_rate_.size(); ++sku) {
        double units = 0;
        for (std::size_t node = 0; node < forecast_.nodes; ++node) units += stock[node * forecast_.skus + sku];
        const double mean = left * sku_rate_[sku];
        const double deviation = std::sqrt(std::max(0.0, mean * (1 - sku_rate_[sku])));  // binomial
        sum += normal_loss(mean, deviation, units) - std::max(0.0, mean - units);
    }
    return sum;
}

void PricePlanner::refresh(std::int64_t period, std::span<const Quantity> stock, double unfilled_so_far) {
    const auto left = static_cast<double>(forecast_.periods - period);
    const double may_drop = std::max(0.0, budget_ - unfilled_so_far - options_.reserve * lost_to_chance(left, stock));
    program_.solve(forecast_.demand(left), stock, may_drop);
    const double weight = solves_ == 0 ? 1 : options_.smoothing;
    for (std::size_t at = 0; at < smoothed_.size(); ++at) {
        smoothed_[at] = weight * program_.prices()[at] + (1 - weight) * smoothed_[at];
        guide_.price[at] = forecast_.in_money(smoothed_[at]);
    }
    guide_.unfilled_price = forecast_.in_money(program_.unfilled_price());
    guide_.unfilled_left = may_drop;
    if (guide_.plan_width > 0) program_.main_assignments(guide_.plan, guide_.plan_width);
    ++solves_;
    next_ = period + std::clamp(static_cast<std::int64_t>(left * options_.gap_share), options_.least_gap, options_.most_gap);
}

}  // namespace lastunit::model
