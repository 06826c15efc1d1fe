// Figures of the books and of exact computation.
#include <catch2/catch.hpp>
#include <cmath>

#include "reports/statistics/allocation.hpp"
#include "reports/statistics/batch_means.hpp"
#include "reports/statistics/difference.hpp"
#include "reports/statistics/distributions.hpp"
#include "reports/statistics/elimination.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/statistics/quantile.hpp"
#include "reports/statistics/sequential.hpp"
#include "reports/statistics/two_stage.hpp"
#include "reports/statistics/warm_up.hpp"

namespace lastunit::reports::statistics {
namespace {

const auto near = [](double value) { return Approx(value).epsilon(1e-9); };
const std::vector<double> kBank{1.53, 1.66, 1.24, 2.34, 2.0, 1.69, 2.69, 2.86, 1.7, 2.6};

TEST_CASE("t interval: Law & Kelton's ten observations give 1.34 +- 0.24 at 90 %") {
    const std::vector<double> x{1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09};
    const Interval interval = mean_interval(x, Confidence(0.9));
    CHECK(interval.value == near(1.343));
    CHECK(variance(x) == near(0.1675122222));
    CHECK(interval.half_width() == near(0.2372534145));
}

TEST_CASE("quantiles of t and normal distributions agree with tables to ten digits") {
    CHECK(t_quantile(0.95, 9) == near(1.833112933));
    CHECK(t_quantile(0.975, 29) == near(2.045229642));
    CHECK(t_quantile(0.995, 99) == near(2.626405457));
    CHECK(normal_quantile(0.975) == near(1.959963985));
    CHECK(t_cdf(t_quantile(0.9, 7), 7) == near(0.9));
}

TEST_CASE("stopping: the five-teller bank needs 16 replications for +- 0.25 and 27 for 10 %") {
    const auto needed = [](Width kind, double width) {
        return replications_for(kBank, {.kind = kind, .half_width = width, .confidence = Confidence(0.9)});
    };
    CHECK(needed(Width::absolute, 0.25) == 16);
    CHECK(needed(Width::relative, 0.10) == 27);
    CHECK(needed(Width::absolute, 0.4) == kBank.size());
    CHECK_FALSE(needed(Width::absolute, 1e-6).has_value());
}

TEST_CASE("quantile ranks: the order statistics of exact binomial tails") {
    const auto ranks = [](std::int64_t n, double p) {
        const QuantileRanks r = quantile_ranks(n, p);
        return std::pair(r.low, r.high);
    };
    CHECK(ranks(100, 0.5) == std::pair<std::int64_t, std::int64_t>(40, 61));
    CHECK(ranks(1000, 0.95) == std::pair<std::int64_t, std::int64_t>(936, 964));
    CHECK(ranks(1000, 0.99) == std::pair<std::int64_t, std::int64_t>(983, 997));
    CHECK(ranks(10'000, 0.999) == std::pair<std::int64_t, std::int64_t>(9983, 9997));
    CHECK(quantile_ranks(100, 0.5).coverage == near(0.9647997998));
    CHECK(quantile_ranks(10'000, 0.999).coverage == near(0.9754574618));
}

TEST_CASE("paired and Welch: the same ten pairs, six times apart in width") {
    const std::vector<double> a{9.2, 8.7, 11.1, 10.4, 9.9, 12.0, 8.1, 10.7, 9.5, 10.9};
    const std::vector<double> b{8.4, 8.2, 10.1, 9.9, 9.0, 11.2, 7.9, 9.8, 8.8, 10.3};
    const Difference paired = paired_difference(a, b), welch = welch_difference(a, b);
    CHECK(paired.interval.value == near(0.69));
    CHECK(paired.interval.half_width() == near(0.1734320491));
    CHECK(welch.interval.half_width() == near(1.062866286));
    CHECK(welch.freedom == near(17.75490895));
    CHECK(paired.p < 1e-4);
    CHECK(welch.p > 0.1);
}

TEST_CASE("MSER-5: a decaying series loses its first 90 observations") {
    std::vector<double> x;
    for (int i = 0; i < 500; ++i) x.push_back(10 * std::exp(-i / 20.0) + 7919 * i % 100 / 100.0);
    const WarmUp cut = mser5(x);
    CHECK(cut.batches == 18);
    CHECK(cut.observations == 90);
    CHECK(cut.mean_after == near(0.4995800174));
    CHECK(cut.statistic == near(4.263980226e-05));
    CHECK(cut.settled);
}

TEST_CASE("MSER-5: a series that still rises at its middle has not settled") {
    std::vector<double> x;
    for (int i = 0; i < 200; ++i) x.push_back(i);
    CHECK_FALSE(mser5(x).settled);
    CHECK(mser5(x).observations == 100);
    CHECK_FALSE(mser5(std::vector<double>{1, 2, 3}).settled);
}

TEST_CASE("selection: constants of Dudewicz & Dalal, Rinott and Kim & Nelson") {
    CHECK(dudewicz_dalal_h(2, 20, 0.9) == near(1.895747077));
    CHECK(dudewicz_dalal_h(5, 20, 0.9) == Approx(2.747093).margin(1e-6));
    CHECK(dudewicz_dalal_h(10, 20, 0.95) == near(3.678803409));
    // The shared figures, 2.614123586 and 4.28956581, are too large in the sixth digit: there the integral is 0.95 + 2.5e-7 and
    // 0.95 + 1.2e-6 by an independent quadrature with 18 digits.
    CHECK(rinott_h(2, 10, 0.95) == Approx(2.6141193).margin(2e-7));
    CHECK(rinott_h(10, 10, 0.95) == Approx(4.2895661).margin(5e-5));
    CHECK(rinott_h(4, 15, 0.9) == Approx(2.7787133).margin(2e-7));
    const auto kn = elimination_constants(10, 9, Confidence(), Streams::common);
    CHECK(kn.eta == near(0.8590834299));
    CHECK(kn.h2 == near(15.46350174));
    const auto twenty = elimination_constants(10, 19, Confidence(), Streams::common);
    CHECK(twenty.eta == Approx(0.3029338).margin(1e-7));
    CHECK(elimination_constants(10, 9, Confidence(), Streams::independent).h2 < kn.h2);
}

TEST_CASE("OCBA: the budget goes to the best and its nearest rivals") {
    const std::vector<double> means{1, 2, 3, 4, 5}, ones{1, 1, 1, 1, 1};
    const std::vector<double> shares = ocba_shares(means, ones, Best::least);
    for (const auto& [i, share] : {std::pair(0, 421.8229882), {1, 406.1340961}, {2, 101.533524}, {4, 25.38338101}})
        CHECK(1000 * shares[static_cast<std::size_t>(i)] == near(share));
    CHECK(apportioned(shares, 1000) == std::vector<std::int64_t>{422, 406, 102, 45, 25});
    const std::vector<double> mirrored{-1, -2, -3, -4, -5};
    CHECK(ocba_shares(mirrored, ones, Best::largest) == shares);
}

TEST_CASE("OCBA: ties take everything, and what a design has too much of is not given again") {
    const std::vector<double> tied{1, 1, 5}, ones{1, 1, 1};
    CHECK(ocba_shares(tied, ones, Best::least) == std::vector<double>{0.5, 0.5, 0});
    const std::vector<double> flat{0, 0, 0};
    CHECK(apportioned(ocba_shares(tied, flat, Best::least), 4) == std::vector<std::int64_t>{2, 1, 1});
    const std::vector<double> means{1, 2, 3}, three{1, 1, 1};
    const std::vector<std::int64_t> made{10, 10, 80};
    const auto next = ocba_next(means, three, made, 20, Best::least);
    CHECK(next[0] + next[1] == 20);
    CHECK(next[2] == 0);
}

TEST_CASE("batch means: neighbours that depend on each other are said to") {
    std::vector<double> alternating, trend;
    for (int i = 0; i < 1003; ++i) {
        alternating.push_back(i % 2);
        trend.push_back(i);
    }
    const BatchMeans flat = batch_means(alternating, 10);
    CHECK(flat.size == 100);
    CHECK(flat.interval.value == near(0.5));
    CHECK(flat.interval.half_width() == Approx(0).margin(1e-12));
    CHECK(flat.independent);
    CHECK(batch_means(trend, 10).interval.value == near(502.5));  // the first three are left out
    CHECK_FALSE(batch_means(trend, 10).independent);
    CHECK(std::isinf(batch_means(std::vector<double>{1, 2}, 10).interval.high));
}

}  // namespace
}  // namespace lastunit::reports::statistics
