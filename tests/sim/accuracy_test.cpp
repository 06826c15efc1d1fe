// Truth and record part, and meet again.
#include <cmath>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// Nobody comes: 40 SKUs, 50 of each, ten hours.
model::Scenario quiet_shop() {
    return small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 40}\nstock: !replace [{each: 50}]\n"
        "demand: {streams: {all: {rate: 0/min}}}\n");
}

// Twenty SKUs in a store whose shoppers take what they want; the core hears of it an hour later.
model::Scenario late_till() {
    return small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 50}]\n"
        "network: {nodes: !replace {shop: {kind: store, lat: 52, lon: 19}}}\nchannels: !replace {pos: {kind: pos}}\n"
        "design: {channels: !replace {pos: {reservation: none, decides_on: shelf}}, edges: {t: {from: pos, kind: push, latency: "
        "1h}}}\n");
}

bool near(double value, double expected, double deviations, double sigma) {
    return std::abs(value - expected) <= deviations * sigma;
}

}  // namespace

TEST_CASE("accuracy: without mishaps the record is right at the end, sales under way aside") {
    const model::Scenario scenario = late_till();
    const model::RunRecord record = run_watched(scenario);
    REQUIRE(record.kpi().units_accepted() > 300);
    CHECK(record.kpi().record_excess_units() == 0);
    CHECK(record.kpi().record_shortage_units() == 0);
    CHECK(record.nodes(0).record_end() == record.nodes(0).stock_end());
}

TEST_CASE("accuracy: at the start, units are missing and unrecorded as often as said") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 1h}\ncatalogue: {skus: 3000}\nstock: !replace [{each: 5}]\ndemand: {streams: {all: {rate: 0/min}}}\n");
    scenario.accuracy.missing_mean = 0.5;
    scenario.accuracy.unrecorded_mean = 0.3;
    const model::RunRecord record = run(scenario, 1);
    CHECK(record.nodes(0).record_end() == 15'000);
    CHECK(record.balance().stock_start() == record.nodes(0).stock_start());
    // E[max(0, 5 + U - V)] is 4.8 and a little; the variance 0.8 each.
    CHECK(near(static_cast<double>(record.balance().stock_start()), 14'400, 4, std::sqrt(3000 * 0.8)));
    const model::Kpi& kpi = record.kpi();
    CHECK(kpi.record_excess_units() - kpi.record_shortage_units() == 15'000 - record.balance().stock_end());
    // Skellam: P(U > V) is 0.192, E[(U - V)+] 0.227.
    CHECK(near(static_cast<double>(kpi.record_shortage_units()), 3000 * 0.227, 4, 30));

    scenario.accuracy.wrong_cells = 0.1;
    const model::RunRecord few = run(scenario, 1);
    CHECK(few.kpi().record_shortage_units() < kpi.record_shortage_units() / 4);
    CHECK(few.kpi().record_shortage_units() > 0);
}

TEST_CASE("accuracy: each unit on record is missing with the probability given") {
    model::Scenario scenario = quiet_shop();
    scenario.accuracy.missing_units = 0.1;
    const model::RunRecord record = run_watched(scenario);
    CHECK(near(static_cast<double>(record.kpi().record_excess_units()), 200, 4, std::sqrt(2000 * 0.09)));
    CHECK(record.kpi().record_shortage_units() == 0);
    CHECK(record.balance().stock_start() == 2000 - record.kpi().record_excess_units());
}

TEST_CASE("accuracy: only the nodes that are named are inaccurate") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 1h}\ncatalogue: {skus: 50}\nstock: !replace [{each: 20}]\ndemand: {streams: {all: {rate: 0/min}}}\n"
        "network: {nodes: {far: {kind: store, lat: 50, lon: 20}}}\n");
    scenario.accuracy.missing_units = 0.2;
    scenario.accuracy.nodes = {NodeId(1)};
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.nodes(0).stock_start() == 1000);
    CHECK(record.nodes(1).stock_start() < 900);
}

TEST_CASE("accuracy: shrunk units are gone, and the record does not know") {
    model::Scenario scenario = quiet_shop();
    scenario.accuracy.shrink = 1.0 / 3600;
    const model::RunRecord record = run_watched(scenario);
    // One an hour in each of 40 cells, for ten hours.
    CHECK(near(static_cast<double>(record.balance().stock_shrunk()), 400, 4, 20));
    CHECK(record.balance().stock_aside() == 0);
    CHECK(record.kpi().record_excess_units() == record.balance().stock_shrunk());
    CHECK(record.nodes(0).record_end() == 2000);
}

