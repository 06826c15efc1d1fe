#include "cli/validation/sku_counts.hpp"

#include <algorithm>
#include <cmath>

#include "cli/validation/output_name.hpp"

namespace lastunit::cli::validation {

SkuCounts::SkuCounts(Plan plan) : plan_(std::move(plan)) {}

void SkuCounts::begin(std::size_t) {
    accepted_.assign(plan_.skus, 0);
    oversold_.assign(plan_.skus, 0);
}

void SkuCounts::end() {
    for (std::uint32_t sku = 0; sku < plan_.skus; ++sku) {
        ++samples_[oversold_[sku]];
        moments_.add(oversold_[sku]);
        if (accepted_[sku] - oversold_[sku] >= plan_.stock) ++sold_out_;
    }
}

Estimate SkuCounts::at_least(Quantity units, double expected) const {
    double hits = 0;
    for (auto it = samples_.lower_bound(units); it != samples_.end(); ++it) hits += it->second;
    return of_proportion(hits, moments_.n, expected);
}

Estimate SkuCounts::variance(double expected) const {
    double second = 0, fourth = 0;
    for (const auto& [units, skus] : samples_) {
        const double square = (units - moments_.mean()) * (units - moments_.mean());
        second += skus * square;
        fourth += skus * square * square;
    }
    return of_variance(moments_.n, second / moments_.n, fourth / moments_.n, expected);
}

Reading SkuCounts::read(const std::string& output, double expected) const {
    if (output == "mean") return of_count_mean(moments_, expected);
    if (output == "var") return variance(expected);
    if (output == "p_any") return at_least(1, expected);
    if (output == "p_sellout") return of_proportion(sold_out_, moments_.n, expected);
    if (const auto units = number_after("p_ge_", output)) return at_least(static_cast<Quantity>(std::ceil(*units)), expected);
    if (const auto units = number_after("p", output)) {
        const auto found = samples_.find(static_cast<Quantity>(*units));
        return of_proportion(found == samples_.end() ? 0 : found->second, moments_.n, expected);
    }
    if (output == "mean_inf" || output == "limit") return NotCompared{"the limit of another case, not of this one"};
    if (output == "approx") return NotCompared{"a rule of thumb; `mean` is the exact value"};
    return NotCompared{"not an output that is known here"};
}

std::uint32_t skus_per_run(double shoppers_per_sku, const Effort& effort) {
    return static_cast<std::uint32_t>(std::clamp(effort.shoppers_per_run / shoppers_per_sku, 1.0, 2'000.0));
}

// P(Poisson(m) < S) <= exp(-(m - S + S ln(S / m))) with m = S + 6.5 sqrt(S) + 15 (Chernoff).
double surely_sold(double units) { return units + 6.5 * std::sqrt(units) + 15; }

}  // namespace lastunit::cli::validation
