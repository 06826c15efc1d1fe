// Speed of the ledger and of routing, single-threaded.
#include <benchmark/benchmark.h>

#include "core/ledger.hpp"
#include "core/routing/router.hpp"

using namespace lastunit;
using namespace lastunit::core;

namespace {

// A scattered walk over the cells, cheap enough not to be measured.
std::uint64_t scatter(std::uint64_t i) {
    i *= 0x9e3779b97f4a7c15ULL;
    return i ^ (i >> 32);
}

enum class Keys : std::uint8_t { none, each };

constexpr std::uint32_t kNodes = 50;
constexpr std::uint32_t kSkus = 20'000;
constexpr std::int64_t kBatch = 1 << 14;

struct Shop {
    explicit Shop(Keys chosen)
        : ledger({.nodes = kNodes, .skus = kSkus, .channels = 4, .key_retention = seconds(1)}), keys(chosen) {
        for (std::uint32_t sku = 0; sku < kSkus; ++sku)
            for (std::uint16_t node = 0; node < kNodes; ++node)
                ledger.receive({}, now, NodeId(node), Sku(sku), 1'000'000, events);
        events.clear();
    }
    Key key() { return keys == Keys::none ? Key{} : Key{7, ++sequence}; }
    Line line() {
        const std::uint64_t at = scatter(++drawn);
        return {NodeId(static_cast<std::uint16_t>(at % kNodes)), Sku(static_cast<std::uint32_t>((at >> 20) % kSkus)), 1};
    }
    // Two microseconds of the ledger's time per command: retention holds half a million commands.
    SimTime tick() { return now = now + microseconds(2); }

