#include "model/time_counts.hpp"

#include <catch2/catch.hpp>
#include <numeric>

using namespace lastunit;
using namespace lastunit::model;

namespace {

TimeDistribution filled(const TimeCounts& times) {
    TimeDistribution out;
    times.fill(out);
    return out;
}

std::uint64_t sum(const TimeDistribution& of) { return std::accumulate(of.count().begin(), of.count().end(), std::uint64_t{0}); }
double last(const TimeDistribution& of) { return of.upper_s(of.upper_s_size() - 1); }

TimeDistribution buckets(const std::vector<double>& upper, const std::vector<std::uint64_t>& count) {
    TimeDistribution made;
    for (const double end : upper) made.add_upper_s(end);
    for (const std::uint64_t one : count) made.add_count(one);
    return made;
}

std::vector<std::uint64_t> counts(const TimeDistribution& of) { return {of.count().begin(), of.count().end()}; }

}  // namespace

TEST_CASE("time counts: nothing of an empty sample; a minute is in the bucket that begins with it") {
    TimeCounts times;
    CHECK(filled(times).upper_s_size() == 0);
    times.add(Duration{0});
    times.add(minutes(1) - microseconds(1));
    times.add(minutes(1));
    const TimeDistribution out = filled(times);
    CHECK(counts(out) == std::vector<std::uint64_t>{2, 1});
    CHECK(out.upper_s(0) == 60);
    CHECK(out.upper_s(1) == 120);
}

TEST_CASE("time counts: the width suits the span, and every count is exact") {
    struct Case {
        int longest_min, width_min;
    };
    for (const Case& one : {Case{59, 1}, Case{60, 5}, Case{299, 5}, Case{310, 15}, Case{899, 15}, Case{1799, 30}, Case{1830, 60},
                            Case{10'000, 180}, Case{20'000, 360}, Case{40'000, 720}, Case{80'000, 1440}, Case{100'000, 2880}}) {
        TimeCounts times;
        for (int minute = 0; minute <= one.longest_min; ++minute) times.add(minutes(minute));
        const TimeDistribution out = filled(times);
        INFO(one.longest_min);
        CHECK(out.upper_s(0) == one.width_min * 60);
        CHECK(out.count(0) == static_cast<std::uint64_t>(one.width_min));
        CHECK(out.upper_s_size() <= 73);
        CHECK(sum(out) == static_cast<std::uint64_t>(one.longest_min) + 1);
        CHECK(last(out) > one.longest_min * 60);
    }
}

TEST_CASE("time counts: what is far beyond the 99 % quantile is in one last bucket") {
    TimeCounts times;
    for (int i = 0; i < 1000; ++i) times.add(minutes(i % 50));
    times.add(hours(48));
    const TimeDistribution out = filled(times);
    REQUIRE(out.count_size() == 51);
    CHECK(out.upper_s(49) == 50 * 60);
    CHECK(out.count(49) == 20);
    CHECK(out.count(50) == 1);
    CHECK(last(out) == 48 * 3600 + 60);
}

TEST_CASE("time counts: distributions of different widths are added without splitting a count") {
    TimeDistribution into = buckets({300, 600, 900, 1200}, {1, 2, 3, 4});
    add_distribution(into, buckets({900, 1800}, {10, 20}));
    CHECK(counts(into) == std::vector<std::uint64_t>{16, 24});
    CHECK(into.upper_s(0) == 900);
    CHECK(into.upper_s(1) == 1800);
    // A last bucket that holds the rest.
    TimeDistribution far = buckets({60, 120, 6000}, {5, 5, 1});
    add_distribution(far, buckets({60, 120, 180}, {1, 1, 1}));
    CHECK(counts(far) == std::vector<std::uint64_t>{6, 6, 2});
    TimeDistribution empty;
    add_distribution(empty, far);
    CHECK(counts(empty) == counts(far));
}

TEST_CASE("time counts: what was counted apart and merged is what was counted together") {
    TimeCounts one, other, all;
    for (int i = 0; i < 500; ++i) {
        const Duration time = minutes(i * i % 977);
        (i % 3 == 0 ? one : other).add(time);
        all.add(time);
    }
    TimeDistribution apart = filled(one);
    add_distribution(apart, filled(other));
    CHECK(sum(apart) == 500);
    one.merge(other);
    CHECK(filled(one).SerializeAsString() == filled(all).SerializeAsString());
}
