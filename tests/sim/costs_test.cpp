// What a run costs, term by term.
#include <cmath>

#include "tests/sim/parts.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

std::int64_t sum(const google::protobuf::RepeatedPtrField<model::CostCount>& terms) {
    std::int64_t all = 0;
    for (const model::CostCount& count : terms) all += count.cost();
    return all;
}

// One SKU in each of two warehouses, so that an order of both is two parcels.
constexpr const char* kApart =
    "run: {horizon: 1d, drain: 10d}\n"
    "catalogue: !replace {items: {left: {price: 50 PLN}, right: {price: 70 PLN}, both: {bundle: {left: 1, right: 1}}}}\n"
    "stock: !replace [{nodes: [dc], skus: [left], each: 20}, {nodes: [other], skus: [right], each: 20}]\n"
    "network: {nodes: {dc: {parcel_cost: 10 PLN, unit_cost: 0.50 PLN}, other: {kind: warehouse, lat: 52, lon: 19, parcel_cost: "
    "12 PLN}}}\n"
    "costs: {pick_line: 1 PLN, pack_parcel: 2 PLN}\n"
    "demand: {streams: !replace {all: {exactly: 3, skus: [both]}}}\n";

}  // namespace

TEST_CASE("costs: the first parcel of an order is its shipping, the others are what splitting it costs") {
    const model::RunRecord record = run_watched(small_shop(kApart));
    const model::Kpi& kpi = record.kpi();
    REQUIRE(kpi.orders_accepted() == 3);
    CHECK(cost(kpi.cost_terms(), "pick") == 3 * 2 * 100);
    CHECK(cost(kpi.cost_terms(), "pack") == 3 * 2 * 200);
    CHECK(cost(kpi.cost_terms(), "handling") == 3 * 50);
    CHECK(cost(kpi.cost_terms(), "ship") + cost(kpi.cost_terms(), "split") == 3 * (1000 + 1200));
    CHECK(cost(kpi.cost_terms(), "ship") >= 3 * 1000);
    CHECK(cost(kpi.cost_terms(), "split") >= 3 * 1000);
    CHECK(sum(kpi.cost_terms()) == kpi.total_cost());
    CHECK(kpi.shipments_per_order() == 2);
    CHECK(kpi.split_rate() == 1);
    CHECK(record.nodes(1).total_cost() == 3 * (100 + 200 + 1200));
}

TEST_CASE("costs: an order of which a part was fetched before the rest was sent counts among those with a parcel") {
    // Half of the store's picks fail, and what is missing comes from the warehouse an hour later.
    const model::RunRecord record = run_watched(small_shop(
        "run: {horizon: 2d, drain: 10d}\n"
        "catalogue: !replace {items: {left: {price: 50 PLN}, right: {price: 70 PLN}, both: {bundle: {left: 1, right: 1}}}}\n"
        "network: {nodes: {dc: {pick: {service: 1h}}, store: {kind: store, lat: 52, lon: 19, ships: false, hands_over: true}}}\n"
        "channels: {web: {methods: {pickup: 100%}}}\nstock: !replace [{skus: [left, right], each: 100}]\n"
        "accuracy: {kinds: [store], pick_miss: 50%, failed_pick: keeps_record}\n"
        "design: {pickup_becomes_ship: true}\ndemand: {streams: !replace {all: {exactly: 40, skus: [both]}}}\n"));
    CHECK(record.kpi().handed_over_units() > 10);
    CHECK(record.kpi().parcels() > 10);
    CHECK(record.kpi().shipments_per_order() >= 1);
    CHECK(record.kpi().shipments_per_order() <= 2);
}

