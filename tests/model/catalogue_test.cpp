#include "model/catalogue.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "model/random.hpp"
#include "tests/model/statistics.hpp"

using namespace lastunit;
using namespace lastunit::model;

namespace {

// Counts of draws over evenly spaced uniforms differ from the shares by less than one draw each.
void check_stratified(const std::vector<double>& weights) {
    const Discrete discrete(weights);
    const int draws = 10'000;
    std::vector<int> counts(weights.size());
    for (int i = 0; i < draws; ++i) ++counts[discrete((i + 0.5) / draws)];
    for (std::uint32_t i = 0; i < weights.size(); ++i) CHECK(std::abs(counts[i] - draws * discrete.share(i)) < 1 + 1e-6);
}

}  // namespace

TEST_CASE("discrete: draws each index as often as its weight says") {
    check_stratified({1});
    check_stratified({1, 1});
    check_stratified({0.2, 0.5, 0.3});
    check_stratified({1000, 1, 1, 1, 1000});
    check_stratified({0, 0, 3, 0, 1, 0});
    check_stratified(zipf_weights(50, 1));
}

TEST_CASE("discrete: random draws pass a chi-square test") {
    const std::vector<double> weights = zipf_weights(40, 0.87);
    const Discrete discrete(weights);
    Stream stream(5, Purpose::basket, 0);
    std::vector<double> counts(weights.size()), expected;
    const int draws = 100'000;
    for (int i = 0; i < draws; ++i) ++counts[discrete(stream.uniform())];
    for (std::uint32_t i = 0; i < weights.size(); ++i) expected.push_back(draws * discrete.share(i));
    CHECK(std::abs(test::chi_square_z(counts, expected, 1)) < 3.5);
}

TEST_CASE("discrete: an index without weight is never drawn, not even at the ends") {
    const Discrete discrete(std::vector<double>{0, 1, 0, 2, 0, 0});
    CHECK(discrete(0x1p-53) == 1);
    CHECK(discrete(1 - 0x1p-53) == 3);
    CHECK(discrete(1.0 / 3) == 3);
    CHECK(discrete(std::nextafter(1.0 / 3, 0.0)) == 1);
    CHECK(discrete.share(0) == 0);
    CHECK(discrete.share(5) == 0);
}

TEST_CASE("discrete: is monotone in the uniform") {
    const Discrete discrete(zipf_weights(1'000, 0.61));
    std::uint32_t last = 0;
    bool rises = true;
    for (int i = 1; i < 5'000; ++i) {
        const std::uint32_t index = discrete(i / 5'000.0);
        rises = rises && index >= last;
        last = index;
    }
    CHECK(rises);
}

TEST_CASE("discrete: shares are the weights over their sum") {
    const Discrete discrete(std::vector<double>{2, 6, 0, 8});
    CHECK(discrete.size() == 4);
    CHECK(discrete.share(0) == 0.125);
    CHECK(discrete.share(1) == 0.375);
    CHECK(discrete.share(3) == 0.5);
    CHECK(Discrete().empty());
}

TEST_CASE("zipf: weights fall with the rank to the power s") {
    const auto weights = zipf_weights(4, 2);
    CHECK(weights == std::vector<double>{1, 0.25, 1.0 / 9, 0.0625});
    CHECK(zipf_weights(3, 0) == std::vector<double>{1, 1, 1});
    // 1 / (1 + 1/2 + ... + 1/1000) = 1 / 7.485470860550345
    CHECK(Discrete(zipf_weights(1'000, 1)).share(0) == Approx(0.13359213049244).epsilon(1e-10));
}