TEST_CASE("accuracy: what shrinks before it is sold is a share of the stock: the shrinkage of a sold-out SKU") {
    // Each unit of a SKU goes to shrink with probability rate / (rate + demand).
    model::Scenario scenario = small_shop(
        "run: {horizon: 30h, drain: 10d}\ncatalogue: {skus: 300}\nstock: !replace [{each: 10}]\n"
        "demand: {streams: {all: {rate: 300/min}}}\n");
    scenario.accuracy.shrink = 1.0 / 240;
    const model::RunRecord record = run(scenario, 1);
    CHECK(near(static_cast<double>(record.balance().stock_shrunk()), 600, 4, std::sqrt(3000 * 0.16)));
    CHECK(record.balance().stock_end() == 0);
    CHECK(record.kpi().cancelled_orders() > 0);
}

TEST_CASE("accuracy: a unit that vanishes behind a promise is cancelled, not oversold") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 30}\nstock: !replace [{each: 1}]\n"
        "network: {nodes: {dc: {pick: {workers: 0, service: 100h}}}}\ndemand: {streams: {all: {rate: 10/min, until: 1h}}}\n");
    scenario.accuracy.shrink = 1.0 / 36'000;
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().units_accepted() > 25);
    CHECK(record.kpi().oversold_units() == 0);
    CHECK(record.kpi().cancelled_units() == record.balance().stock_shrunk());
    CHECK(record.kpi().cancelled_units() > 5);
    CHECK(record.kpi().oversold_rescued_units() == 0);
}

TEST_CASE("accuracy: a promise whose unit vanished moves on to another") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 30}\nstock: !replace [{each: 1}]\n"
        "network: {nodes: {dc: {pick: {workers: 0, service: 100h}}, far: {kind: warehouse, lat: 50, lon: 20}}}\n"
        "demand: {streams: !replace {all: {exactly: 30, until: 1min}}}\n");
    scenario.accuracy.shrink = 1.0 / 36'000;
    scenario.accuracy.nodes = {NodeId(0)};
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().failed_picks() > 5);
    CHECK(record.kpi().oversold_units() == 0);
    CHECK(record.nodes(1).units_shipped() >= record.kpi().failed_picks() - record.kpi().cancelled_units());
    CHECK(record.kpi().cancelled_units() < record.kpi().failed_picks());
}

TEST_CASE("accuracy: a promise that moved on to another node's last unit leaves nothing there for the next") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 1}\nstock: !replace [{each: 1}]\n"
        "network: {nodes: {dc: {pick: {workers: 0, service: 100h}}, far: {kind: warehouse, lat: 50, lon: 20}}}\n"
        "demand: {streams: !replace {first: {exactly: 1, until: 1s}, second: {exactly: 1, from: 5h, until: 6h}}}\n");
    CHECK(run_watched(scenario).kpi().oversold_units() == 0);
    scenario.accuracy.shrink = 1.0 / 60;
    scenario.accuracy.nodes = {NodeId(0)};
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().units_accepted() == 2);
    CHECK(record.kpi().oversold_units() == 1);
    CHECK(record.kpi().cancelled_units() == 1);
}

TEST_CASE("accuracy: damaged units lie aside for good; misplaced ones are found at the next count") {
    for (const bool damaged : {true, false}) {
        INFO((damaged ? "damage" : "misplacement"));
        model::Scenario scenario = quiet_shop();
        (damaged ? scenario.accuracy.damage : scenario.accuracy.misplacement) = 1.0 / 3600;
        const model::RunRecord uncounted = run_watched(scenario);
        const std::uint64_t all = uncounted.balance().stock_aside();
        CHECK(near(static_cast<double>(all), 400, 4, 20));
        CHECK(uncounted.balance().stock_shrunk() == 0);
        CHECK(uncounted.kpi().record_excess_units() == all);

        scenario.accuracy.count_every = hours(100);
        scenario.accuracy.count_phase = hours(5);
        const model::RunRecord counted = run_watched(scenario);
        const std::uint64_t since = counted.kpi().record_excess_units();
        CHECK(near(static_cast<double>(since), static_cast<double>(all) / 2, 4, 14));
        CHECK(counted.balance().stock_aside() == (damaged ? all : since));
        CHECK(counted.kpi().counted_units() == (damaged ? all - since : 0));
    }
}

TEST_CASE("counts: a count while sales are under way makes the record short when they arrive") {
    model::Scenario scenario = late_till();
    scenario.accuracy.count_every = hours(100);
    scenario.accuracy.count_phase = hours(5);
    const model::RunRecord record = run_watched(scenario);
    // A shopper a minute, an hour late: some sixty units are sold and not yet told when the count comes.
    CHECK(record.kpi().record_excess_units() == 0);
    CHECK(near(static_cast<double>(record.kpi().record_shortage_units()), 60, 4, 8));
    CHECK(record.kpi().counted_units() == record.kpi().record_shortage_units());
}

