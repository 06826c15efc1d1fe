// Rare events on a chain whose probability is known: a queue with one customer reaches L of them before it is empty.
#include <catch2/catch.hpp>
#include <cmath>

#include "reports/statistics/mean.hpp"
#include "reports/statistics/proportion.hpp"
#include "reports/statistics/splitting.hpp"
#include "tests/reports/statistics/samples.hpp"

namespace lastunit::reports::statistics {
namespace {

// An event is an arrival with chance rho / (1 + rho).
struct Chain {
    double rho = 0.8;
    int step = 5;  // customers per level

    double exact(int most) const { return (1 / rho - 1) / (std::pow(rho, -most) - 1); }
    bool advance(int& customers, std::size_t level, model::Stream& random) const {
        const int end = 1 + step * static_cast<int>(level + 1);
        while (customers > 0 && customers < end) customers += random.uniform() < rho / (1 + rho) ? 1 : -1;
        return customers > 0;
    }
    std::vector<Level> study(int most, std::int64_t effort, model::Stream& random) const {
        const auto levels = static_cast<std::size_t>((most - 1) / step);
        return fixed_effort<int>(1, levels, effort, random, [&](int& customers, std::size_t level, model::Stream& r) {
            return advance(customers, level, r);
        });
    }
};

TEST_CASE("splitting: the gambler's ruin of 3.568e-6 is found to 5 % by some thousand paths per level") {
    const Chain chain{.rho = 0.8, .step = 7};
    CHECK(chain.exact(50) == Approx(3.568170e-6).epsilon(1e-6));
    std::vector<double> estimates;
    for (std::uint64_t repetition = 0; repetition < 16; ++repetition) {
        model::Stream random = test::stream(repetition);
        estimates.push_back(fixed_effort_estimate(chain.study(50, 2000, random)));
    }
    const Interval interval = splitting_interval(estimates);
    CHECK(interval.contains(3.568170e-6));
    CHECK(interval.half_width() < 0.1 * interval.value);
    CHECK(interval.value == Approx(3.568170e-6).epsilon(0.05));
}

TEST_CASE("splitting: intervals of repetitions cover in 93 to 97 %, and so do those of one study of a chain without memory") {
    const Chain chain;
    const double truth = chain.exact(11);
    const double repeated = test::coverage(truth, [&](model::Stream& random) {
        return splitting_interval(test::sample(10, [&] { return fixed_effort_estimate(chain.study(11, 150, random)); }));
    });
    CHECK(repeated >= 0.93);
    CHECK(repeated <= 0.97);
    const double single =
        test::coverage(truth, [&](model::Stream& random) { return fixed_effort_interval(chain.study(11, 400, random)); });
    CHECK(single >= 0.93);
    CHECK(single <= 0.97);
}

TEST_CASE("splitting: a level that was never left bounds the probability from above") {
    const std::vector<Level> levels{{1000, 100}, {1000, 0}};
    const Interval interval = fixed_effort_interval(levels);
    CHECK(interval.value == 0);
    CHECK(interval.low == 0);
    CHECK(interval.high == Approx(0.1 * (1 - std::pow(0.025, 0.001))));
    CHECK(std::isinf(splitting_interval(std::vector<double>{0, 0, 0}).high));
}

// Follows every copy of one root: each path that reaches a level goes on as `into` paths.
std::int64_t reached(const Chain& chain, int customers, std::size_t level, std::size_t levels, int into, model::Stream& random) {
    if (level == levels) return 1;
    int there = customers;
    if (!chain.advance(there, level, random)) return 0;
    std::int64_t hits = 0;
    const int copies = level + 1 < levels ? into : 1;
    for (int copy = 0; copy < copies; ++copy) hits += reached(chain, there, level + 1, levels, into, random);
    return hits;
}

TEST_CASE("RESTART: paths that multiply at each level, their roots independent") {
    const Chain chain;
    constexpr std::size_t kLevels = 4;
    const std::vector<std::int64_t> split(kLevels - 1, 3);
    const double truth = chain.exact(1 + 5 * static_cast<int>(kLevels));
    model::Stream random = test::stream(7);
    std::vector<std::int64_t> hits(20'000);
    for (auto& one : hits) one = reached(chain, 1, 0, kLevels, 3, random);
    const Interval interval = restart_interval(hits, split);
    CHECK(interval.contains(truth));
    CHECK(interval.half_width() < 0.15 * truth);
}

TEST_CASE("RESTART: intervals of 1,000 studies in which some forty roots have the event cover in 93 to 97 %") {
    const Chain chain;
    const std::vector<std::int64_t> split{3, 3};
    const double truth = chain.exact(16);
    const auto hits = [&](model::Stream& random) {
        std::vector<std::int64_t> out(1500);
        for (auto& one : out) one = reached(chain, 1, 0, 3, 3, random);
        return out;
    };
    const double covered = test::coverage(truth, [&](model::Stream& random) { return restart_interval(hits(random), split); });
    CHECK(covered >= 0.93);
    CHECK(covered <= 0.97);
}

TEST_CASE("RESTART: plain roots have Clopper and Pearson's interval, and no hit at all is bounded by how far paths came") {
    const std::vector<std::int64_t> hits{1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    CHECK(restart_interval(hits, {}).high == Approx(proportion_interval(1, 10).high));
    const std::vector<std::vector<std::int64_t>> reached{{1, 2}, {1, 0}, {0, 0}, {0, 0}};
    const std::vector<std::int64_t> split{4, 4};
    const Interval none = never_seen(reached, split);
    CHECK(none.value == 0);
    CHECK(none.low == 0);
    CHECK(none.high <= proportion_interval(0, 4).high);
    CHECK(none.high > 2.0 / 4 / 4);  // what reached the last level
}

}  // namespace
}  // namespace lastunit::reports::statistics
