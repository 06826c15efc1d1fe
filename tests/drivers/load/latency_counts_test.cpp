// Latency histograms: the error bound, exact merges, and the way into a report and back.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "drivers/load/latency_counts.hpp"
#include "drivers/load/step_figures.hpp"
#include "model/random.hpp"

namespace lastunit::drivers {
namespace {

std::vector<std::int64_t> latencies(std::uint64_t entity, std::size_t count) {
    model::Stream stream(3, model::Purpose::property, entity);
    std::vector<std::int64_t> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<std::int64_t>(std::pow(10.0, 3 + 9 * stream.uniform())));
    return out;
}

LatencyCounts of(const std::vector<std::int64_t>& values) {
    LatencyCounts histogram;
    for (const std::int64_t value : values) histogram.add(value);
    return histogram;
}

TEST_CASE("latency histogram: one value comes back within 0.4 %, from a microsecond to a quarter of an hour") {
    for (double exponent = 3; exponent < 12; exponent += 0.00037) {
        const auto value = static_cast<std::int64_t>(std::pow(10.0, exponent));
        const std::uint32_t bucket = LatencyCounts::Scale::bucket_of(static_cast<std::uint64_t>(value));
        const auto middle = static_cast<double>(LatencyCounts::Scale::middle_of(bucket));
        REQUIRE(std::abs(middle - static_cast<double>(value)) <= 0.004 * static_cast<double>(value));
    }
}

TEST_CASE("latency histogram: buckets are numbered without a gap, and each holds its own middle and both ends") {
    using Scale = LatencyCounts::Scale;
    std::uint64_t next = 0;
    for (std::uint32_t bucket = 0; bucket < Scale::kBuckets; ++bucket) {
        const std::uint64_t low = Scale::low_of(bucket);
        REQUIRE(low == next);
        REQUIRE(Scale::bucket_of(low) == bucket);
        REQUIRE(Scale::bucket_of(Scale::middle_of(bucket)) == bucket);
        REQUIRE(Scale::bucket_of(low + (Scale::width_of(bucket) - 1)) == bucket);
        next = low + Scale::width_of(bucket);
    }
    CHECK(next == 0);  // 2^64: the whole range is covered
}

TEST_CASE("latency histogram: quantiles are those of the sample within 0.4 %") {
    auto values = latencies(1, 20'000);
    const LatencyCounts histogram = of(values);
    std::sort(values.begin(), values.end());
    for (const double q : {0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 1.0}) {
        const auto rank = std::min(static_cast<std::size_t>(q * 20'000), values.size() - 1);
        const auto exact = static_cast<double>(values[rank]);
        CAPTURE(q, exact);
        CHECK(std::abs(static_cast<double>(histogram.quantile_ns(q)) - exact) <= 0.004 * exact);
    }
    CHECK(histogram.min_ns() == static_cast<std::uint64_t>(values.front()));
    CHECK(histogram.max_ns() == static_cast<std::uint64_t>(values.back()));
    CHECK(histogram.count() == 20'000);
}

TEST_CASE("latency histogram: merging in any order and grouping gives what one histogram of all would have been") {
    std::vector<std::int64_t> all;
    std::vector<LatencyCounts> parts;
    for (std::uint64_t i = 0; i < 4; ++i) {
        const auto some = latencies(i, 500 * i);  // one of them is empty
        all.insert(all.end(), some.begin(), some.end());
        parts.push_back(of(some));
    }
    const std::string whole = of(all).to_proto().SerializeAsString();
    std::vector<std::size_t> order{0, 1, 2, 3};
    do {
        LatencyCounts sum;
        for (const std::size_t i : order) sum.merge(parts[i]);
        CHECK(sum.to_proto().SerializeAsString() == whole);
        LatencyCounts read;
        for (const std::size_t i : order) read.merge(parts[i].to_proto());
        CHECK(read.to_proto().SerializeAsString() == whole);
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("latency histogram: an empty one has no quantile, no least and no bucket") {
    const LatencyCounts none;
    CHECK(none.quantile_ns(0.99) == 0);
    CHECK(none.min_ns() == 0);
    CHECK(none.to_proto().value_ns_size() == 0);
}

TEST_CASE("latency histogram: a negative latency counts as none") {
    LatencyCounts histogram;
    histogram.add(-5);
    CHECK(histogram.count() == 1);
    CHECK(histogram.max_ns() == 0);
}

TEST_CASE("coarse histogram: quantiles are within 3.2 % above a few microseconds, and beyond its ends at its ends") {
    for (double exponent = 4.5; exponent < 11; exponent += 0.0031) {
        CoarseHistogram histogram;
        const auto value = static_cast<std::int64_t>(std::pow(10.0, exponent));
        histogram.add(value);
        const double ms = static_cast<double>(value) / 1e6;
        REQUIRE(std::abs(histogram.quantile_ms(0.5, -1) - ms) <= 0.032 * ms);
    }
    CoarseHistogram ends;
    CHECK(ends.quantile_ms(0.5, -1) == -1);
    ends.add(std::int64_t{1} << 60);
    CHECK(ends.quantile_ms(0.5, -1) == Approx(137'000).epsilon(0.05));
}

}  // namespace
}  // namespace lastunit::drivers