TEST_CASE("counts: what shoppers carry about stands in the store, and is counted") {
    model::Scenario scenario = late_till();
    scenario.design.edges[0].latency = model::constant(Duration{0});
    scenario.personas[0].cart_time = model::constant(minutes(30));
    scenario.accuracy.count_every = hours(100);
    scenario.accuracy.count_phase = hours(5);
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().counted_units() == 0);
    CHECK(record.kpi().record_shortage_units() == 0);
}

TEST_CASE("counts: each node at a phase of its own, again and again, also in the drain") {
    model::Scenario scenario = quiet_shop();
    scenario.accuracy.shrink = 1.0 / 3600;
    scenario.accuracy.count_every = hours(1);
    scenario.accuracy.random_count_phase = true;
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().counted_units() + record.kpi().record_excess_units() == record.balance().stock_shrunk());
    CHECK(record.kpi().record_excess_units() < 80);
}

TEST_CASE("counts: who miscounts is one off, either way") {
    model::Scenario scenario = quiet_shop();
    scenario.accuracy.count_every = hours(100);
    scenario.accuracy.miscount = 0.5;
    const model::RunRecord record = run_watched(scenario);
    const model::Kpi& kpi = record.kpi();
    CHECK(near(static_cast<double>(kpi.counted_units()), 20, 4, std::sqrt(10)));
    CHECK(kpi.record_excess_units() + kpi.record_shortage_units() == kpi.counted_units());
    CHECK(kpi.record_excess_units() > 2);
    CHECK(kpi.record_shortage_units() > 2);
}

TEST_CASE("counts: a lost sale is found at the next count") {
    model::Scenario scenario = late_till();
    scenario.design.edges[0].loss = 0.5;
    const model::RunRecord lossy = run_watched(scenario);
    CHECK(lossy.kpi().record_excess_units() > 100);
    scenario.accuracy.count_every = hours(100);
    scenario.accuracy.count_phase = hours(10) - seconds(1);
    const model::RunRecord counted = run_watched(scenario);
    CHECK(counted.kpi().record_excess_units() == 0);
}

TEST_CASE("tills: a wrong scan makes two SKUs wrong, one each way") {
    model::Scenario scenario = late_till();
    scenario.accuracy.misscan = 0.2;
    const model::RunRecord record = run_watched(scenario);
    const model::Kpi& kpi = record.kpi();
    REQUIRE(kpi.units_accepted() > 300);
    CHECK(kpi.record_excess_units() == kpi.record_shortage_units());
    CHECK(kpi.record_excess_units() > 10);
    CHECK(kpi.record_excess_units() < kpi.units_accepted() / 5);
}

TEST_CASE("picks: a failed pick corrects the record, or it goes on failing") {
    model::Scenario scenario =
        small_shop("run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 5}]\n");
    scenario.accuracy.missing_units = 0.3;
    const model::RunRecord corrected = run_watched(scenario);
    CHECK(corrected.kpi().failed_picks() > 5);
    CHECK(corrected.kpi().failed_picks() <= 20);  // one per SKU: then the record knows
    CHECK(corrected.kpi().record_excess_units() == 0);

    scenario.accuracy.failed_pick = model::Accuracy::FailedPick::keeps_record;
    const model::RunRecord kept = run_watched(scenario);
    CHECK(kept.kpi().failed_picks() > 100);
    CHECK(kept.kpi().cancelled_units() == kept.kpi().failed_picks());
    CHECK(kept.kpi().record_excess_units() == 100 - kept.balance().stock_start());
    CHECK(kept.kpi().counted_units() == 0);
}

TEST_CASE("picks: an overlooked unit is written off, until the next count finds it") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 50}]\n"
        "demand: {streams: {all: {rate: 1/min, until: 9h}}}\n");
    scenario.accuracy.pick_miss = 0.05;
    const model::RunRecord missed = run_watched(scenario);
    CHECK(missed.kpi().failed_picks() > 5);
    CHECK(missed.kpi().cancelled_with_stock_units() == missed.kpi().cancelled_units());
    CHECK(missed.kpi().oversold_units() == 0);
    CHECK(missed.kpi().record_shortage_units() > 100);
    CHECK(missed.kpi().undersold_units() > 100);
    std::uint64_t phantom = 0;
    for (const model::CauseCount& count : missed.kpi().undersold_causes())
        if (count.cause() == "phantom_shortage") phantom = count.units();
    CHECK(phantom == missed.kpi().undersold_units());

    scenario.accuracy.count_every = hours(100);
    scenario.accuracy.count_phase = minutes(599);
    CHECK(run_watched(scenario).kpi().record_shortage_units() == 0);
}

