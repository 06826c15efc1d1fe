#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "model/demand.hpp"
#include "tests/model/statistics.hpp"
#include "tests/model/streams.hpp"

using namespace lastunit;
using namespace lastunit::model;
using lastunit::test::at_s;
using lastunit::test::exact;
using lastunit::test::poisson;

namespace {

using Shape = RatePiece::Shape;

std::vector<SimTime> all(const ArrivalStream& stream, std::uint64_t seed, SimTime horizon, std::uint32_t index = 0) {
    Arrivals arrivals(stream, seed, index, horizon);
    std::vector<SimTime> times;
    for (SimTime t = arrivals.next(); t < kNever; t = arrivals.next()) times.push_back(t);
    CHECK(arrivals.next() == kNever);
    return times;
}

ArrivalStream hourly_profile() {
    ArrivalStream stream;
    for (int hour = 0; hour < 24; ++hour)
        stream.rate.push_back(
            {.from = SimTime{hours(hour).us}, .until = SimTime{hours(hour + 1).us}, .per_second = 0.05 * (1 + hour % 7)});
    return stream;
}

// A ramp, a sine and a flash over a floor, overlapping.
ArrivalStream mixture() {
    return poisson(
        {{.until = at_s(1'000), .per_second = 1},
         {.from = at_s(100), .until = at_s(400), .shape = Shape::ramp, .per_second = 0, .per_second_end = 20},
         {.from = at_s(50), .until = at_s(900), .shape = Shape::sine, .per_second = 6, .amplitude = 1, .period = seconds(77)},
         {.from = at_s(399), .until = at_s(410), .per_second = 50}});
}

}  // namespace

TEST_CASE("arrivals: in order, inside the horizon, the same for the same seed and stream") {
    const ArrivalStream stream = mixture();
    const auto times = all(stream, 7, at_s(800));
    CHECK(std::is_sorted(times.begin(), times.end()));
    CHECK(times.front() >= SimTime{0});
    CHECK(times.back() < at_s(800));
    CHECK(times == all(stream, 7, at_s(800)));
    CHECK(times != all(stream, 8, at_s(800)));
    CHECK(times != all(stream, 7, at_s(800), 1));
}

TEST_CASE("arrivals: the first times are pinned") {
    const ArrivalStream flat = poisson({{.per_second = 2}});
    Arrivals arrivals(flat, 1, 0, at_s(100));
    // -log(u) / 2 s of the stream's first uniforms, cut to microseconds.
    Stream stream(1, Purpose::arrival, 0);
    double us = 0;
    for (int i = 0; i < 20; ++i) {
        us += -std::log(stream.uniform()) / 2e-6;
        CHECK(arrivals.next() == SimTime{static_cast<std::int64_t>(us)});
    }
}

TEST_CASE("arrivals: thinned times are the same in every build") {
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a over the first thousand times
    auto times = all(mixture(), 7, at_s(1'000));
    times.resize(1'000);
    for (const SimTime t : times) hash = (hash ^ static_cast<std::uint64_t>(t.us)) * 0x100000001b3;
    CHECK(hash == 0xc12744397ddbbccf);
}

TEST_CASE("arrivals: a longer horizon does not move the earlier ones") {
    const ArrivalStream stream = hourly_profile();
    const auto day = all(stream, 3, SimTime{hours(24).us});
    const auto half = all(stream, 3, SimTime{hours(12).us});
    REQUIRE(half.size() < day.size());
    CHECK(std::equal(half.begin(), half.end(), day.begin()));
}

TEST_CASE("arrivals: counts have the mean and the variance of a Poisson number") {
    const std::vector<ArrivalStream> streams{
        poisson({{.until = at_s(30), .per_second = 1.5}}),
        poisson({{.until = at_s(30), .shape = Shape::ramp, .per_second = 0, .per_second_end = 3}}),
        poisson({{.shape = Shape::sine, .per_second = 1.5, .amplitude = 0.9, .period = seconds(13)}}),
        poisson({{.until = at_s(20), .per_second = 1}, {.from = at_s(10), .until = at_s(40), .per_second = 2}}),
    };
    const int runs = 4'000;
    for (const ArrivalStream& stream : streams) {
        double sum = 0, squares = 0;
        for (std::uint64_t seed = 0; seed < runs; ++seed) {
            Arrivals arrivals(stream, seed, 0, at_s(30));
            double count = 0;
            while (arrivals.next() < kNever) ++count;
            sum += count;
            squares += count * count;
        }
        const double expected = stream.expected(at_s(30));
        const double mean = sum / runs;
        const double variance = (squares - sum * mean) / (runs - 1);
        CHECK(std::abs(mean - expected) / std::sqrt(expected / runs) < 3.5);
        CHECK(std::abs(variance / expected - 1) / std::sqrt(2.0 / runs) < 3.5);
    }
}

TEST_CASE("arrivals: an hourly profile passes a chi-square test") {
    const ArrivalStream stream = hourly_profile();
    std::vector<double> counts(24), expected;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        for (const SimTime t : all(stream, seed, SimTime{hours(24).us})) ++counts[static_cast<std::size_t>(t.us / hours(1).us)];
    for (const RatePiece& piece : stream.rate) expected.push_back(20 * 3'600 * piece.per_second);
    CHECK(std::abs(test::chi_square_z(counts, expected, 0)) < 3.5);
}

TEST_CASE("arrivals: a sine has the right phase and amplitude") {
    const double period = 3'600, mean = 2, amplitude = 0.6, span = 20 * period;
    const ArrivalStream stream =
        poisson({{.shape = Shape::sine, .per_second = mean, .amplitude = amplitude, .period = hours(1)}});
    double sines = 0, cosines = 0;
    for (const SimTime t : all(stream, 2, at_s(span))) {
        sines += std::sin(2 * std::numbers::pi * t.seconds() / period);
        cosines += std::cos(2 * std::numbers::pi * t.seconds() / period);
    }
    // Campbell: both sums have the variance of the rate times sin^2 or cos^2, whose integral is mean * span / 2.
    const double deviation = std::sqrt(mean * span / 2);
    CHECK(std::abs(sines - mean * amplitude * span / 2) < 3.5 * deviation);
    CHECK(std::abs(cosines) < 3.5 * deviation);
}

TEST_CASE("arrivals: overlapping pieces of any shape, with time rescaled by the expected number, are a unit Poisson process") {
    const ArrivalStream stream = mixture();
    std::vector<double> gaps;
    double pair_sum = 0;
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        double last = 0, last_gap = 0.5;
        for (const SimTime t : all(stream, seed, at_s(1'000))) {
            const double rescaled = stream.expected(t);
            gaps.push_back(-std::expm1(last - rescaled));
            pair_sum += (gaps.back() - 0.5) * (last_gap - 0.5);
            last_gap = gaps.back();
            last = rescaled;
        }
    }
    REQUIRE(gaps.size() > 30'000);
    CHECK(test::kolmogorov(gaps) < 1.95);
    CHECK(std::abs(pair_sum * 12 / std::sqrt(static_cast<double>(gaps.size()))) < 4);
}

TEST_CASE("arrivals: an exact number comes, uniformly over the piece") {
    const ArrivalStream stream = exact(20'000, {.from = at_s(100), .until = at_s(700)});
    const auto times = all(stream, 4, at_s(1'000));
    CHECK(times.size() == 20'000);
    CHECK(std::is_sorted(times.begin(), times.end()));
    std::vector<double> places;
    for (const SimTime t : times) places.push_back((t.seconds() - 100) / 600);
    CHECK(test::kolmogorov(places) < 1.95);
}

TEST_CASE("arrivals: an exact number over a piece without end fills the horizon") {
    const ArrivalStream stream = exact(100, {});
    const auto times = all(stream, 4, at_s(10));
    CHECK(times.size() == 100);
    CHECK(times.back() < at_s(10));
    CHECK(times.back() > at_s(8));
}

TEST_CASE("arrivals: an exact number stops at a horizon inside the piece") {
    const ArrivalStream stream = exact(10'000, {.until = at_s(100)});
    const auto times = all(stream, 4, at_s(30));
    CHECK(times.back() < at_s(30));
    CHECK(std::abs(static_cast<double>(times.size()) - 3'000) < 4 * std::sqrt(10'000 * 0.3 * 0.7));
}

TEST_CASE("arrivals: an exact number over a piece that begins behind the horizon is nobody") {
    CHECK(all(exact(100, {.from = at_s(50)}), 4, at_s(30)).empty());
    CHECK(all(exact(100, {.from = at_s(50), .until = at_s(60)}), 4, at_s(30)).empty());
}

TEST_CASE("arrivals: no rate, no horizon left, or a silent stretch give nobody") {
    CHECK(all(ArrivalStream{}, 1, at_s(100)).empty());
    CHECK(all(poisson({{.per_second = 0}}), 1, at_s(100)).empty());
    CHECK(all(poisson({{.per_second = 5}}), 1, at_s(0)).empty());
    const auto times = all(poisson({{.until = at_s(10), .per_second = 5}, {.from = at_s(90), .per_second = 5}}), 1, at_s(100));
    CHECK(std::none_of(times.begin(), times.end(), [](SimTime t) { return t >= at_s(10) && t < at_s(90); }));
    CHECK(times.back() > at_s(90));
}

TEST_CASE("arrivals: a process without horizon goes on") {
    for (const Shape shape : {Shape::flat, Shape::sine}) {
        const ArrivalStream stream = poisson({{.shape = shape, .per_second = 3, .amplitude = 0.5, .period = seconds(60)}});
        Arrivals arrivals(stream, 1, 0, kNever);
        SimTime last{0};
        for (int i = 0; i < 30'000; ++i) last = arrivals.next();
        CHECK(last.seconds() == Approx(10'000).epsilon(0.03));
    }
}
