// The library's questions about fulfilment: what each of them is about shows in its figures, and the answers differ as
// docs/fulfilment.md says.
#include <catch2/catch.hpp>

#include "reports/balance.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {
namespace {

model::RunRecord answer(const std::string& scenario, const Settings& settings = {}) {
    const model::RunRecord record = run(load(scenario, settings), 1);
    INFO(scenario);
    CHECK(record.kpi().orders_accepted() > 1000);
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    return record;
}

const model::Kpi& channel(const model::RunRecord& record, const std::string& name) {
    for (const model::ChannelKpi& one : record.channels())
        if (one.name() == name) return one.kpi();
    FAIL("no channel " << name);
    return record.kpi();
}

const model::NodeKpi& node(const model::RunRecord& record, const std::string& name) {
    for (const model::NodeKpi& one : record.nodes())
        if (one.name() == name) return one;
    FAIL("no node " << name);
    return record.nodes(0);
}

std::uint64_t walked_out(const model::RunRecord& record) {
    std::uint64_t sum = 0;
    for (const model::NodeKpi& one : record.nodes()) sum += one.walked_out();
    return sum;
}

}  // namespace

TEST_CASE("planners: stores that send sell more online, cost more an order, and lose a little at the shelf") {
    const model::RunRecord central = answer("central-or-stores"), stores = answer("central-or-stores/stores");
    CHECK(central.identity().shoppers_fingerprint() == stores.identity().shoppers_fingerprint());
    CHECK(channel(stores, "web").lost_sales_units() < channel(central, "web").lost_sales_units() / 2);
    CHECK(channel(stores, "web").cost_per_order() > channel(central, "web").cost_per_order());
    CHECK(central.kpi().walk_ins_lost_units() == 0);
    CHECK(stores.kpi().walk_ins_lost_units() > 0);
    const model::RunRecord regional = answer("central-or-stores/regional");
    CHECK(regional.kpi().parcel_km() < central.kpi().parcel_km());
    CHECK(regional.kpi().split_rate() > 0);
    CHECK(regional.year().total_cost() > central.year().total_cost());
}

TEST_CASE("planners: waiting is cheaper and later than splitting, until an hour is worth more than a parcel") {
    const model::RunRecord split = answer("split-or-wait/split"), wait = answer("split-or-wait/wait");
    const model::RunRecord decline = answer("split-or-wait/decline");
    CHECK(split.kpi().shipments_per_order() > 1.3);
    CHECK(wait.kpi().shipments_per_order() == 1);
    CHECK(wait.kpi().gathered_parcels() > 1000);
    CHECK(wait.kpi().cost_per_order() < split.kpi().cost_per_order());
    CHECK(wait.kpi().order_to_door_s().mean() > split.kpi().order_to_door_s().mean() + 3600);
    CHECK(decline.kpi().declined_units() > 1000);
    CHECK(decline.kpi().revenue() < split.kpi().revenue());
    CHECK(answer("split-or-wait").kpi().gathered_parcels() == wait.kpi().gathered_parcels());
    CHECK(answer("split-or-wait", {{"design.split_policy.loss_per_hour", "1.20 PLN"}}).kpi().gathered_parcels() == 0);
}

TEST_CASE("planners: what stores keep is lost online and saved at the shelf") {
    const auto with = [](const char* units) {
        return answer("ship-from-store",
                      {{"design.protection", std::string("{rules: [{kinds: [store], units: ") + units + "}]}"}});
    };
    const model::RunRecord nothing = with("0"), two = with("2"), eight = with("8"), dc_only = answer("ship-from-store/dc-only");
    CHECK(nothing.kpi().walk_ins_lost_units() > two.kpi().walk_ins_lost_units());
    CHECK(two.kpi().walk_ins_lost_units() > eight.kpi().walk_ins_lost_units());
    CHECK(channel(nothing, "web").lost_sales_units() < channel(two, "web").lost_sales_units());
    CHECK(channel(two, "web").lost_sales_units() < channel(eight, "web").lost_sales_units());
    CHECK(channel(eight, "web").lost_sales_units() < channel(dc_only, "web").lost_sales_units());
}

TEST_CASE("planners: a team that serves shoppers first is late with pick-ups, and one that does not loses shoppers") {
    const model::RunRecord shoppers = answer("bopis-two-hours");
    const model::RunRecord fifo = answer("bopis-two-hours", {{"network.kinds.store.team.order", "fifo"}});
    const model::RunRecord exact = answer("bopis-two-hours", {{"accuracy", "null"}});
    CHECK(shoppers.kpi().ready_in_time_rate() > 0.75);
    CHECK(fifo.kpi().ready_in_time_rate() > shoppers.kpi().ready_in_time_rate() + 0.05);
    CHECK(walked_out(fifo) > 2 * walked_out(shoppers));
    CHECK(exact.kpi().failed_picks() < shoppers.kpi().failed_picks() / 10);
    CHECK(shoppers.balance().units_uncollected() > 100);
}

TEST_CASE("planners: returns take every path, and half of the people are days late") {
    const model::RunRecord home = answer("january-returns"), slow = answer("january-returns/slow"),
                           here = answer("january-returns/here");
    for (const model::CauseCount& path : home.kpi().returns_by_path()) CHECK(path.units() > 1000);
    CHECK(node(home, "dc-strykow").inspect_wait_s().p90() < 12 * 3600);
    CHECK(node(slow, "dc-strykow").inspect_wait_s().p50() > 48 * 3600);
    CHECK(slow.kpi().lost_sales_units() > home.kpi().lost_sales_units());
    CHECK(here.kpi().transferred_units() == 0);
    CHECK(here.kpi().lost_sales_units() < home.kpi().lost_sales_units());
}

TEST_CASE("planners: a strike leaves orders lying until the day after, fewer when the stores are taken out at once") {
    const model::RunRecord none = answer("store-strike/no-strike"), strike = answer("store-strike");
    const model::RunRecord unseen = answer("store-strike", {{"faults", "null"}});
    const model::RunRecord announced = answer("store-strike", {{"faults.stores-off.at", "24h"}});
    const auto wait_p99 = [](const model::RunRecord& record) { return node(record, "store-katowice").pick_wait_s().p99(); };
    CHECK(wait_p99(strike) > wait_p99(none));
    CHECK(node(strike, "store-katowice").served() < node(none, "store-katowice").served());
    CHECK(node(unseen, "store-katowice").backlog_peak() > node(strike, "store-katowice").backlog_peak());
    CHECK(node(announced, "dc-strykow").units_shipped() > node(none, "dc-strykow").units_shipped());
    CHECK(walked_out(strike) > walked_out(none) + 1000);
    CHECK(unseen.kpi().promise_kept_rate() < strike.kpi().promise_kept_rate());
    CHECK(strike.kpi().promise_kept_rate() < announced.kpi().promise_kept_rate());
}

TEST_CASE("planners: who orders after the last courier is not served the same day, and half of the couriers end at noon") {
    const model::RunRecord record = answer("same-day");
    CHECK(channel(record, "before-16").promise_kept_rate() > 0.8);
    CHECK(channel(record, "after-16").promise_kept_rate() < 0.3);
    const model::RunRecord few = answer("same-day", {{"network.carriers.courier.daily_parcels", "600"}});
    CHECK(channel(few, "before-16").promise_kept_rate() < 0.4);
    CHECK(channel(few, "before-noon").promise_kept_rate() > 0.6);
}

}  // namespace lastunit::sim_tests
