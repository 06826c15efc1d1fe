// Routing rules: conditions, filters at both ends, sorts, split limits, fallback and the second pass.
#include "core/routing/rules.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "tests/core/routing_world.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

using World = RoutingWorld;

Strategy named(const char* name) {
    Strategy strategy;
    strategy.name = name;
    return strategy;
}
Strategy filtered(Filter filter) {
    Strategy strategy = named("filtered");
    strategy.filters = {filter};
    return strategy;
}
Strategy sorted(std::vector<Sort> sorts) {
    Strategy strategy = named("sorted");
    strategy.sorts = std::move(sorts);
    return strategy;
}

}  // namespace

TEST_CASE("rules: a condition holds at its limits and not beyond them") {
    struct Row {
        const char* name;
        std::function<void(Conditions&, RouteRequest&)> set;
        Mismatch expected;
    };
    const std::vector<Row> rows{
        {"no condition", [](Conditions&, RouteRequest&) {}, Mismatch::none},
        {"its channel", [](Conditions& c, RouteRequest&) { c.channels = 1; }, Mismatch::none},
        {"another channel", [](Conditions& c, RouteRequest&) { c.channels = 2; }, Mismatch::channel},
        {"no channel", [](Conditions& c, RouteRequest& r) { c.channels = 1, r.channel = kNoChannel; }, Mismatch::channel},
        {"its method", [](Conditions& c, RouteRequest& r) { c.methods = 4, r.method = Method::locker; }, Mismatch::none},
        {"another method", [](Conditions& c, RouteRequest&) { c.methods = 4; }, Mismatch::method},
        {"value at the lower end", [](Conditions& c, RouteRequest& r) { c.value_from = r.value = 50; }, Mismatch::none},
        {"value below it", [](Conditions& c, RouteRequest& r) { c.value_from = 50, r.value = 49; }, Mismatch::value},
        {"value just below the upper end", [](Conditions& c, RouteRequest& r) { c.value_below = 50, r.value = 49; },
         Mismatch::none},
        {"value at it", [](Conditions& c, RouteRequest& r) { c.value_below = r.value = 50; }, Mismatch::value},
        {"its zone",
         [](Conditions& c, RouteRequest&) {
             c.zones = {ZoneId(1), ZoneId(0)};
         },
         Mismatch::none},
        {"another zone", [](Conditions& c, RouteRequest&) { c.zones = {ZoneId(1)}; }, Mismatch::zone},
        {"some line of the class", [](Conditions& c, RouteRequest&) { c.sku_classes = 2; }, Mismatch::none},
        {"not every line of it", [](Conditions& c, RouteRequest&) { c.sku_classes = 2, c.match = LineMatch::all_lines; },
         Mismatch::sku_class},
        {"every line of two classes", [](Conditions& c, RouteRequest&) { c.sku_classes = 3, c.match = LineMatch::all_lines; },
         Mismatch::none},
        {"no line of the class", [](Conditions& c, RouteRequest&) { c.sku_classes = 4; }, Mismatch::sku_class},
        {"from that time of day", [](Conditions& c, RouteRequest&) { c.from = hours(12), c.to = hours(13); }, Mismatch::none},
        {"until before it", [](Conditions& c, RouteRequest&) { c.from = hours(8), c.to = hours(12); }, Mismatch::time_of_day},
        {"through midnight, by day", [](Conditions& c, RouteRequest&) { c.from = hours(22), c.to = hours(6); },
         Mismatch::time_of_day},
        {"through midnight, at night",
         [](Conditions& c, RouteRequest& r) { c.from = hours(22), c.to = hours(6), r.time_of_day = hours(5); }, Mismatch::none},
        {"a promise of two hours", [](Conditions& c, RouteRequest& r) { c.promise_from = r.promise = hours(2); }, Mismatch::none},
        {"a shorter one", [](Conditions& c, RouteRequest& r) { c.promise_from = hours(2), r.promise = hours(1); },
         Mismatch::promise},
        {"less than two hours", [](Conditions& c, RouteRequest& r) { c.promise_below = hours(2), r.promise = hours(1); },
         Mismatch::none},
        {"not less", [](Conditions& c, RouteRequest& r) { c.promise_below = r.promise = hours(2); }, Mismatch::promise},
    };
    RoutingNetwork network;
    network.class_of_sku = {0, 1, 2};
    const OrderLine lines[] = {{Sku(0), 1}, {Sku(1), 1}};
    for (const Row& row : rows) {
        INFO(row.name);
        Conditions when;
        RouteRequest request;
        request.lines = lines;
        request.time_of_day = hours(12);
        row.set(when, request);
        CHECK(std::string(name_of(mismatch_of(when, request, network))) == name_of(row.expected));
    }
}

