#include "reports/load/latency.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "tests/support/live_record.hpp"

using namespace lastunit::reports;
using lastunit::test::Latencies;

namespace {

// Four decades, dense below and thin above.
std::vector<double> sample(std::size_t n) {
    std::vector<double> out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(2e-6 * std::pow(10.0, 4.0 * static_cast<double>((i * 7919) % n) / static_cast<double>(n)));
    return out;
}

}  // namespace

TEST_CASE("latency: quantiles are the sorted sample's, within the width of a bucket") {
    std::vector<double> seconds = sample(50'000);
    Latencies made;
    for (const double one : seconds) made.add(one);
    lastunit::model::LatencyHistogram histogram;
    made.write(histogram);
    std::sort(seconds.begin(), seconds.end());
    for (const double q : {0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
        INFO("q " << q);
        const double exact = seconds[static_cast<std::size_t>(q * static_cast<double>(seconds.size()))];
        CHECK(quantile_s(histogram, q) == Approx(exact).epsilon(0.004).margin(1e-9));
    }
    CHECK(quantile_s(histogram, 1) == Approx(seconds.back()).margin(2e-9));
    CHECK(mean_s(histogram) == Approx(std::accumulate(seconds.begin(), seconds.end(), 0.0) / 50'000).epsilon(1e-3));
}

TEST_CASE("latency: no quantile lies beyond the largest or the smallest value, and of nothing there is none") {
    Latencies one;
    one.add(0.010001);
    lastunit::model::LatencyHistogram histogram;
    one.write(histogram);
    for (const double q : {0.0, 0.5, 0.99, 1.0}) CHECK(quantile_s(histogram, q) == Approx(0.010001).margin(2e-9));
    CHECK(quantile_s({}, 0.5) == 0);
    CHECK(quantile_text({}, 0.5) == "-");
    CHECK(time_stats({}).count() == 0);
}

TEST_CASE("latency: a histogram whose arrays are not equally long is read as far as both go") {
    lastunit::model::LatencyHistogram broken;
    broken.set_total(10), broken.set_max_ns(500), broken.add_value_ns(100), broken.add_value_ns(200), broken.add_count(3);
    CHECK(quantile_s(broken, 0.1) == Approx(100e-9));
    CHECK(quantile_s(broken, 0.9) == Approx(500e-9));
}

TEST_CASE("latency: three digits from nanoseconds on") {
    CHECK(latency_text(4.8e-7) == "480 ns");
    CHECK(latency_text(3.14e-6) == "3.14 us");
    CHECK(latency_text(35.1e-6) == "35.1 us");
    CHECK(latency_text(0.00312) == "3.12 ms");
    CHECK(latency_text(0.86) == "860 ms");
    CHECK(latency_text(1.2) == "1.2 s");
    CHECK(latency_text(0) == "0 s");
}
