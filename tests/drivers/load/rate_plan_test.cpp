// Plain schedules: what is due when, and for which units.
#include <catch2/catch.hpp>
#include <map>

#include "drivers/load/rate_plan.hpp"
#include "drivers/load/stock_choice.hpp"
#include "tests/drivers/shop.hpp"

namespace lastunit::drivers::tests {
namespace {

std::vector<std::int64_t> all_of(RatePlan plan) {
    std::vector<std::int64_t> times;
    while (const auto at_ns = plan.next()) times.push_back(*at_ns);
    return times;
}

TEST_CASE("rate plan: an even rate has the same pause between all operations") {
    const auto times = all_of(RatePlan({{seconds(2), 100, 100}}, Spacing::even, 1));
    REQUIRE(times.size() == 200);
    for (std::size_t i = 0; i < times.size(); ++i) CHECK(times[i] == Approx(static_cast<double>(i) * 1e7).margin(1));
}

TEST_CASE("rate plan: a ramp has the operations that its area says, a quarter of them in the first half") {
    const auto times = all_of(RatePlan({{seconds(10), 0, 200}}, Spacing::even, 1));
    CHECK(times.size() == 1000);
    CHECK(std::is_sorted(times.begin(), times.end()));
    const auto first_half = std::count_if(times.begin(), times.end(), [](std::int64_t at) { return at < 5'000'000'000; });
    CHECK(first_half == Approx(250).margin(1));
}

TEST_CASE("rate plan: a spike lies in its own phase, and a pause without operations is passed over") {
    const RatePlan plan({{seconds(1), 10, 10}, {seconds(1), 1000, 1000}, {seconds(5), 0, 0}, {seconds(1), 10, 10}}, Spacing::even,
                        1);
    CHECK(plan.expected() == Approx(1020));
    CHECK(plan.lasts() == seconds(8));
    const auto times = all_of(plan);
    CHECK(times.size() == 1020);
    std::map<std::int64_t, int> by_second;
    for (const std::int64_t at : times) ++by_second[at / 1'000'000'000];
    CHECK(by_second[0] == 10);
    CHECK(by_second[1] == 1000);
    CHECK(by_second.count(4) == 0);
    CHECK(by_second[7] == 10);
}

TEST_CASE("rate plan: Poisson arrivals are the same for one seed, and as many as the rate says") {
    const auto times = all_of(RatePlan({{seconds(100), 100, 100}}, Spacing::poisson, 7));
    CHECK(times == all_of(RatePlan({{seconds(100), 100, 100}}, Spacing::poisson, 7)));
    CHECK(times != all_of(RatePlan({{seconds(100), 100, 100}}, Spacing::poisson, 8)));
    CHECK(times.size() == Approx(10'000).margin(500));  // five standard deviations
    CHECK(std::is_sorted(times.begin(), times.end()));
}

TEST_CASE("stock choice: popular SKUs are those in front, and only what has stock is asked for") {
    InitialStock stock = small_shop(0);
    stock.units[3 * kNodes + 1] = 10;  // SKU 3: a quarter at node 1
    stock.units[3 * kNodes + 4] = 30;
    stock.units[9 * kNodes + 0] = 1;
    const StockChoice choice(stock, 1.0);
    model::Stream draw(1, model::Purpose::property, 5);
    std::map<std::pair<std::uint32_t, int>, int> counts;
    for (int i = 0; i < 30'000; ++i) {
        const double of_sku = draw.uniform();
        const core::Line line = choice.pick(of_sku, draw.uniform());
        CHECK(line.quantity == 1);
        ++counts[{line.sku.value, line.node.value}];
    }
    CHECK(counts.size() == 3);
    CHECK(counts[{3, 1}] == Approx(5'000).margin(400));  // two thirds, a quarter of them
    CHECK(counts[{3, 4}] == Approx(15'000).margin(600));
    CHECK(counts[{9, 0}] == Approx(10'000).margin(500));
}

TEST_CASE("stock choice: a shop without stock is refused") { CHECK_THROWS_AS(StockChoice(small_shop(0), 1.0), DriverError); }

}  // namespace
}  // namespace lastunit::drivers::tests