    Ledger ledger;
    Keys keys;
    Events events;
    SimTime now{0};
    std::uint64_t sequence = 0;
    std::uint64_t drawn = 0;
    std::uint64_t ids = 0;
};

void hold_confirm(benchmark::State& state, Keys keys) {
    Shop shop(keys);
    std::vector<Line> lines(kBatch);
    for (auto _ : state) {
        const std::uint64_t first = shop.ids + 1;
        for (Line& line : lines) {
            line = shop.line();
            const std::uint64_t id = ++shop.ids;
            shop.ledger.hold(shop.key(), shop.tick(), HoldId(id), ChannelId(1), {&line, 1}, minutes(15), shop.events);
            shop.ledger.confirm(shop.key(), shop.tick(), HoldId(id), OrderId(id), shop.events);
            shop.events.clear();
        }
        state.PauseTiming();
        for (std::int64_t i = 0; i < kBatch; ++i)
            shop.ledger.deallocate({}, shop.now, OrderId(first + static_cast<std::uint64_t>(i)),
                                   {&lines[static_cast<std::size_t>(i)], 1}, shop.events);
        shop.events.clear();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK_CAPTURE(hold_confirm, without_keys, Keys::none);
BENCHMARK_CAPTURE(hold_confirm, with_keys, Keys::each);

void hold_expire(benchmark::State& state) {
    Shop shop(Keys::each);
    for (auto _ : state) {
        for (std::int64_t i = 0; i < kBatch; ++i) {
            const Line line = shop.line();
            shop.ledger.hold(shop.key(), shop.tick(), HoldId(++shop.ids), ChannelId(1), {&line, 1}, milliseconds(100),
                             shop.events);
        }
        shop.events.clear();
    }
    state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK(hold_expire);

void allocate_pick_ship(benchmark::State& state) {
    Shop shop(Keys::each);
    for (auto _ : state) {
        for (std::int64_t i = 0; i < kBatch; ++i) {
            const Line line = shop.line();
            const OrderId order(++shop.ids);
            shop.ledger.allocate(shop.key(), shop.tick(), order, ChannelId(1), {&line, 1}, Backorder::refuse, shop.events);
            shop.ledger.pick(shop.key(), shop.tick(), order, line, shop.events);
            shop.ledger.ship(shop.key(), shop.tick(), order, line, shop.events);
            shop.events.clear();
        }
    }
    state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK(allocate_pick_ship);

void sell(benchmark::State& state) {
    Shop shop(Keys::each);
    for (auto _ : state) {
        for (std::int64_t i = 0; i < kBatch; ++i) {
            const Line line = shop.line();
            shop.ledger.sell(shop.key(), shop.tick(), line.node, line.sku, 1, ChannelId(1), shop.events);
            shop.events.clear();
        }
    }
    state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK(sell);

void read_atp(benchmark::State& state) {
    Shop shop(Keys::none);
    Quantity sum = 0;
    for (auto _ : state)
        for (std::int64_t i = 0; i < kBatch; ++i) {
            const Line line = shop.line();
            sum += shop.ledger.atp(line.node, line.sku, ChannelId(1));
        }
    benchmark::DoNotOptimize(sum);
    state.SetItemsProcessed(state.iterations() * kBatch);
}
BENCHMARK(read_atp);

// One order of `lines` lines; the nearest node has every line, or (`scarce`) one node in seven has each.
void plan(benchmark::State& state, RoutingPolicy policy, std::uint32_t lines, Quantity every) {
    const auto nodes = static_cast<std::uint32_t>(state.range(0));
    Ledger ledger({.nodes = nodes, .skus = 8, .channels = 4});
    Events events;
    RoutingNetwork network;
    network.cost_per_km = 3;
    network.km.resize(1);
    for (std::uint32_t n = 0; n < nodes; ++n) {
        network.nodes.push_back(
            {.capacity_left = 100, .fixed_cost = 500 + static_cast<Money>(scatter(n) % 300), .unit_cost = 20});
        network.km[0].push_back(n * 7);
        for (std::uint32_t sku = 0; sku < 8; ++sku)
            if ((n + sku * 3) % static_cast<std::uint32_t>(every) == 0)
                ledger.receive({}, SimTime{0}, NodeId(static_cast<std::uint16_t>(n)), Sku(sku), 5, events);
    }
    network.sort_by_distance();
    std::vector<OrderLine> order;
    for (std::uint32_t i = 0; i < lines; ++i) order.push_back({Sku(i), 1});
    RouteRequest request;
    request.lines = order;
    Router router(policy);
    Plan result;
    for (auto _ : state) {
        router.plan(request, ledger, network, result);
        benchmark::DoNotOptimize(result.cost);
    }
}
BENCHMARK_CAPTURE(plan, nearest_one_line_at_hand, RoutingPolicy::nearest, 1, 1)->Arg(41)->Arg(500);
BENCHMARK_CAPTURE(plan, nearest_three_lines, RoutingPolicy::nearest, 3, 7)->Arg(50)->Arg(500);
BENCHMARK_CAPTURE(plan, cheapest_one_line, RoutingPolicy::cheapest, 1, 7)->Arg(50)->Arg(500);
BENCHMARK_CAPTURE(plan, cheapest_three_lines, RoutingPolicy::cheapest, 3, 7)->Arg(50)->Arg(500);
BENCHMARK_CAPTURE(plan, cheapest_five_lines, RoutingPolicy::cheapest, 5, 7)->Arg(50)->Arg(500);
BENCHMARK_CAPTURE(plan, cheapest_five_lines_at_hand, RoutingPolicy::cheapest, 5, 1)->Arg(50)->Arg(500);
BENCHMARK_CAPTURE(plan, cheapest_five_lines_often, RoutingPolicy::cheapest, 5, 2)->Arg(50)->Arg(500);
BENCHMARK_CAPTURE(plan, fewest_splits_five_lines, RoutingPolicy::fewest_splits, 5, 2)->Arg(50)->Arg(500);
BENCHMARK_CAPTURE(plan, fewest_splits_three_lines, RoutingPolicy::fewest_splits, 3, 7)->Arg(50)->Arg(500);

}  // namespace
