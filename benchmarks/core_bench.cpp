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

// Routing. Orders of one to twenty lines, fifty and five hundred nodes; each decision is another order, at other SKUs, to another
// zone.
constexpr std::uint32_t kRoutedSkus = 2'000;
constexpr std::uint32_t kZones = 16;
constexpr std::size_t kOrders = 4'096;

// A network in which each node has each SKU with a chance of `has_of_ten` in ten, one to four units of it.
struct Network {
    Network(std::uint32_t nodes, std::uint32_t has_of_ten) : ledger({.nodes = nodes, .skus = kRoutedSkus, .channels = 4}) {
        network.cost_per_km = 3;
        network.km.resize(kZones);
        for (std::uint32_t n = 0; n < nodes; ++n) {
            RouteNode node{.capacity_left = 100, .fixed_cost = 500 + static_cast<Money>(scatter(n) % 300), .unit_cost = 20};
            node.load = static_cast<std::int32_t>(scatter(n + 7) % 1000);
            node.groups = 1U << scatter(n + 9) % 3;
            node.rank = static_cast<std::int32_t>(scatter(n + 11) % 5);
            network.nodes.push_back(node);
            for (std::uint32_t zone = 0; zone < kZones; ++zone)
                network.km[zone].push_back(static_cast<std::uint32_t>(scatter(zone * 1000 + n) >> 8) % 700);
        }
        for (std::uint32_t sku = 0; sku < kRoutedSkus; ++sku)
            for (std::uint32_t n = 0; n < nodes; ++n) {
                const std::uint64_t draw = scatter(std::uint64_t{sku} * nodes + n + 1'000'000) >> 7;
                prices.push_back(static_cast<Money>(draw >> 20) % 400);
                if (draw % 10 >= has_of_ten) continue;
                ledger.receive({}, SimTime{0}, NodeId(static_cast<std::uint16_t>(n)), Sku(sku),
                               1 + static_cast<Quantity>(draw % 4), events);
                events.clear();
            }
        network.sort_by_distance();
    }

    Ledger ledger;
    Events events;
    RoutingNetwork network;
    std::vector<Money> prices;
};

enum class With : std::uint8_t { nothing, prices, declining, protection };

Rules rules(Assign assign) {
    Strategy express;
    express.when.promise_below = hours(3);
    Strategy stores;
    stores.filters = {{.kind = FilterKind::node_group, .groups = 6},
                      {.kind = FilterKind::load_below, .strength = Strength::soft, .value = 900},
                      {.kind = FilterKind::within_km, .strength = Strength::soft, .value = 500},
                      {.kind = FilterKind::minimum_stock, .value = 2}};
    stores.sorts = {{SortKey::rank, Direction::natural}, {SortKey::cost, Direction::natural}};
    stores.max_nodes = 3;
    stores.assign = assign;
    Strategy all = stores;
    all.filters.clear();
    all.max_nodes = 8;
    return {{express, stores, all}};
}

void decide(benchmark::State& state, Router router, std::uint32_t lines, std::uint32_t has_of_ten, With with = With::nothing,
            Quantity units = 1) {
    Network world(static_cast<std::uint32_t>(state.range(0)), has_of_ten);
    if (with != With::nothing) world.network.stock.prices = world.prices;
    if (with == With::protection) {
        // One unit of each SKU is kept by day, and taken at a cost where nothing else is found.
        world.network.protection = Protection(static_cast<std::uint32_t>(state.range(0)), 1);
        world.network.protection.keep({.from = 8, .to = 20, .units = 1});
        world.network.protection.strength = Strength::soft;
        world.network.protection.cost_per_unit = 300;
    }
    std::vector<OrderLine> order;
    for (std::size_t i = 0; i < kOrders * lines; ++i)
        order.push_back({Sku(static_cast<std::uint32_t>(scatter(i + 77) >> 9) % kRoutedSkus), units});
    const std::vector<Money> decline(lines, 1500);
    RouteRequest request;
    request.promise = hours(24);
    request.time_of_day = hours(12);
    request.max_nodes = 4;
    if (with == With::declining) request.decline_cost = decline;
    Plan result;
    std::size_t next = 0;
    std::int64_t planned = 0;
    std::int64_t parcels = 0;
    std::int64_t proven = 0;
    for (auto _ : state) {
        request.lines = std::span(order).subspan(next * lines, lines);
        request.zone = ZoneId(static_cast<std::uint16_t>(next % kZones));
        router.plan(request, world.ledger, world.network, result);
        benchmark::DoNotOptimize(result.cost);
        planned += result.outcome == PlanOutcome::planned ? 1 : 0;
        parcels += result.nodes;
        proven += result.outcome == PlanOutcome::planned && result.lower_bound == result.terms.total() ? 1 : 0;
        next = (next + 1) % kOrders;
    }
    state.SetItemsProcessed(state.iterations());
    const auto share = [&](std::int64_t n) { return static_cast<double>(n) / static_cast<double>(state.iterations()); };
    state.counters["planned"] = share(planned);
    state.counters["parcels"] = share(parcels);
    state.counters["proven"] = share(proven);
}