TEST_CASE("costs: people are paid for the shifts of the horizon, with work or without") {
    const std::string shop =
        "run: {start_of_day: 06:00, horizon: 1d, drain: 10d}\ncosts: {wage: 30 PLN, pick_line: 1 PLN}\n"
        "network: {nodes: {dc: {shifts: {open: 08:00, close: 16:00}, pick: {workers: 2, service: 1min}, pack: {workers: 1}}}}\n"
        "stock: !replace [{each: 100}]\n";
    const model::RunRecord idle = run_watched(small_shop(shop + "demand: {streams: !replace {all: {exactly: 0}}}\n"));
    const model::RunRecord busy = run_watched(small_shop(shop + "demand: {streams: !replace {all: {exactly: 9}}}\n"));
    for (const model::RunRecord* record : {&idle, &busy}) {
        // What is left at the end is worked off, and that time alone is paid.
        const double later_h = record->nodes(0).worked_off_s() / 3600;
        CHECK(later_h < 0.2);
        CHECK(record->kpi().labour_h() == Approx(24 + later_h));
        CHECK(cost(record->kpi().cost_terms(), "labour") == std::llround((24 + later_h) * 3000));
        CHECK(cost(record->nodes(0).cost_terms(), "labour") == cost(record->kpi().cost_terms(), "labour"));
    }
    CHECK(cost(busy.channels(0).kpi().cost_terms(), "labour") == 0);  // nobody's order caused it
    CHECK(busy.kpi().total_cost() == cost(busy.kpi().cost_terms(), "labour") + 9 * 100);
    CHECK(busy.nodes(0).worked_off_s() > 0);
    CHECK(idle.nodes(0).worked_off_s() == 0);
}

TEST_CASE("costs: a station's own workers are paid for what they finish after their shift, at the scenario's wage") {
    // Picked from 15:30 on, half an hour of it beyond the shift; the team has wages of its own, and nothing to do.
    for (const char* team : {"", ", team: {workers: 1, wage: 60 PLN, overtime_wage: 100 PLN}"}) {
        const model::RunRecord record =
            run_watched(small_shop("run: {start_of_day: 06:00, horizon: 1d, drain: 10d}\ncosts: {wage: 30 PLN}\n"
                                   "network: {nodes: {dc: {shifts: {open: 08:00, close: 16:00}, pick: {workers: 1, service: 1h}" +
                                   std::string(team) +
                                   "}}}\nstock: !replace [{each: 100}]\n"
                                   "demand: {streams: !replace {all: {exactly: 1, from: 9h30min, until: 9h30min1s}}}\n"));
        CHECK(record.kpi().overtime_h() == Approx(0.5).margin(0.001));
        CHECK(record.nodes(0).overtime_h() == Approx(record.nodes(0).overtime_s() / 3600));
        CHECK(cost(record.kpi().cost_terms(), "overtime") == Approx(4500 / 2).margin(2));
    }
}

