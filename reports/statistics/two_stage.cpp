#include "reports/statistics/two_stage.hpp"

#include <algorithm>
#include <cmath>

#include "reports/statistics/distributions.hpp"

namespace lastunit::reports::statistics {

namespace {

void check(int designs, int first, double right) {
    LASTUNIT_ASSERT(designs >= 2 && first >= 2, "two designs or more, two replications or more");
    LASTUNIT_ASSERT(right * designs > 1 && right < 1, "guessing is right once in k");
}

std::size_t total(Sample first, double h, double zone, std::size_t least) {
    LASTUNIT_ASSERT(zone > 0, "differences below the zone do not matter: it is above 0");
    const double wanted = std::ceil(h * h * variance(first) / (zone * zone));
    return std::max(least, static_cast<std::size_t>(wanted));
}

}  // namespace

double rinott_h(int designs, int first, double right) {
    check(designs, first, right);
    const double freedom = first - 1;
    // The square roots of X and Y, nearly normal with variance 1/2: beyond 8 lies less than 1e-27.
    const double from = std::max(0.0, std::sqrt(freedom) - 8), to = std::sqrt(freedom) + 8;
    constexpr int kPanels = 6;
    const auto chosen_right = [&](double h) {
        const auto given = [&](double y) {
            const auto beaten = [&](double x) {
                const double spread = std::sqrt(freedom * (1 / (x * x) + 1 / (y * y)));
                return normal_cdf(h / spread) * chi_density(x, freedom);
            };
            return std::pow(integral(beaten, from, to, kPanels), designs - 1) * chi_density(y, freedom);
        };
        return integral(given, from, to, kPanels) - right;
    };
    return positive_root(chosen_right);
}

std::size_t rinott_total(Sample first, double h, double zone) { return total(first, h, zone, first.size()); }

double dudewicz_dalal_h(int designs, int first, double right) {
    check(designs, first, right);
    const double freedom = first - 1;
    return positive_root([&](double h) {
        return unit_integral([&](double u) { return std::pow(t_cdf(t_quantile(u, freedom) + h, freedom), designs - 1); }) - right;
    });
}

std::size_t dudewicz_dalal_total(Sample first, double h, double zone) { return total(first, h, zone, first.size() + 1); }

double dudewicz_dalal_mean(Sample all, std::size_t first, double h, double zone) {
    LASTUNIT_ASSERT(first >= 2 && first < all.size(), "a first stage and at least one more");
    const double n0 = static_cast<double>(first), n = size_of(all);
    const double of_first = mean(all.first(first)), of_rest = mean(all.subspan(first));
    const double spread = h * h * variance(all.first(first));
    if (spread <= 0) return of_first;  // all alike
    // The weight with which the mean's variance, given s, is just (zone / h)^2.
    const double root = 1 - n / n0 * (1 - (n - n0) * zone * zone / spread);
    const double weight = n0 / n * (1 + std::sqrt(std::max(0.0, root)));
    return weight * of_first + (1 - weight) * of_rest;
}

}  // namespace lastunit::reports::statistics