TEST_CASE("returns: booked late, twice or elsewhere, until a count puts it right") {
    const std::string yaml =
        "run: {horizon: 20h, drain: 10d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 100}]\n"
        "network: {nodes: {far: {kind: store, lat: 50, lon: 20, ships: false}}}\n"
        "demand: {streams: {all: {rate: 1/min, until: 10h}}}\n"
        "personas: {anyone: {return_rate: 50%, return_delay: 1h}}\n";
    model::Scenario scenario = small_shop(yaml);
    const model::RunRecord right = run_watched(scenario);
    REQUIRE(right.kpi().returned_units() > 200);
    CHECK(right.kpi().record_excess_units() + right.kpi().record_shortage_units() == 0);
    const std::uint64_t returned = right.kpi().returned_units();

    SECTION("late") {
        scenario.accuracy.return_late = 1;
        scenario.accuracy.return_late_by = model::constant(hours(100));
        const model::RunRecord late = run_watched(scenario);
        CHECK(late.kpi().record_shortage_units() == late.kpi().returned_units());
        CHECK(late.kpi().returned_units() == returned);
        scenario.accuracy.return_late_by = model::constant(hours(5));
        CHECK(run_watched(scenario).kpi().record_shortage_units() == 0);
        // Counted while the news is under way: booked twice in the end.
        scenario.accuracy.count_every = hours(100);
        scenario.accuracy.count_phase = hours(8);
        CHECK(run_watched(scenario).kpi().record_excess_units() > 50);
    }
    SECTION("twice") {
        scenario.accuracy.return_twice = 1;
        CHECK(run_watched(scenario).kpi().record_excess_units() == returned);
        scenario.accuracy.count_every = hours(100);
        scenario.accuracy.count_phase = hours(19);
        const model::RunRecord counted = run_watched(scenario);
        CHECK(counted.kpi().record_excess_units() == 0);
        CHECK(counted.kpi().counted_units() == returned);
    }
    SECTION("elsewhere") {
        scenario.accuracy.return_elsewhere = 1;
        const model::RunRecord elsewhere = run_watched(scenario);
        CHECK(elsewhere.kpi().record_excess_units() == returned);
        CHECK(elsewhere.kpi().record_shortage_units() == returned);
        CHECK(elsewhere.nodes(1).stock_end() == 2000);
        CHECK(elsewhere.nodes(1).record_end() == 2000 + returned);
    }
}

TEST_CASE("accuracy: what stands on a wrong record is oversold for it") {
    model::Scenario scenario =
        small_shop("run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 5}]\n");
    scenario.accuracy.missing_units = 0.3;
    const model::RunRecord record = run_watched(scenario);
    REQUIRE(record.kpi().oversold_units() > 0);
    for (const model::CauseCount& count : record.kpi().oversold_causes())
        CHECK(count.units() == (count.cause() == "phantom_stock" ? record.kpi().oversold_units() : 0));
}

TEST_CASE("counts: returns that were booked wrongly mislead nobody after the next count") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 30h, drain: 10d}\ncatalogue: {skus: 20}\nstock: !replace [{each: 40}]\n"
        "demand: {streams: {all: {rate: 1/min, until: 5h}, rush: {rate: 10/min, from: 21h}}}\n"
        "personas: {anyone: {return_rate: 50%, return_delay: 1h}}\n");
    scenario.accuracy.return_twice = 1;
    scenario.accuracy.count_every = hours(100);
    scenario.accuracy.count_phase = hours(20);
    scenario.accuracy.miscount = 1;  // then the record is wrong for another reason
    const model::RunRecord record = run_watched(scenario);
    std::uint64_t phantom = 0;
    for (const model::CauseCount& count : record.kpi().oversold_causes())
        if (count.cause() == "phantom_stock") phantom = count.units();
    CHECK(phantom > 0);
}

TEST_CASE("accuracy: the same shoppers come, whatever is wrong") {
    model::Scenario scenario = load("smoke");
    const std::string before = run(scenario, 3).identity().shoppers_fingerprint();
    scenario.accuracy.missing_mean = 0.5;
    scenario.accuracy.misscan = scenario.accuracy.pick_miss = 0.1;
    scenario.accuracy.shrink = scenario.accuracy.misplacement = 0.1 / 3600;
    scenario.accuracy.count_every = hours(3);
    const model::RunRecord record = run_watched(scenario, 3);
    CHECK(record.identity().shoppers_fingerprint() == before);
    CHECK(record.balance().stock_shrunk() > 0);
}

}  // namespace lastunit::sim_tests
