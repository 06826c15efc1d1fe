// Samples too small, without variance, or of which nothing can be said.
#include <catch2/catch.hpp>
#include <cmath>

#include "reports/statistics/difference.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/statistics/proportion.hpp"
#include "reports/statistics/quantile.hpp"
#include "reports/statistics/ratio.hpp"
#include "reports/statistics/sequential.hpp"
#include "reports/statistics/several.hpp"
#include "reports/statistics/tail_risk.hpp"

namespace lastunit::reports::statistics {
namespace {

using Figures = std::vector<double>;

bool unknown(const Interval& interval) { return std::isinf(interval.low) && std::isinf(interval.high); }

TEST_CASE("one observation has a mean, but no interval; none has neither") {
    CHECK(mean_interval(Figures{7}).value == 7);
    CHECK(unknown(mean_interval(Figures{7})));
    CHECK(unknown(mean_interval({})));
    CHECK(std::isnan(mean_interval({}).value));
    CHECK(unknown(paired_difference(Figures{1}, Figures{3}).interval));
    CHECK(paired_difference(Figures{1}, Figures{3}).p == 1);
    CHECK(unknown(welch_difference(Figures{1}, Figures{3, 4}).interval));
    CHECK(unknown(quantile_interval({}, 0.5)));
    CHECK(unknown(ratio_interval(Figures{1}, Figures{2})));
    CHECK(unknown(fieller_ratio(Figures{1}, Figures{2})));
    CHECK(proportion_interval(0, 0).high == 1);
}

TEST_CASE("figures that are all alike have an interval of no width, and a difference that is sure") {
    CHECK(mean_interval(Figures{4, 4, 4}).half_width() == 0);
    CHECK(paired_difference(Figures{5, 6}, Figures{4, 5}).p == 0);
    CHECK(paired_difference(Figures{5, 6}, Figures{5, 6}).p == 1);
    CHECK(welch_difference(Figures{5, 5}, Figures{5, 5}).p == 1);
}

TEST_CASE("a quantile that so few observations cannot bound is open on that side") {
    const Figures ten{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const Interval high = quantile_interval(ten, 0.99);
    CHECK(high.value == 10);
    CHECK(std::isinf(high.high));
    CHECK(std::isfinite(high.low));
    CHECK(std::isinf(quantile_interval(ten, 0.01).low));
    CHECK(quantile_interval(ten, 0.5).value == 5);
}

TEST_CASE("an event that was never seen is bounded: three in n, about") {
    const Interval none = proportion_interval(0, 1000);
    CHECK(none.value == 0);
    CHECK(none.low == 0);
    CHECK(none.high == Approx(1 - std::pow(0.025, 0.001)));
    CHECK(proportion_interval(1000, 1000).high == 1);
    CHECK(at_least(Figures{0, 3, 5, 2}, 3).value == 0.5);
}

TEST_CASE("CVaR is the mean of the worst days, one of them in part, and unknown below one day") {
    Figures losses;
    for (int i = 1; i <= 40; ++i) losses.push_back(i);
    CHECK(tail_risk(losses, 0.9).cvar.value == Approx((40 + 39 + 38 + 37) / 4.0));
    CHECK(tail_risk(losses, 0.8625).cvar.value == Approx((40 + 39 + 38 + 37 + 36 + 0.5 * 35) / 5.5));
    CHECK(unknown(tail_risk(losses, 0.99).cvar));
}

TEST_CASE("a ratio whose denominator may be zero has no Fieller interval") {
    const Figures units{-1, 2, 0.5, -1, 1}, oversold{1, 2, 1, 2, 3};
    CHECK(unknown(fieller_ratio(oversold, units)));
    CHECK(std::isnan(ratio_interval(Figures{1, 2}, Figures{0, 0}).value));
    CHECK(unknown(jackknife_ratio(Figures{1, 2}, Figures{0, 4})));
    const Interval narrow = fieller_ratio(Figures{1, 2.1, 2.9, 2.5}, Figures{20, 22, 31, 27});
    CHECK(narrow.contains(0.085));
    CHECK(narrow.low > 0);
    CHECK(narrow.high < 0.12);
    CHECK(narrow.value - narrow.low > narrow.high - narrow.value);
}

TEST_CASE("Holm: step-down products that never fall, and Bonferroni intervals around them") {
    const Figures p{0.01, 0.04, 0.03, 0.005};
    const std::vector<double> adjusted = holm_adjusted(p);
    const double expected[] = {0.03, 0.06, 0.06, 0.02};
    for (std::size_t i = 0; i < p.size(); ++i) CHECK(adjusted[i] == Approx(expected[i]));
    CHECK(holm_adjusted(Figures{0.9, 0.8}) == Figures{1, 1});
}

TEST_CASE("several designs: a clear one is told from the baseline, an equal one is not shown to differ") {
    const Figures baseline{10, 12, 11, 13, 12, 11};
    const std::vector<Figures> designs{{8, 10.1, 9, 10.9, 10, 9}, {10.5, 11.6, 11, 12.9, 12.2, 10.9}, {13, 15, 14.2, 16, 15, 14}};
    const auto told = against_baseline(baseline, designs, Pairing::common_shoppers);
    CHECK(told[0].verdict == Verdict::lower);
    CHECK(told[1].verdict == Verdict::not_shown);
    CHECK(told[2].verdict == Verdict::higher);
    CHECK(told[0].interval.half_width() > paired_difference(designs[0], baseline).interval.half_width());
    const auto apart = against_baseline(baseline, designs, Pairing::independent);
    CHECK(apart[0].p > told[0].p);
    CHECK(against_baseline(baseline, {}, Pairing::independent).empty());
}

TEST_CASE("stopping: never before the floor, always at the ceiling, relative to no mean never") {
    const Precision precision{.kind = Width::absolute, .half_width = 1, .floor = 4, .ceiling = 6};
    CHECK(stop(Figures{1, 1, 1}, precision) == Stop::not_yet);
    CHECK(stop(Figures{1, 1, 1, 1}, precision) == Stop::reached);
    CHECK(stop(Figures{1, 9, 1, 9, 1}, precision) == Stop::not_yet);
    CHECK(stop(Figures{1, 9, 1, 9, 1, 9}, precision) == Stop::given_up);
    CHECK_FALSE(replications_for(Figures{-1, 1}, {.kind = Width::relative}).has_value());
    CHECK_FALSE(replications_for(Figures{1}, precision).has_value());
}

TEST_CASE("a decision's replications: as many as its power asks, none when they are there, no number for no difference") {
    // (z_.975 + z_.9)^2 s^2 / d^2 = 10.5 * 4 / 0.25 = 168, a little more with t.
    CHECK(replications_to_show(0.5, 4).value() == 171);
    CHECK(replications_to_show(0.5, 4, 0.5).value() < 171 / 2);
    CHECK_FALSE(replications_to_show(0, 4).has_value());
    CHECK(replications_still_needed(Figures{5, 5.1, 4.9, 5, 5.2, 5.1}) == std::size_t{0});
    const Figures wavering{1, -1, 2, -0.5};
    CHECK(replications_still_needed(wavering).value() + 4 == replications_to_show(mean(wavering), variance(wavering)).value());
}

}  // namespace
}  // namespace lastunit::reports::statistics
