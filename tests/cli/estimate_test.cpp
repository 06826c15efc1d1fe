// The comparison's statistics against values known from elsewhere.
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "cli/validation/comparison.hpp"
#include "cli/validation/estimate.hpp"
#include "cli/validation/rate_text.hpp"

namespace lastunit::cli::validation {
namespace {

TEST_CASE("estimate: the mean of replications has Student's interval (Law and Kelton's ten observations)") {
    const std::vector<double> x{1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09};
    const Estimate estimate = of_replications(x, 1.343);
    CHECK(estimate.value == Approx(1.343));
    CHECK(estimate.half_width() == Approx(2.262157163 * std::sqrt(0.1675122222 / 10)).epsilon(1e-6));
    CHECK(estimate.z == 0);
}

TEST_CASE("estimate: a t statistic becomes the z of the same tail") {
    // t = 2.262157 with 9 degrees of freedom is the 97.5 % point, as z = 1.959964 is.
    const std::vector<double> x{1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09};
    CHECK(of_replications(x, 1.343 - 2.262157163 * std::sqrt(0.1675122222 / 10)).z == Approx(1.959964).epsilon(1e-5));
}

TEST_CASE("estimate: rare proportions are judged by the binomial's own tail") {
    const Estimate few = of_proportion(0, 10'000, 1e-4);  // P(X = 0) = 0.3679
    CHECK(few.rare);
    CHECK(few.z == Approx(-0.3375).epsilon(1e-3));
    CHECK(few.high == Approx(1 - std::pow(0.05, 1e-4)).epsilon(1e-6));  // nothing seen counts half: twice 2.5 %
    CHECK(of_proportion(25, 10'000, 1e-4).z > kAlarm);
    CHECK_FALSE(of_proportion(5'000, 10'000, 0.51).rare);
    CHECK(of_proportion(5'000, 10'000, 0.51).z == Approx(-100 / std::sqrt(2499)));
}

TEST_CASE("estimate: an event said to be impossible must not be seen, and a sure one must not be missed") {
    CHECK(of_proportion(0, 1'000, 0).z == 0);
    CHECK(std::isinf(of_proportion(1, 1'000, 0).z));
    CHECK(of_proportion(1'000, 1'000, 1).z == 0);
    CHECK(std::isinf(of_proportion(999, 1'000, 1).z));
}

TEST_CASE("estimate: the mean of rare counts is judged as a Poisson number") {
    Moments counts;
    for (int i = 0; i < 10'000; ++i) counts.add(i < 3 ? 1 : 0);
    const Estimate estimate = of_count_mean(counts, 3e-4);
    CHECK(estimate.rare);
    CHECK(std::abs(estimate.z) < 1e-9);
    CHECK(estimate.low == Approx(0.7631e-4).epsilon(1e-3));  // mid-p Poisson interval of 3
    CHECK(estimate.high == Approx(8.1645e-4).epsilon(1e-3));
    CHECK(of_count_mean(counts, 3e-3).z < -kAlarm);
}

TEST_CASE("compare: an interval too wide to find out anything is inconclusive, not passed") {
    const Effort effort = *find_effort("normal");
    CHECK(compare("x", 1.0, Estimate{1.02, 1.00, 1.04, 1.3}, effort).verdict == Verdict::passed);
    CHECK(compare("x", 1.0, Estimate{1.20, 0.90, 1.50, 1.3}, effort).verdict == Verdict::inconclusive);
    CHECK(compare("x", 1.0, Estimate{1.20, 1.19, 1.21, 40}, effort).verdict == Verdict::failed);
    CHECK(compare("x", 1.0, Estimate{std::nan(""), 0, 0, std::nan("")}, effort).verdict == Verdict::failed);
    CHECK(compare("x", 1.0, NotCompared{"why"}, effort).verdict == Verdict::not_compared);
}

TEST_CASE("compare: a whole number is known when the interval holds no other, however large it is") {
    const Effort effort = *find_effort("quick");
    Estimate buffer{.value = 200, .low = 200, .high = 201, .z = 0.5};
    CHECK(compare("b", 200, buffer, effort).verdict == Verdict::passed);
    buffer.whole = true;
    CHECK(compare("b", 200, buffer, effort).verdict == Verdict::inconclusive);
    buffer.high = 200;
    CHECK(compare("b", 200, buffer, effort).verdict == Verdict::passed);
}

// Four observations in a thousand count 1e-6 each: the share is 4e-9 with an error of half of it.
TEST_CASE("estimate: the mean of weights is known relative to itself, however small") {
    Moments weights;
    for (int i = 0; i < 1000; ++i) weights.add(i < 4 ? 1e-6 : 0);
    const Estimate estimate = of_weights(weights, 4e-9);
    CHECK(estimate.value == Approx(4e-9));
    CHECK(estimate.z == Approx(0).margin(1e-9));
    CHECK(estimate.half_width() == Approx(1.959964 * std::sqrt(0.004 * 0.996 / 999) * 1e-6).epsilon(1e-6));
    CHECK(compare("p", 4e-9, estimate, *find_effort("quick")).verdict == Verdict::inconclusive);
    CHECK(of_weights(weights, 2e-8).z < -kAlarm);
    CHECK(of_weights(weights, 0).z == Approx(2.0).epsilon(0.01));
}

TEST_CASE("estimate: what is simulated often and never seen is not there") {
    Moments weights;
    for (int i = 0; i < 500; ++i) weights.add(0);
    CHECK(compare("p", 1e-6, of_weights(weights, 1e-6), *find_effort("quick")).verdict == Verdict::inconclusive);
    for (int i = 0; i < 500; ++i) weights.add(0);
    CHECK(compare("p", 1e-6, of_weights(weights, 1e-6), *find_effort("quick")).verdict == Verdict::failed);
    CHECK(compare("p", 0, of_weights(weights, 0), *find_effort("quick")).verdict == Verdict::passed);
}

TEST_CASE("estimate: of two that may be meant, the interval covers both and the distance is the smaller") {
    const Estimate near{.value = 2, .low = 1, .high = 3, .z = 0.5}, far{.value = 5, .low = 4, .high = 6, .z = -7};
    for (const Estimate& both : {either(near, far), either(far, near)}) {
        CHECK(both.low == 1);
        CHECK(both.high == 6);
        CHECK(both.z == 0.5);
    }
}

TEST_CASE("rate text: a sine, steps, several steps, a constant") {
    const auto sine = parse_rate("8+4 sin(2 pi t/24) per h", 48);
    REQUIRE(sine.size() == 1);
    CHECK(sine[0].rate == 8);
    CHECK(sine[0].amplitude == 0.5);
    CHECK(sine[0].period == 24);
    const auto step = parse_rate("6, but 30 on [5,6)", 20);
    REQUIRE(step.size() == 3);
    CHECK(step[1].from == 5);
    CHECK(step[1].until == 6);
    CHECK(step[1].rate == 30);
    CHECK(step[2].until == 20);
    CHECK(parse_rate("0.5, but 3.0 on [10,12) and 1 on [14,15)", 16).size() == 5);
    CHECK(parse_rate("0.5, but 3.0 on [10,12)", 8).size() == 1);
    CHECK(parse_rate("7.5", 8).at(0).rate == 7.5);
    CHECK_THROWS_AS(parse_rate("now and then", 8), CaseError);
    CHECK_THROWS_AS(parse_rate("2+4 sin(2 pi t/24)", 8), CaseError);
    CHECK_THROWS_AS(parse_rate("4-2 sin(2 pi t/24)", 8), NotCovered);
}

}  // namespace
}  // namespace lastunit::cli::validation
