// Orders of single units: least cost with prices against every assignment, guides, and picks that fail.
#include "core/routing/unit_router.hpp"

#include <catch2/catch.hpp>

#include "tests/core/counted_new.hpp"
#include "tests/core/generator.hpp"

namespace lastunit::core {
namespace {

constexpr std::uint32_t kNodes = 3, kSkus = 4;

struct World {
    std::vector<std::uint32_t> items;
    std::vector<Money> unit, prices;
    std::vector<Quantity> stock;
    UnitOrder order() const { return {items, unit, 90, 180, 40}; }
    UnitStock view() const { return {stock, kSkus}; }
};

World random_world(testing::Generator& random) {
    World out;
    for (std::uint32_t sku = 0; sku < kSkus; ++sku)
        if (!random.one_in(3)) out.items.push_back(sku);
    for (std::uint32_t k = 0; k < kNodes; ++k) out.unit.push_back(random.below(40));
    for (std::uint32_t at = 0; at < kNodes * kSkus; ++at) {
        out.prices.push_back(random.below(60));
        out.stock.push_back(random.one_in(3) ? 0 : 2);
    }
    return out;
}

// Cost and prices; huge where the stock is not there.
Money weighed(const World& world, std::span<const std::uint32_t> places, Money unfilled_price) {
    Money sum = cost_of(world.order(), places);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] == kNodes) {
            sum += unfilled_price;
            continue;
        }
        if (world.view().at(places[i], world.items[i]) == 0) return 1'000'000'000'000;
        sum += world.prices[places[i] * kSkus + world.items[i]];
    }
    return sum;
}

TEST_CASE("unit router: no assignment costs less, with prices, than the one chosen") {
    testing::Generator random(3);
    UnitRouter router;
    for (int n = 0; n < 2'000; ++n) {
        const World world = random_world(random);
        const Money unfilled = n % 2 == 0 ? random.below(80) : UnitRouter::kOnlyIfNobodyHasIt;
        std::vector<std::uint32_t> chosen(world.items.size()), tried(world.items.size(), 0);
        const Money cost = router.least_cost(world.order(), world.view(), world.prices, unfilled, chosen);
        CHECK(cost == weighed(world, chosen, unfilled));
        for (bool more = true; more;) {
            CHECK(cost <= weighed(world, tried, unfilled));
            more = false;
            for (std::uint32_t& place : tried) {
                if (++place <= kNodes) {
                    more = true;
                    break;
                }
                place = 0;
            }
        }
    }
}

TEST_CASE("unit router: an item is left unfilled for want of stock alone when that is asked") {
    World world{{0, 1}, {5, 5, 5}, std::vector<Money>(kNodes * kSkus, 100'000), std::vector<Quantity>(kNodes * kSkus, 0)};
    world.stock[1 * kSkus + 0] = 1;
    std::vector<std::uint32_t> places(2);
    UnitRouter router;
    router.least_cost(world.order(), world.view(), world.prices, UnitRouter::kOnlyIfNobodyHasIt, places);
    CHECK(places == std::vector<std::uint32_t>{1, kNodes});
    router.least_cost(world.order(), world.view(), world.prices, 0, places);
    CHECK(places == std::vector<std::uint32_t>{kNodes, kNodes});
}

TEST_CASE("unit router: a plan is followed while stock and budget allow it, then prices decide") {
    World world{{0, 1}, {5, 1, 5}, {}, std::vector<Quantity>(kNodes * kSkus, 1)};
    Guide guide;
    guide.price.assign(kNodes * kSkus, 0);
    guide.unfilled_left = 1;
    guide.plan_width = 2;
    guide.plan = {0, kNodes, Guide::kNoPlan, Guide::kNoPlan};
    std::vector<std::uint32_t> places(2);
    UnitRouter router;
    const std::vector<std::uint32_t> planned{0, kNodes}, cheapest{1, 1};
    router.guided(world.order(), world.view(), guide, 0, places);
    CHECK(places == planned);
    router.guided(world.order(), world.view(), guide, 1, places);  // no plan for this kind
    CHECK(places == cheapest);
    guide.unfilled_left = 0.4;
    router.guided(world.order(), world.view(), guide, 0, places);
    CHECK(places == cheapest);
    guide.unfilled_left = 1;
    world.stock[0] = 0;
    router.guided(world.order(), world.view(), guide, 0, places);
    CHECK(places == cheapest);
}

TEST_CASE("unit router: a pick without stock is left unfilled, or the whole order is routed again") {
    World world{{0, 1}, {5, 1, 5}, {}, std::vector<Quantity>(kNodes * kSkus, 1)};
    world.stock[0] = 0;
    const std::vector<double> share{1, 0, 0, 0, 1, 0, 0, 0}, uniforms(6, 0.5);
    const Fractions first{share, kNodes + 1};
    std::vector<std::uint32_t> places(2);
    UnitRouter router;
    router.rounded(world.order(), world.view(), Rounding::dilated, first, uniforms, FailedPick::left_unfilled, {}, places);
    CHECK(places == std::vector<std::uint32_t>{kNodes, 0});
    router.rounded(world.order(), world.view(), Rounding::dilated, first, uniforms, FailedPick::order_rerouted, {}, places);
    CHECK(places == std::vector<std::uint32_t>{1, 1});
}

TEST_CASE("unit router: no allocation per decision after warm-up") {
    testing::Generator random(5);
    const std::vector<double> share(4 * (kNodes + 1), 0.25), uniforms(8, 0.4);
    std::vector<World> worlds;
    for (int n = 0; n < 50; ++n) worlds.push_back(random_world(random));
    Guide guide;
    guide.unfilled_left = 1;
    std::vector<std::uint32_t> places(kSkus);
    UnitRouter router;
    const auto decide_all = [&] {
        for (const World& world : worlds) {
            guide.price.assign(world.prices.begin(), world.prices.end());
            const std::span mine = std::span(places).first(world.items.size());
            router.guided(world.order(), world.view(), guide, 0, mine);
            const Fractions fractions{std::span(share).first(mine.size() * (kNodes + 1)), kNodes + 1};
            router.rounded(world.order(), world.view(), Rounding::correlated, fractions, uniforms, FailedPick::order_rerouted,
                           world.prices, mine);
        }
    };
    decide_all();
    const std::size_t before = testing::allocations();
    decide_all();
    CHECK(testing::allocations() == before);
}

}  // namespace
}  // namespace lastunit::core
