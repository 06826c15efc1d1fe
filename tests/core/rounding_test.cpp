// Rounding: fractions are met, items of one order end up together as often as each way promises.
#include "core/routing/rounding.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/core/counted_new.hpp"
#include "tests/core/generator.hpp"

namespace lastunit::core {
namespace {

constexpr Rounding kWays[] = {Rounding::independent, Rounding::correlated, Rounding::dilated, Rounding::force_open};

struct Tally {
    std::vector<double> share;  // [item][place]: how often
    double used = 0;            // places per order
};

Tally tally(Rounding way, const Fractions& fractions, int orders) {
    testing::Generator draws(7);
    Rounder rounder;
    std::vector<double> uniforms(Rounder::uniforms(way, fractions));
    std::vector<std::uint32_t> places(fractions.items());
    Tally out;
    out.share.assign(fractions.share.size(), 0.0);
    for (int n = 0; n < orders; ++n) {
        for (double& u : uniforms) u = (static_cast<double>(draws.next() >> 12) + 0.5) * 0x1p-52;
        rounder.round(way, fractions, uniforms, places);
        for (std::size_t i = 0; i < places.size(); ++i) out.share[i * fractions.places + places[i]] += 1.0 / orders;
        out.used += static_cast<double>(std::set<std::uint32_t>(places.begin(), places.end()).size()) / orders;
    }
    return out;
}

// Four items, three places; the sum over places of the largest fraction, 2.3, is what no rounding can beat.
const std::vector<double> kFour{0.6, 0.3, 0.1, 0, 1, 0, 0.4, 0.5, 0.1, 0, 0.3, 0.7};

TEST_CASE("rounding: every way meets the fractions, whatever they are") {
    testing::Generator random(11);
    constexpr int kOrders = 40'000;
    for (int n = 0; n < 12; ++n) {
        const std::size_t items = random.below(5) + 1, places = random.below(5) + 2;
        std::vector<double> share(items * places);
        for (std::size_t i = 0; i < items; ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < places; ++k) sum += share[i * places + k] = random.one_in(3) ? 0 : random.below(5) + 1;
            if (sum == 0) sum = share[i * places] = 1;
            for (std::size_t k = 0; k < places; ++k) share[i * places + k] /= sum;
        }
        for (const Rounding way : kWays) {
            const Tally seen = tally(way, {share, places}, kOrders);
            for (std::size_t at = 0; at < share.size(); ++at) {
                INFO(name_of(way) << ", instance " << n << ", cell " << at << " of " << places << " places: " << share[at]);
                const double error = std::sqrt(share[at] * (1 - share[at]) / kOrders);
                CHECK(std::abs(seen.share[at] - share[at]) <= 5 * error + 1e-9);
            }
        }
    }
}

TEST_CASE("rounding: places used per order are those of the published example") {
    const Fractions four{kFour, 3};
    constexpr int kOrders = 400'000;
    constexpr double kNear = 5 * 0.6 / 632;  // five errors: the number of places has a deviation of some 0.6
    // 1 - (1 - x) over the items, summed over the places
    CHECK(tally(Rounding::independent, four, kOrders).used == Approx(2.517).margin(kNear));
    CHECK(tally(Rounding::dilated, four, kOrders).used == Approx(2.3).margin(kNear));
    CHECK(tally(Rounding::correlated, four, kOrders).used < 2.517 - kNear);
    for (const Rounding way : kWays) CHECK(tally(way, four, kOrders).used > 2.3 - kNear);
}

TEST_CASE("rounding: equal items drawn independently use K(1 - (1 - 1/K)^n) places, and one place when correlated") {
    const std::vector<double> even(25, 0.2);
    CHECK(tally(Rounding::independent, {even, 5}, 200'000).used == Approx(3.3616).margin(0.01));
    for (const Rounding way : {Rounding::correlated, Rounding::dilated})
        CHECK(tally(way, {even, 5}, 10'000).used == Approx(1).margin(1e-9));
    const std::vector<double> thirds(6, 1.0 / 3);
    CHECK(tally(Rounding::independent, {thirds, 3}, 200'000).used == Approx(5.0 / 3).margin(0.01));
}

TEST_CASE("rounding: noise in equal fractions does not pull the items of a forced order apart") {
    std::vector<double> share;
    for (int i = 0; i < 3; ++i) {
        const double noise = i * 1e-9;
        share.insert(share.end(), {0.5 - noise, 0.5 + noise});
    }
    const Tally exact = tally(Rounding::force_open, {std::vector<double>(6, 0.5), 2}, 20'000);
    CHECK(tally(Rounding::force_open, {share, 2}, 20'000).used == Approx(exact.used).margin(1e-9));
}

TEST_CASE("rounding: a table keeps the fractions of each kind, an empty order among them") {
    FractionTable table(2);
    table.add(1)[1] = 1;
    table.add(0);
    const auto two = table.add(2);
    two[0] = two[3] = 1;
    CHECK(table.of(0).at(0, 1) == 1);
    CHECK(table.of(1).items() == 0);
    CHECK(table.of(2).at(1, 1) == 1);
    std::vector<std::uint32_t> places(2);
    const std::vector<double> half(4, 0.5);
    Rounder rounder;
    for (const Rounding way : kWays) {
        rounder.round(way, table.of(2), half, places);
        CHECK(places == std::vector<std::uint32_t>{0, 1});
    }
}

TEST_CASE("rounding: no allocation after warm-up") {
    const Fractions four{kFour, 3};
    const std::vector<double> uniforms(8, 0.3);
    std::vector<std::uint32_t> places(4);
    Rounder rounder;
    for (const Rounding way : kWays) rounder.round(way, four, uniforms, places);
    const std::size_t before = testing::allocations();
    for (const Rounding way : kWays) rounder.round(way, four, uniforms, places);
    CHECK(testing::allocations() == before);
}

}  // namespace
}  // namespace lastunit::core