// All nodes have everything, half of them have each SKU, one in five has.
#define LASTUNIT_DECIDE(name, router, ...) BENCHMARK_CAPTURE(decide, name, router, __VA_ARGS__)->Arg(50)->Arg(500)
LASTUNIT_DECIDE(nearest_1_line, Router(RoutingPolicy::nearest), 1, 5);
LASTUNIT_DECIDE(nearest_5_lines, Router(RoutingPolicy::nearest), 5, 5);
LASTUNIT_DECIDE(fewest_splits_1_line, Router(RoutingPolicy::fewest_splits), 1, 5);
LASTUNIT_DECIDE(fewest_splits_5_lines, Router(RoutingPolicy::fewest_splits), 5, 5);
LASTUNIT_DECIDE(cheapest_1_line, Router(RoutingPolicy::cheapest), 1, 5);
LASTUNIT_DECIDE(cheapest_5_lines_everywhere, Router(RoutingPolicy::cheapest), 5, 10);
LASTUNIT_DECIDE(cheapest_5_lines, Router(RoutingPolicy::cheapest), 5, 5);
LASTUNIT_DECIDE(cheapest_5_lines_scarce, Router(RoutingPolicy::cheapest), 5, 2);
LASTUNIT_DECIDE(cheapest_1_line_priced, Router(RoutingPolicy::cheapest), 1, 5, With::prices);
LASTUNIT_DECIDE(cheapest_5_lines_priced, Router(RoutingPolicy::cheapest), 5, 5, With::prices);
LASTUNIT_DECIDE(cheapest_5_lines_priced_or_declined, Router(RoutingPolicy::cheapest), 5, 5, With::declining);
LASTUNIT_DECIDE(cheapest_5_lines_of_6_units, Router(RoutingPolicy::cheapest), 5, 5, With::nothing, 6);
LASTUNIT_DECIDE(cheapest_5_lines_of_6_units_priced, Router(RoutingPolicy::cheapest), 5, 5, With::prices, 6);
LASTUNIT_DECIDE(cheapest_5_lines_of_6_units_protected, Router(RoutingPolicy::cheapest), 5, 5, With::protection, 6);
LASTUNIT_DECIDE(cheapest_5_lines_protected, Router(RoutingPolicy::cheapest), 5, 5, With::protection);
LASTUNIT_DECIDE(cheapest_9_lines, Router(RoutingPolicy::cheapest), 9, 5);
LASTUNIT_DECIDE(cheapest_12_lines, Router(RoutingPolicy::cheapest), 12, 5);
LASTUNIT_DECIDE(cheapest_20_lines, Router(RoutingPolicy::cheapest), 20, 7);
LASTUNIT_DECIDE(rules_sort_first_1_line, Router(rules(Assign::sort_first)), 1, 5);
LASTUNIT_DECIDE(rules_sort_first_5_lines, Router(rules(Assign::sort_first)), 5, 5);
LASTUNIT_DECIDE(rules_least_cost_1_line_priced, Router(rules(Assign::least_cost)), 1, 5, With::prices);
LASTUNIT_DECIDE(rules_least_cost_5_lines_priced, Router(rules(Assign::least_cost)), 5, 5, With::prices);
LASTUNIT_DECIDE(rules_least_cost_5_lines_protected, Router(rules(Assign::least_cost)), 5, 5, With::protection);
LASTUNIT_DECIDE(rules_sort_first_5_lines_of_6_units, Router(rules(Assign::sort_first)), 5, 5, With::nothing, 6);
LASTUNIT_DECIDE(rules_least_cost_5_lines_of_6_units, Router(rules(Assign::least_cost)), 5, 5, With::prices, 6);

}  // namespace
