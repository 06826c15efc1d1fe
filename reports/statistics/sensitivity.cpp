#include "reports/statistics/sensitivity.hpp"

#include "reports/statistics/low_discrepancy.hpp"
#include "reports/statistics/mean.hpp"

namespace lastunit::reports::statistics {

SobolPlan sobol_plan(std::size_t factors, std::size_t base, std::size_t repetitions, model::Stream& random) {
    LASTUNIT_ASSERT(factors >= 1 && repetitions >= 2, "a factor, two repetitions");
    LASTUNIT_ASSERT(base >= 2 && (base & (base - 1)) == 0, "a power of two: the points fill evenly");
    SobolPlan plan{factors, base, repetitions, {}};
    const auto width = static_cast<std::ptrdiff_t>(factors);
    for (std::size_t r = 0; r < repetitions; ++r) {
        const auto both = shifted_sobol(2 * factors, base, random);
        for (const auto& point : both) plan.points.emplace_back(point.begin(), point.begin() + width);
        for (const auto& point : both) plan.points.emplace_back(point.begin() + width, point.end());
        for (std::size_t f = 0; f < factors; ++f)
            for (const auto& point : both) {
                plan.points.emplace_back(point.begin(), point.begin() + width);
                plan.points.back()[f] = point[factors + f];
            }
    }
    return plan;
}

namespace {

// One repetition's variance, then first and total of each factor.
std::vector<double> figures_of(const SobolPlan& plan, Sample outputs) {
    const Sample a = outputs.first(plan.base), b = outputs.subspan(plan.base, plan.base);
    const Sample both = outputs.first(2 * plan.base);
    const double centre = mean(both), n = static_cast<double>(plan.base);
    const double spread = variance(both) * (2 * n - 1) / (2 * n);
    std::vector<double> out{spread};
    for (std::size_t f = 0; f < plan.factors; ++f) {
        const Sample mixed = outputs.subspan((2 + f) * plan.base, plan.base);
        double first = 0, total = 0;
        for (std::size_t i = 0; i < plan.base; ++i) {
            first += (b[i] - centre) * (mixed[i] - a[i]);
            total += (a[i] - mixed[i]) * (a[i] - mixed[i]) / 2;
        }
        out.push_back(first / n / spread);
        out.push_back(total / n / spread);
    }
    return out;
}

}  // namespace

std::vector<std::vector<double>> sobol_repetitions(const SobolPlan& plan, Sample outputs) {
    LASTUNIT_ASSERT(outputs.size() == plan.points.size(), "one output per point");
    const std::size_t each = plan.base * (plan.factors + 2);
    std::vector<std::vector<double>> by_figure(1 + 2 * plan.factors);
    for (std::size_t r = 0; r < plan.repetitions; ++r) {
        const std::vector<double> figures = figures_of(plan, outputs.subspan(r * each, each));
        for (std::size_t i = 0; i < figures.size(); ++i) by_figure[i].push_back(figures[i]);
    }
    return by_figure;
}

SobolIndices sobol_indices(const SobolPlan& plan, Sample outputs, Confidence confidence) {
    const auto by_figure = sobol_repetitions(plan, outputs);
    SobolIndices out{mean_interval(by_figure[0], confidence), {}};
    for (std::size_t f = 0; f < plan.factors; ++f)
        out.factors.push_back({mean_interval(by_figure[1 + 2 * f], confidence), mean_interval(by_figure[2 + 2 * f], confidence)});
    return out;
}

}  // namespace lastunit::reports::statistics
