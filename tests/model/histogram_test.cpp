#include "model/histogram.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "model/random.hpp"

namespace lastunit::model {

TEST_CASE("histogram: quantiles are within 0.2 % of the sorted sample's, over nine orders of magnitude") {
    Stream random(3, Purpose::property, 9);
    Histogram histogram;
    std::vector<double> values;
    for (int i = 0; i < 50'000; ++i) {
        const double exponent = random.uniform() * 9;
        const auto us = static_cast<std::int64_t>(std::pow(10.0, exponent));
        histogram.add(Duration{us});
        values.push_back(static_cast<double>(us) * 1e-6);
    }
    std::sort(values.begin(), values.end());
    for (const double q : {0.0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999}) {
        const double exact = values[static_cast<std::size_t>(q * 50'000)];
        CHECK(histogram.quantile_s(q) == Approx(exact).epsilon(0.002));
    }
    CHECK(histogram.max_s() == values.back());
    CHECK(histogram.quantile_s(1.0) <= histogram.max_s());
}

TEST_CASE("histogram: merged parts equal the whole, and small values are exact") {
    Histogram whole;
    Histogram first;
    Histogram second;
    for (std::int64_t us = 0; us < 3000; ++us) {
        whole.add(Duration{us * us});
        (us % 2 == 0 ? first : second).add(Duration{us * us});
    }
    first.merge(second);
    CHECK(first.count() == whole.count());
    CHECK(first.mean_s() == Approx(whole.mean_s()));
    for (const double q : {0.1, 0.5, 0.99}) CHECK(first.quantile_s(q) == whole.quantile_s(q));
    Histogram exact;
    for (const std::int64_t us : {1, 2, 3, 400}) exact.add(Duration{us});
    CHECK(exact.quantile_s(0.5) == Approx(3e-6));
    CHECK(Histogram{}.quantile_s(0.5) == 0);
}

}  // namespace lastunit::model
