// What an interval of 95 % means: of 1,000 studies it covers the truth in 93 to 97 %.
#include <catch2/catch.hpp>
#include <cmath>

#include "reports/statistics/batch_means.hpp"
#include "reports/statistics/difference.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/statistics/proportion.hpp"
#include "reports/statistics/quantile.hpp"
#include "reports/statistics/ratio.hpp"
#include "reports/statistics/sequential.hpp"
#include "reports/statistics/tail_risk.hpp"
#include "tests/reports/statistics/samples.hpp"

namespace lastunit::reports::statistics {
namespace {

using test::coverage, test::exponential, test::normal, test::sample;

void between_93_and_97_percent(double share) {
    CHECK(share >= 0.93);
    CHECK(share <= 0.97);
}

TEST_CASE("coverage: t intervals of normal figures, and of skewed ones when there are many") {
    between_93_and_97_percent(
        coverage(3, [](model::Stream& random) { return mean_interval(sample(10, [&] { return 3 + normal(random); })); }));
    between_93_and_97_percent(
        coverage(1, [](model::Stream& random) { return mean_interval(sample(100, [&] { return exponential(random); })); }));
}

TEST_CASE("coverage: order statistics cover a quantile of any distribution, interpolated ones nearly as often as asked") {
    const auto of = [](std::size_t n, double p, Ends ends) {
        return coverage(-std::log(1 - p), [=](model::Stream& random) {
            return quantile_interval(sample(n, [&] { return exponential(random); }), p, Confidence(), ends);
        });
    };
    between_93_and_97_percent(of(1000, 0.95, Ends::guaranteed));
    CHECK(of(100, 0.5, Ends::guaranteed) ==
          Approx(0.96480).margin(0.018));  // what its ranks say, three errors of a thousand studies
    CHECK(of(60, 0.8, Ends::guaranteed) >= 0.94);
    for (const auto& [n, p] : {std::pair<std::size_t, double>(100, 0.5), {60, 0.8}, {30, 0.5}, {1000, 0.95}, {1000, 0.99}}) {
        CAPTURE(n, p);
        between_93_and_97_percent(of(n, p, Ends::interpolated));
    }
}

TEST_CASE("coverage: paired differences, with the shoppers in common far narrower than Welch's") {
    double paired = 0, welch = 0;
    between_93_and_97_percent(coverage(0.5, [&](model::Stream& random) {
        std::vector<double> a, b;
        for (int i = 0; i < 10; ++i) {
            const double day = 5 * normal(random);
            a.push_back(day + 0.5 + 0.5 * normal(random));
            b.push_back(day + 0.5 * normal(random));
        }
        welch += welch_difference(a, b).interval.half_width();
        const Difference out = paired_difference(a, b);
        paired += out.interval.half_width();
        return out.interval;
    }));
    CHECK(paired < welch / 5);
}

TEST_CASE("coverage: Welch's intervals with unequal sizes and variances") {
    between_93_and_97_percent(coverage(1, [](model::Stream& random) {
        const auto a = sample(8, [&] { return 1 + 4 * normal(random); });
        const auto b = sample(30, [&] { return normal(random); });
        return welch_difference(a, b).interval;
    }));
}

TEST_CASE("coverage: ratios of sums, three ways; the mean of the replications' ratios would miss") {
    // A day sells 10 units and 50 times a gamma number of mean 1 and variance 1/4; the more it sells, the more of it is oversold.
    const auto day = [](model::Stream& random, std::vector<double>& y, std::vector<double>& x) {
        for (int i = 0; i < 100; ++i) {
            double size = 0;
            for (int part = 0; part < 4; ++part) size += exponential(random) / 4;
            x.push_back(50 * (0.2 + size));
            y.push_back(x.back() * (0.05 + x.back() / 1200) * (1 + 0.1 * normal(random)));
        }
    };
    // E[y] / E[x] = 0.05 + E[x^2] / E[x] / 1200, E[x^2] = 2500 (1.44 + 0.25), E[x] = 60.
    const double truth = 0.05 + 2500 * 1.69 / 60 / 1200;
    const auto by = [&](auto method) {
        return coverage(truth, [&](model::Stream& random) {
            std::vector<double> y, x;
            day(random, y, x);
            return method(y, x);
        });
    };
    const auto linear = [](Sample y, Sample x) { return ratio_interval(y, x); };
    const auto jackknife = [](Sample y, Sample x) { return jackknife_ratio(y, x); };
    const auto fieller = [](Sample y, Sample x) { return fieller_ratio(y, x); };
    const auto naive = [](Sample y, Sample x) {
        std::vector<double> ratios;
        for (std::size_t i = 0; i < x.size(); ++i) ratios.push_back(y[i] / x[i]);
        return mean_interval(ratios);
    };
    CHECK(by(linear) >= 0.91);  // residuals are skewed: a little short
    between_93_and_97_percent(by(jackknife));
    CHECK(by(fieller) >= 0.91);
    CHECK(by(naive) < 0.5);
}

TEST_CASE("coverage: ratios of rare figures that cannot be negative stay above zero and cover more often than Fieller's") {
    // Days of 100 +- 10 units oversold under one design; under the other none on half of the days, else exponential.
    struct Case {
        double mean;
        std::size_t days;
        double at_least;
    };
    for (const Case& one : {Case{2, 10, 0.91}, {20, 10, 0.91}, {2, 40, 0.9}}) {
        std::size_t passed = 0;
        const auto by = [&](auto method) {
            return coverage(one.mean / 100, [&](model::Stream& random) {
                const auto x = sample(one.days, [&] { return 100 + 10 * normal(random); });
                const auto y =
                    sample(one.days, [&] { return random.uniform() < 0.5 ? 0.0 : 2 * one.mean * exponential(random); });
                const Interval out = method(y, x);
                passed += out.low < 0 ? 1 : 0;
                return out;
            });
        };
        const double ours = by([](Sample y, Sample x) { return ratio_of_counts(y, x); });
        CHECK(passed == 0);
        const double fieller = by([](Sample y, Sample x) { return fieller_ratio(y, x); });
        CAPTURE(one.mean, one.days, ours, fieller, passed);
        CHECK(ours >= one.at_least);
        CHECK(ours >= fieller);
    }
}

TEST_CASE("coverage: exact binomial intervals never cover less than they say") {
    for (const double p : {0.02, 0.3, 0.5}) {
        CAPTURE(p);
        const double covered = coverage(
            p, [p](model::Stream& random) { return at_least(sample(60, [&] { return random.uniform() < p ? 1.0 : 0.0; }), 1); });
        CHECK(covered >= 0.94);  // 0.95 less the error of a thousand studies
    }
}

TEST_CASE("coverage: mid-p intervals of a share cover as often as they say from ten hits on") {
    for (const auto& [n, p] : {std::pair<std::size_t, double>(60, 0.2), {60, 0.5}, {500, 0.02}}) {
        CAPTURE(n, p);
        between_93_and_97_percent(coverage(p, [n = n, p = p](model::Stream& random) {
            std::int64_t hits = 0;
            for (std::size_t i = 0; i < n; ++i) hits += random.uniform() < p ? 1 : 0;
            return mid_p_interval(hits, static_cast<std::int64_t>(n));
        }));
    }
    CHECK(mid_p_interval(0, 60).low == 0);
    CHECK(mid_p_interval(0, 60).high == Approx(1 - std::pow(0.05, 1.0 / 60)));
    CHECK(mid_p_interval(60, 60).high == 1);
}

TEST_CASE("coverage: Fieller's ratio of two designs with shoppers of their own") {
    between_93_and_97_percent(coverage(0.6, [](model::Stream& random) {
        const auto y = sample(20, [&] { return 60 + 12 * normal(random); }),
                   x = sample(20, [&] { return 100 + 15 * normal(random); });
        return fieller_ratio_of_independent(y, x);
    }));
}

TEST_CASE("coverage: value at risk and what lies beyond it") {
    // Exponential losses: VaR = ln 20 at 95 %, CVaR = VaR + 1.
    between_93_and_97_percent(coverage(std::log(20), [](model::Stream& random) {
        return tail_risk(sample(1000, [&] { return exponential(random); }), 0.95).var;
    }));
    between_93_and_97_percent(coverage(std::log(20) + 1, [](model::Stream& random) {
        return tail_risk(sample(2000, [&] { return exponential(random); }), 0.95).cvar;
    }));
}

TEST_CASE("coverage: batch means of a run whose observations lean on each other") {
    const auto run = [](model::Stream& random) {
        double x = 0;
        return sample(2000, [&] { return x = 0.8 * x + normal(random); });
    };
    between_93_and_97_percent(coverage(0, [&](model::Stream& random) { return batch_means(run(random), 20).interval; }));
    const double naive = coverage(0, [&](model::Stream& random) { return mean_interval(run(random)); });
    CHECK(naive < 0.6);
}

TEST_CASE("coverage: stopping by the data, with a floor, costs next to nothing") {
    double replications = 0;
    const double covered = coverage(10, [&](model::Stream& random) {
        const Precision precision{.kind = Width::relative, .half_width = 0.05, .floor = 10, .ceiling = 500};
        std::vector<double> x;
        while (stop(x, precision) == Stop::not_yet) x.push_back(10 + 2 * normal(random));
        replications += static_cast<double>(x.size());
        return mean_interval(x);
    });
    CHECK(covered >= 0.92);
    CHECK(replications / 1000 > 60);  // (1.96 * 2 / (10 * 0.05 / 1.05))^2 = 68
    CHECK(replications / 1000 < 75);
}

}  // namespace
}  // namespace lastunit::reports::statistics