TEST_CASE("rules: a filter lets pass what is at its limit and refuses what is beyond, and says so") {
    struct Row {
        const char* name;
        Filter filter;
        std::function<void(World&)> set;
        std::vector<Rejection> reasons;  // of nodes 0 and 1, asked for one unit of SKU 0
        const char* says;
    };
    using enum Rejection;
    const auto nothing = [](World&) {};
    const std::vector<Row> rows{
        {"in the group",
         {.kind = FilterKind::node_group, .groups = 3},
         [](World& w) { w.network.nodes[0].groups = 2; },
         {none, by_rule},
         "not in the strategy's group of nodes"},
        {"5 km", {.kind = FilterKind::within_km, .value = 5}, nothing, {none, by_rule}, "farther than 5 km"},
        {"4 km", {.kind = FilterKind::within_km, .value = 4}, nothing, {by_rule, by_rule}, "farther than 4 km"},
        {"9 lines",
         {.kind = FilterKind::capacity_left, .value = 9},
         [](World& w) { w.network.nodes[1].capacity_left = 8; },
         {none, by_rule},
         "takes fewer than 9 more lines today"},
        {"load",
         {.kind = FilterKind::load_below, .value = 800},
         [](World& w) { w.network.nodes[0].load = 799, w.network.nodes[1].load = 800; },
         {none, by_rule},
         "loaded at 800 per mille or more"},
        {"cut-off",
         {.kind = FilterKind::before_cut_off},
         [](World& w) { w.network.nodes[0].cut_off = hours(12) + microseconds(1), w.network.nodes[1].cut_off = hours(12); },
         {none, by_rule},
         "past its cut-off"},
        {"an hour before the cut-off",
         {.kind = FilterKind::before_cut_off, .value = 60},
         [](World& w) { w.network.nodes[0].cut_off = hours(14), w.network.nodes[1].cut_off = hours(13); },
         {none, by_rule},
         "less than 60 min to its cut-off"},
        {"open",
         {.kind = FilterKind::open_now},
         [](World& w) {
             w.network.nodes[0].opens = hours(12), w.network.nodes[0].closes = hours(13);
             w.network.nodes[1].opens = hours(9), w.network.nodes[1].closes = hours(12);
         },
         {none, by_rule},
         "outside its opening hours"},
        {"minimum stock", {.kind = FilterKind::minimum_stock, .value = 2}, nothing, {by_rule, none}, "has fewer than 2 of each"},
        {"safety stock",
         {.kind = FilterKind::safety_stock, .value = 1},
         nothing,
         {by_rule, none},
         "has no more than the 1 it keeps of each"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        World w;
        w.request.time_of_day = hours(12);
        row.set(w);
        w.plan(Rules{{filtered(row.filter)}}, {kOneA});
        for (std::size_t n = 0; n < 2; ++n) {
            INFO("node " << n << ": " << name_of(w.why.rows[n].reason));
            // Of the nodes that pass only the first is in the plan.
            const Rejection got = w.why.rows[n].reason == comes_later ? none : w.why.rows[n].reason;
            CHECK(got == row.reasons[n]);
            if (got == by_rule) CHECK(w.why.rows[n].rule == row.says);
        }
        // Soft, it gives way where nothing else would do.
        World soft;
        soft.request.time_of_day = hours(12);
        row.set(soft);
        Filter filter = row.filter;
        filter.strength = Strength::soft;
        const NodeId refused[] = {NodeId(row.reasons[0] == by_rule ? 0 : 1)};
        soft.request.only = refused;
        CHECK(soft.plan(Rules{{filtered(row.filter)}}, {kOneA}).outcome != PlanOutcome::planned);
        CHECK(soft.plan(Rules{{filtered(filter)}}, {kOneA}).outcome == PlanOutcome::planned);
        CHECK(soft.result.pass == Pass::second);
    }
}

TEST_CASE("rules: a minimum stock withholds a SKU, a safety stock a part of it") {
    World w;
    w.plan(Rules{{filtered({.kind = FilterKind::safety_stock, .value = 2})}}, {{Sku(0), 2}});
    CHECK(w.nodes() == std::vector<int>{3});
    CHECK(w.plan(Rules{{filtered({.kind = FilterKind::safety_stock, .value = 2})}}, {{Sku(0), 3}}).outcome !=
          PlanOutcome::planned);
    w.plan(Rules{{filtered({.kind = FilterKind::minimum_stock, .value = 2})}}, {{Sku(0), 4}});
    CHECK(w.nodes() == std::vector<int>{3});
    w.plan(Rules{{filtered({.kind = FilterKind::minimum_stock, .value = 2})}}, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{3, 3});
}

TEST_CASE("rules: each sort puts the right node first, and the other way round last") {
    struct Row {
        SortKey key;
        std::function<void(World&)> set;
        int first, last;
    };
    std::vector<Quantity> reference(12, 4);
    std::vector<std::int32_t> age(12, 5);
    reference[1] = 2;  // node 1: all of SKU 0 still there
    age[3] = 9;
    const std::vector<Row> rows{
        {SortKey::distance, [](World&) {}, 0, 3},
        {SortKey::cost, [](World&) {}, 2, 3},
        {SortKey::load, [](World& w) { w.network.nodes[2].load = -1, w.network.nodes[1].load = 7; }, 2, 1},
        {SortKey::balance, [&](World& w) { w.network.stock.reference = reference; }, 1, 0},
        {SortKey::age, [&](World& w) { w.network.stock.age_days = age; }, 3, 0},
        {SortKey::rank, [](World& w) { w.network.nodes[3].rank = -2, w.network.nodes[2].rank = 5; }, 3, 2},
    };
    for (const Row& row : rows) {
        INFO(name_of(row.key));
        World w;
        row.set(w);
        w.plan(Rules{{sorted({{row.key, Direction::natural}})}}, {kOneA});
        CHECK(w.nodes() == std::vector<int>{row.first});
        w.plan(Rules{{sorted({{row.key, Direction::reversed}})}}, {kOneA});
        CHECK(w.nodes() == std::vector<int>{row.last});
    }
}

TEST_CASE("rules: the second sort decides among equals, then distance") {
    World w;
    w.network.nodes[3].rank = 1;
    w.network.nodes[0].load = 2;
    w.network.nodes[1].load = 1;
    w.network.nodes[2].load = 1;
    w.plan(Rules{{sorted({{SortKey::rank, Direction::natural}, {SortKey::load, Direction::natural}})}}, {kOneA});
    CHECK(w.nodes() == std::vector<int>{1});
}

TEST_CASE("rules: sort first prefers one node with everything, else takes in order what each has") {
    World w;
    w.plan(Rules{{named("near")}}, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{1, 1});
    w.plan(Rules{{named("near")}}, {kOneA, kOneC});
    CHECK(w.nodes() == std::vector<int>{0, 0});
    w.count(3, 2, 0);
    w.plan(Rules{{named("near")}}, {kOneA, kOneB, kOneC});
    CHECK(w.nodes() == std::vector<int>{0, 0, 1});
    w.plan(Rules{{named("near")}}, {{Sku(0), 5}});
    CHECK(w.nodes() == std::vector<int>{0, 1, 2, 3});
    CHECK(w.result.lines[3].quantity == 1);
}

TEST_CASE("rules: split limits of a strategy and of the request both hold") {
    World w;
    w.count(3, 2, 0);
    Strategy strategy = named("limited");
    strategy.max_nodes = 1;
    CHECK(w.plan(Rules{{strategy}}, {kOneB, kOneC}).outcome == PlanOutcome::split_limit);
    strategy.max_nodes = 2;
    CHECK(w.plan(Rules{{strategy}}, {kOneB, kOneC}).outcome == PlanOutcome::planned);
    CHECK(w.result.nodes == 2);
    w.request.max_nodes = 1;
    CHECK(w.plan(Rules{{strategy}}, {kOneB, kOneC}).outcome == PlanOutcome::split_limit);
}

TEST_CASE("rules: ship complete is one parcel or none, line complete one node per line, freely whatever is cheaper") {
    for (const Assign assign : {Assign::sort_first, Assign::least_cost}) {
        INFO(name_of(assign));
        World w;
        w.count(3, 2, 0);
        Strategy strategy = named("complete");
        strategy.assign = assign;
        strategy.completeness = Completeness::ship_complete;
        CHECK(w.plan(Rules{{strategy}}, {kOneB, kOneC}).outcome == PlanOutcome::split_limit);
        CHECK(w.plan(Rules{{strategy}}, {kOneA, kOneB}).outcome == PlanOutcome::planned);
        strategy.completeness = Completeness::may_split;
        strategy.lines = LineSplit::never;
        CHECK(w.plan(Rules{{strategy}}, {{Sku(0), 5}}).outcome != PlanOutcome::planned);
        CHECK(w.plan(Rules{{strategy}}, {kOneB, kOneC}).outcome == PlanOutcome::planned);
        strategy.lines = LineSplit::when_needed;
        CHECK(w.plan(Rules{{strategy}}, {{Sku(0), 5}}).outcome == PlanOutcome::planned);
        w.request.line_split = LineSplit::never;
        CHECK(w.plan(Rules{{strategy}}, {{Sku(0), 5}}).outcome != PlanOutcome::planned);
    }
    World w;
    w.network.nodes[3].unit_cost = 5000;
    Strategy strategy = named("free");
    strategy.assign = Assign::least_cost;
    w.plan(Rules{{strategy}}, {{Sku(0), 4}});
    CHECK(w.nodes() == std::vector<int>{3});
    strategy.lines = LineSplit::freely;
    w.plan(Rules{{strategy}}, {{Sku(0), 4}});
    CHECK(w.nodes() == std::vector<int>{0, 1, 2});
}

TEST_CASE("rules: a strategy that is not for the order, or finds nothing, gives way to the next") {
    World w;
    Strategy express = named("two hours");
    express.when.promise_below = hours(3);
    Strategy stores = filtered({.kind = FilterKind::within_km, .value = 10});
    stores.name = "stores near by";
    Strategy all = named("everywhere");
    w.request.promise = hours(24);
    w.plan(Rules{{express, stores, all}}, {{Sku(0), 4}});
    CHECK(w.nodes() == std::vector<int>{3});
    CHECK(w.result.strategy == 2);
    CHECK(w.result.pass == Pass::first);
    REQUIRE(w.why.attempts.size() == 3);
    CHECK(w.why.attempts[0].mismatch == Mismatch::promise);
    CHECK(w.why.attempts[1].nodes == 2);
    CHECK(w.why.attempts[2].result == Explanation::Attempt::Result::planned);
    w.request.promise = hours(2);
    w.plan(Rules{{express, stores, all}}, {kOneA});
    CHECK(w.result.strategy == 0);
}

TEST_CASE("rules: no strategy for the order is an outcome of its own") {
    World w;
    Strategy strategy = named("app only");
    strategy.when.channels = 2;
    CHECK(w.plan(Rules{{strategy}}, {kOneA}).outcome == PlanOutcome::no_strategy);
    CHECK(w.reasons() == std::vector<Rejection>(4, Rejection::no_strategy));
    CHECK(w.plan(Rules{}, {kOneA}).outcome == PlanOutcome::no_strategy);
}

TEST_CASE("rules: the second pass drops soft filters and keeps hard ones, after every strategy had its first") {
    World w;
    Strategy near_by = named("near by");
    near_by.filters = {{.kind = FilterKind::within_km, .strength = Strength::soft, .value = 10},
                       {.kind = FilterKind::load_below, .strength = Strength::hard, .value = 500}};
    w.network.nodes[0].load = w.network.nodes[1].load = 900;
    w.plan(Rules{{near_by}}, {kOneA});
    CHECK(w.nodes() == std::vector<int>{2});
    CHECK(w.result.pass == Pass::second);
    w.plan(Rules{{near_by, named("anywhere")}}, {kOneA});
    CHECK(w.nodes() == std::vector<int>{0});
    CHECK(w.result.strategy == 1);
    CHECK(w.result.pass == Pass::first);
}

TEST_CASE("rules: a strategy ends in the optimiser, which weighs parcels where sort first does not") {
    World w;
    Strategy strategy = named("optimal");
    strategy.assign = Assign::least_cost;
    w.plan(Rules{{strategy}}, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{2, 2});
    CHECK(w.result.lower_bound == w.result.terms.total());
    strategy.filters = {{.kind = FilterKind::node_group, .groups = 1}};
    w.network.nodes[0].groups = w.network.nodes[1].groups = 1;
    w.plan(Rules{{strategy}}, {kOneA, kOneB});
    CHECK(w.nodes() == std::vector<int>{1, 1});
}

TEST_CASE("rules: the explanation names strategies, filters and who comes later") {
    World w;
    Strategy app = named("app");
    app.when.channels = 2;
    Strategy near_by = filtered({.kind = FilterKind::within_km, .value = 20});
    near_by.name = "near by";
    w.plan(Rules{{app, near_by}}, {kOneB});
    CHECK(w.why.text() ==
          "planned by rules: 1 parcel, weighs 1020 = fixed 1000 + distance 10 + units 10\n"
          "strategy 1 \"app\": not for this order (channel)\n"
          "strategy 2 \"near by\": 2 nodes pass, planned\n"
          "next best: node 2, weighs 130, 890 less\n"
          "node     km  units        cost  why\n"
          "   0      5      0           0  not enough stock\n"
          "   1     10      1        1020  in the plan\n"
          "   2     20      1         130  comes later in the strategy's order\n"
          "   3     40      1        1050  farther than 20 km\n");
}