TEST_CASE("costs: stock is held at what it cost, for the horizon") {
    // 100 units of 100 PLN that cost 60 % of it, for 73 days of a year of 365 at 20 %: 240 PLN.
    const model::RunRecord record =
        run_watched(small_shop("run: {horizon: 73d, drain: 1d, sample_every: 1d}\ncosts: {holding: 20%, cost_of_goods: 60%}\n"
                               "catalogue: !replace {items: {one: {price: 100 PLN}}}\nstock: !replace [{each: 100}]\n"
                               "demand: {streams: !replace {all: {exactly: 0}}}\n"));
    CHECK(cost(record.kpi().cost_terms(), "holding") == 24'000);
    CHECK(record.kpi().total_cost() == 24'000);
    // Half of the units leave half-way; what is picked lies on no shelf any more.
    const model::RunRecord sold =
        run_watched(small_shop("run: {horizon: 73d, drain: 1d, sample_every: 1h}\ncosts: {holding: 20%, cost_of_goods: 60%}\n"
                               "catalogue: !replace {items: {one: {price: 100 PLN}}}\nstock: !replace [{each: 100}]\n"
                               "demand: {streams: !replace {all: {from: 36d, until: 37d, exactly: 50}}}\n"));
    CHECK(cost(sold.kpi().cost_terms(), "holding") == Approx(18'000).epsilon(0.01));
}

TEST_CASE("costs: what is unsold is marked down by its age, first in, first out") {
    // Forty days old at the start; ten of the fifteen are sold.
    const std::string shop =
        "run: {horizon: 1d, drain: 1d, sample_every: 1h}\ncatalogue: !replace {items: {one: {price: 100 PLN}}}\n"
        "stock: !replace [{each: 15}]\ndemand: {streams: !replace {all: {exactly: 10}}}\n"
        "costs: {age_at_start: 40d, unsold: [{older_than: 90d, off: 50%}, {older_than: 30d, off: 20%}]}\n";
    const model::RunRecord record = run_watched(small_shop(shop));
    CHECK(cost(record.kpi().cost_terms(), "markdown") == 5 * 2'000);
    CHECK(cost(record.nodes(0).cost_terms(), "markdown") == 5 * 2'000);
    CHECK(record.kpi().stock_age_s().p50() > 40 * 86'400);
    // What is ordered again when a unit leaves is new: the ten that were sold are replaced, five are old.
    const std::string again = "replenishment: [{policy: base_stock, lead_time: 1h}]\n";
    CHECK(cost(run_watched(small_shop(shop + again)).kpi().cost_terms(), "markdown") == 5 * 2'000);
}

TEST_CASE("costs: a warm-up is paid for by nobody") {
    const std::string shop =
        "run: {horizon: 2d, drain: 10d, warm_up: 1d}\ncosts: {wage: 30 PLN, pick_line: 1 PLN, holding: 10%}\n"
        "network: {nodes: {dc: {pick: {workers: 1, service: 1min}}}}\nstock: !replace [{each: 100}]\n";
    const model::RunRecord record =
        run_watched(small_shop(shop + "demand: {streams: !replace {all: {from: 1h, until: 10h, exactly: 9}}}\n"));
    CHECK(record.kpi().labour_h() == 24);
    CHECK(cost(record.kpi().cost_terms(), "pick") == 0);
    CHECK(cost(record.nodes(0).cost_terms(), "pick") == 0);
}

TEST_CASE("costs: a year scales the orders' costs by the orders, those of stock by time, and adds what runs the design") {
    const std::string shop =
        "run: {horizon: 2d, drain: 10d, sample_every: 1h}\ncosts: {pick_line: 1 PLN, holding: 36.5%, cost_of_goods: 100%, "
        "orders_per_year: 900}\ncatalogue: !replace {items: {one: {price: 100 PLN}}}\nstock: !replace [{each: 100}]\n"
        "design: {name: mine, running_costs: {licences: 1000 PLN}}\n"
        "running_costs: {mine: {operations: 500 PLN}, others: {operations: 9000 PLN}}\n"
        "demand: {streams: !replace {all: {exactly: 9}}}\n";
    const model::RunRecord record = run_watched(small_shop(shop));
    REQUIRE(record.kpi().orders_accepted() == 9);
    CHECK(record.year().orders() == 900);
    CHECK(record.year().orders_stated());
    CHECK(cost(record.year().terms(), "pick") == 900 * 100);
    const std::int64_t held = cost(record.kpi().cost_terms(), "holding");
    CHECK(static_cast<double>(cost(record.year().terms(), "holding")) == Approx(static_cast<double>(held) * 182.5));
    REQUIRE(record.year().running_size() == 2);
    CHECK(record.year().running(0).name() == "licences");
    CHECK(record.year().running(1).cost() == 50'000);
    CHECK(record.year().total_cost() == sum(record.year().terms()) + 150'000);
    CHECK(record.kpi().cost_per_year() == record.year().total_cost());
}

TEST_CASE("costs: from less than a day no year is concluded, unless its orders are stated") {
    const std::string shop = "run: {horizon: 1h, drain: 10d}\ncosts: {pick_line: 1 PLN";
    const std::string demand = "}\ndemand: {streams: !replace {all: {exactly: 9}}}\n";
    CHECK_FALSE(run_watched(small_shop(shop + demand)).has_year());
    CHECK(run_watched(small_shop(shop + ", orders_per_year: 100" + demand)).kpi().cost_per_year() == 100 * 100);
}

TEST_CASE("costs: the kilometres of parcels are those from their node") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 1h, drain: 10d}\nnetwork: {places: {town: {lat: 53, lon: 19}}, nodes: {dc: {lat: 52, lon: 19}}}\n"
        "stock: !replace [{each: 100}]\ndemand: {streams: !replace {all: {exactly: 4}}}\n");
    const model::RunRecord record = run_watched(scenario);
    REQUIRE(record.kpi().parcels() == 4);
    CHECK(record.kpi().parcel_km() == 111);  // a degree of latitude
    CHECK(record.kpi().total_km() == 444);
    CHECK(record.nodes(0).parcel_km() == 111);
}

TEST_CASE("walk-ins: a sale is lost to online orders while units that pickers took are not yet blamed") {
    model::Scenario scenario = shop("");
    scenario.network.nodes[kStore.value].ships = true;
    Parts parts(scenario);
    const auto lost = [&](Quantity units, Quantity besides = 0) {
        return parts.walk_ins.lost_to_orders(kStore, kFirst, units, besides);
    };
    CHECK_FALSE(lost(1));  // ten lie there
    parts.world.truth.take_from_shelf(kStore, kFirst, 10);
    CHECK_FALSE(lost(1));  // walk-ins took them
    parts.walk_ins.picked_for_order(kStore, kFirst, 3);
    CHECK_FALSE(lost(4));
    CHECK(lost(2));
    CHECK_FALSE(lost(2));  // one is left to be blamed
    CHECK(lost(1));
    CHECK_FALSE(lost(1));
    CHECK(parts.walk_ins.lost_units(kStore) == 3);
    parts.walk_ins.picked_for_order(kStore, kFirst, 1);
    parts.world.truth.put_on_shelf(kStore, kFirst, 1);
    CHECK_FALSE(lost(1));  // one lies there
    CHECK(lost(1, 1));     // ... and the same shopper has taken it
    CHECK_FALSE(parts.walk_ins.lost_to_orders(kStore, kSecond, 1, 0));
    parts.walk_ins.picked_for_order(kDc, kSecond, 5);  // nobody walks into a warehouse
    CHECK(parts.walk_ins.lost_units(kDc) == 0);
}

TEST_CASE("walk-ins: what online orders empty, walk-in shoppers miss") {
    const std::string shop =
        "run: {horizon: 2d, drain: 10d}\ncatalogue: !replace {items: {one: {price: 40 PLN}}}\n"
        "network: {nodes: !replace {store: {kind: store, lat: 52, lon: 19, ships: true}}}\nstock: !replace [{each: 5}]\n"
        "channels: {pos: {kind: pos}}\n"
        "design: {channels: {web: {reservation: none, decides_on: core}, pos: {reservation: none, decides_on: shelf}}}\n"
        "demand: {streams: !replace {online: {channel: web, until: 1d, exactly: ";
    const std::string rest = "}, walk_in: {channel: pos, from: 1d, until: 2d, exactly: 8}}}\n";
    const model::Kpi some = run_watched(small_shop(shop + "3" + rest)).kpi();
    CHECK(some.shipped_units() == 3);
    CHECK(some.refused_units() == 6);  // two of the eight find the rest
    CHECK(some.walk_ins_lost_units() == 3);
    CHECK(some.walk_ins_lost_value() == 3 * 4000);
    CHECK(run_watched(small_shop(shop + "0" + rest)).kpi().walk_ins_lost_units() == 0);
}

TEST_CASE("walk-ins: nobody misses what was picked and put back on the shelf") {
    const std::string store =
        "run: {horizon: 3d, drain: 10d, pickup_window: 10h}\ncatalogue: !replace {items: {one: {price: 40 PLN}}}\n"
        "network: {nodes: !replace {store: {kind: store, lat: 52, lon: 19, hands_over: true}}}\nstock: !replace [{each: 1}]\n"
        "channels: {web: {methods: {pickup: 100%}}, pos: {kind: pos}}\n"
        "design: {channels: {web: {reservation: none, decides_on: core}, pos: {reservation: none, decides_on: shelf}}, edges: "
        "{orders: {kind: push, from: web}}}\n"
        "demand: {streams: !replace {online: {channel: web, until: 1h, exactly: 1}, walk_in: {channel: pos, from: 1d, until: 2d, "
        "exactly: 2}}}\npersonas: {anyone: {collects: ";
    const model::RunRecord back = run_watched(small_shop(store + "0%}}\n"));
    CHECK(back.balance().units_uncollected() == 1);
    CHECK(back.kpi().refused_units() == 1);
    CHECK(back.kpi().walk_ins_lost_units() == 0);
    const model::RunRecord gone = run_watched(small_shop(store + "100%}}\n"));
    CHECK(gone.kpi().refused_units() == 2);
    CHECK(gone.kpi().walk_ins_lost_units() == 1);
}

}  // namespace lastunit::sim_tests
