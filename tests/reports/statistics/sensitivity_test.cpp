// Which parameter matters: Morris, Sobol, and the points that they are asked at.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "reports/statistics/low_discrepancy.hpp"
#include "reports/statistics/screening.hpp"
#include "reports/statistics/sensitivity.hpp"
#include "reports/statistics/variance_reduction.hpp"
#include "tests/reports/statistics/samples.hpp"

namespace lastunit::reports::statistics {
namespace {

double ishigami(const std::vector<double>& point) {
    const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * point[i] - 1); };
    return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

template <class F> std::vector<double> at(const std::vector<std::vector<double>>& points, const F& f) {
    std::vector<double> out;
    for (const auto& point : points) out.push_back(f(point));
    return out;
}

TEST_CASE("Sobol points: in every dimension one in each of 2^m equal parts, whatever the shift") {
    constexpr std::size_t kPoints = 256, kDimensions = 12;
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        model::Stream random = test::stream(seed);
        const auto points = shifted_sobol(kDimensions, kPoints, random);
        for (std::size_t d = 0; d < kDimensions; ++d) {
            std::vector<int> parts(kPoints);
            for (const auto& point : points) ++parts[static_cast<std::size_t>(point[d] * kPoints)];
            CHECK(std::all_of(parts.begin(), parts.end(), [](int n) { return n == 1; }));
        }
    }
}

TEST_CASE("Sobol indices: Ishigami's function, by factor alone and with its interactions") {
    model::Stream random = test::stream(1);
    const SobolPlan plan = sobol_plan(3, 1024, 8, random);
    CHECK(plan.points.size() == 8 * 1024 * 5);
    const SobolIndices indices = sobol_indices(plan, at(plan.points, ishigami));
    CHECK(indices.variance.value == Approx(13.84458794).epsilon(0.01));
    const double first[] = {0.3139051911, 0.4424111448, 0}, total[] = {0.5575888552, 0.4424111448, 0.2436836641};
    for (std::size_t f = 0; f < 3; ++f) {
        CAPTURE(f);
        CHECK(indices.factors[f].first.value == Approx(first[f]).margin(0.01));
        CHECK(indices.factors[f].total.value == Approx(total[f]).margin(0.01));
        CHECK(indices.factors[f].first.half_width() < 0.02);
    }
}

TEST_CASE("Sobol indices: their intervals cover in 93 to 97 % of 1,000 studies") {
    // y = x0 + 2 x1: shares 1/5 and 4/5, no interaction.
    const double covered = test::coverage(0.8, [](model::Stream& random) {
        const SobolPlan plan = sobol_plan(2, 16, 8, random);
        const auto noisy = [&](const std::vector<double>& point) { return point[0] + 2 * point[1]; };
        return sobol_indices(plan, at(plan.points, noisy)).factors[1].total;
    });
    CHECK(covered >= 0.92);
    CHECK(covered <= 0.98);
}

TEST_CASE("Morris: a linear factor has its slope and no spread, an interacting one spreads, an idle one is 0") {
    model::Stream random = test::stream(2);
    const MorrisPlan plan = morris_plan(4, 12, 4, random);
    CHECK(plan.points.size() == 12 * 5);
    for (const auto& point : plan.points)
        for (const double x : point) CHECK((x >= 0 && x <= 1));
    const auto effects = morris_effects(plan, at(plan.points, [](const std::vector<double>& x) {
                                            return 3 * x[0] - 2 * x[1] + 5 * (x[2] - 0.5) * (x[1] - 0.5);
                                        }));
    CHECK(effects[0].mean.value == Approx(3));
    CHECK(effects[0].spread == Approx(0).margin(1e-12));
    CHECK(effects[1].strength.value > 1);
    CHECK(effects[2].spread > 1);
    CHECK(effects[2].strength.value > std::abs(effects[2].mean.value));
    CHECK(effects[3].strength.value == 0);
}

TEST_CASE("variance reduction: E[e^U] with mirrored draws and with U as control") {
    model::Stream random = test::stream(3);
    const auto u = test::sample(20'000, [&] { return random.uniform(); });
    std::vector<double> crude, mirrored;
    for (const double one : u) {
        crude.push_back(std::exp(one));
        mirrored.push_back(std::exp(1 - one));
    }
    const auto pairs = antithetic_means(crude, mirrored);
    const Controlled with_control = controlled(crude, u, 0.5);
    CHECK(variance(crude) == Approx(0.2420356075).epsilon(0.03));
    CHECK(variance(pairs) == Approx(0.00391249695).epsilon(0.03));
    CHECK(variance(with_control.figures) == Approx(0.003940222924).epsilon(0.03));
    CHECK(with_control.slope == Approx(1.690309).epsilon(0.01));  // 12 cov = 6 (3 - e)
    CHECK(mean(with_control.figures) == Approx(std::numbers::e - 1).margin(0.002));
}

}  // namespace
}  // namespace lastunit::reports::statistics
