// People of a store who pick, pack and serve: whose turn it is, who is at work, and who does not wait.
#include <cmath>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// Walk-in shoppers and parcels of one store, whose people do both; exponential, a minute each.
std::string store_with(const std::string& team, const std::string& streams) {
    return "run: {horizon: 3000h, drain: 30d, sample_every: 10d}\ncatalogue: {skus: 1}\nstock: !replace [{each: 50000000}]\n"
           "network: {nodes: !replace {store: {kind: store, lat: 52, lon: 20, hands_over: true, pick: {service: "
           "exponential(1min)}, team: " +
           team + "}}}\nchannels: {till: {kind: pos}}\ndemand: {streams: !replace " + streams + "}\n";
}
const std::string kBoth = "{walk-in: {rate: 0.3/min, channel: till}, parcels: {rate: 0.3/min, channel: web}}";

struct Waits {
    double shoppers = 0, lines = 0;  // minutes
};
Waits waits(const std::string& order) {
    const model::RunRecord record =
        run(small_shop(store_with("{workers: 1, serve: exponential(1min), order: " + order + "}", kBoth)), 1);
    const model::NodeKpi& store = record.nodes(0);
    CHECK(store.served() > 50'000);
    CHECK(std::abs(store.pick_utilisation() - 0.6) < 0.01);
    return {store.serve_wait_s().mean() / 60, store.pick_wait_s().mean() / 60};
}

// Ten orders at midnight, an hour of work each.
std::string ten_orders(const std::string& node) {
    return "run: {horizon: 24h, drain: 10d, sample_every: 1h, start_of_day: \"00:00\"}\ncatalogue: {skus: 1}\nstock: !replace "
           "[{each: 1000}]\nnetwork: {nodes: !replace {store: {kind: store, lat: 52, lon: 20, pick: {service: 1h}, " +
           node + "}}}\ndemand: {streams: !replace {all: {exactly: 10, from: 0s, until: 1ms}}}\n";
}

std::vector<double> picked_at_h(const model::Scenario& scenario) {
    struct Picks : sim::Probe {
        std::string at;
        void line_picked(SimTime when, NodeId, Sku, Quantity, Quantity) override {
            at += std::to_string(when.seconds() / 3600) + " ";
        }
    };
    std::istringstream in(tests::in_child([&] {
        Picks picks;
        sim::RunOptions options;
        options.probe = &picks;
        sim::run(scenario, options);
        return picks.at;
    }));
    std::vector<double> out;
    for (double hour = 0; in >> hour;) out.push_back(std::round(hour * 1000) / 1000);
    return out;
}

}  // namespace

TEST_CASE("teams: serving first and picking then is a queue with two priorities") {
    // M/M/1 without preemption: R / (1 - s1), R / ((1 - s1)(1 - s2)) with R = 0.6 minutes, s1 = 0.3, s2 = 0.6.
    const Waits shoppers_first = waits("shoppers_first");
    CHECK(std::abs(shoppers_first.shoppers - 0.6 / 0.7) < 0.04);
    CHECK(std::abs(shoppers_first.lines - 0.6 / 0.28) < 0.12);
    const Waits orders_first = waits("orders_first");
    CHECK(std::abs(orders_first.lines - 0.6 / 0.7) < 0.04);
    CHECK(std::abs(orders_first.shoppers - 0.6 / 0.28) < 0.12);
    const Waits fifo = waits("fifo");
    CHECK(std::abs(fifo.shoppers - 1.5) < 0.08);
    CHECK(std::abs(fifo.lines - 1.5) < 0.08);
}

TEST_CASE("teams: only the share of purchases that needs somebody waits") {
    const model::RunRecord record = run(small_shop(store_with("{workers: 1, serve: exponential(1min), served: 25%}",
                                                              "{walk-in: {rate: 0.4/min, channel: till}}")),
                                        1);
    const double served = static_cast<double>(record.nodes(0).served());
    CHECK(std::abs(served / static_cast<double>(record.kpi().orders_accepted()) - 0.25) < 0.01);
    CHECK(std::abs(record.nodes(0).serve_wait_s().mean() / 60 - 0.1 / 0.9) < 0.02);  // M/M/1 at 0.1
}

TEST_CASE("teams: shoppers who are not served in time walk out, and leave what they had in hand") {
    // One who serves at the rate at which each of the waiting gives up: the number present is Poisson(1), and of those who come
    // the share 1 - (1 - 1/e) walks out.
    model::Scenario scenario = small_shop(store_with("{workers: 1, serve: exponential(1min), patience: exponential(1min)}",
                                                     "{walk-in: {rate: 1/min, channel: till}}"));
    scenario.run.horizon = hours(300);
    const model::RunRecord record = run_watched(scenario);
    const model::NodeKpi& store = record.nodes(0);
    const double came = static_cast<double>(record.kpi().shoppers());
    CHECK(std::abs(static_cast<double>(store.walked_out()) / came - std::exp(-1)) < 0.015);
    CHECK(store.walked_out_units() == store.walked_out());
    CHECK(store.served() + store.walked_out() == record.kpi().shoppers());
    CHECK(record.kpi().orders_accepted() == store.served());
    CHECK(store.units_sold_at_till() == store.served());
}

TEST_CASE("teams: nobody stays in a store that closes, or without anybody there for longer than the patience") {
    // Open until 22:00, the people go home at 20:00.
    const model::RunRecord record = run_watched(small_shop(
        "run: {horizon: 24h, drain: 2d, sample_every: 1h}\ncatalogue: {skus: 1}\nstock: !replace [{each: 10000}]\n"
        "network: {nodes: !replace {store: {kind: store, lat: 52, lon: 20, hours: {open: 08:00, close: 22:00}, team: {roster: "
        "[{from: 08:00, to: 20:00, workers: 5}], serve: 1min}}}}\nchannels: {till: {kind: pos}}\n"
        "demand: {streams: !replace {walk-in: {rate: 1/min, from: 10h, until: 22h, channel: till}}}\n"));
    CHECK(std::abs(static_cast<double>(record.nodes(0).walked_out()) - 120) < 45);
    CHECK(record.nodes(0).serve_wait_s().max() <= 2 * 3600);
    CHECK(record.balance().shoppers_active() == 0);
}

TEST_CASE("teams: the roster says how many are at work, and overlapping entries add up") {
    const std::vector<double> picked = picked_at_h(
        small_shop(ten_orders("team: {roster: [{from: 08:00, to: 12:00, workers: 1}, {from: 09:00, to: 11:00, workers: 2}]}")));
    CHECK(picked == std::vector<double>{9, 10, 10, 10, 11, 11, 11, 12, 33, 34});
    // Over midnight; and the same as `workers` during `shifts`.
    const std::vector<double> night{1, 2, 23, 24, 25, 26, 47, 48, 49, 50};
    CHECK(picked_at_h(small_shop(ten_orders("team: {roster: [{from: 22:00, to: 02:00, workers: 1}]}"))) == night);
    CHECK(picked_at_h(small_shop(ten_orders("shifts: {open: 22:00, close: 02:00}, team: {workers: 1}"))) == night);
}

TEST_CASE("teams: after the shift they work on while work waits, as long as overtime lasts") {
    const std::string roster = "roster: [{from: 08:00, to: 12:00, workers: 1}]";
    const model::Scenario scenario = small_shop(ten_orders("team: {" + roster + ", overtime: 2h}"));
    CHECK(picked_at_h(scenario) == std::vector<double>{9, 10, 11, 12, 13, 14, 33, 34, 35, 36});
    const model::NodeKpi store = run_watched(scenario).nodes(0);
    // The day of the run; what is left is worked off on the next one.
    CHECK(store.overtime_s() == Approx(2 * 3600));
    CHECK(store.busy_s() == Approx(6 * 3600));
    CHECK(store.worked_off_s() == Approx(4 * 3600));
    CHECK(store.staffed_s() == Approx(4 * 3600));
    CHECK(store.backlog_peak() == 10);
    CHECK(store.backlog_end() == 0);
    // Whoever is at work finishes the job: half an hour beyond the shift, without any overtime agreed.
    const model::NodeKpi late =
        run_watched(small_shop(ten_orders("team: {roster: [{from: 08:30, to: 12:00, workers: 1}]}"))).nodes(0);
    CHECK(late.overtime_s() == Approx(1800));
    // Nobody stays for work that is not there.
    const model::NodeKpi idle =
        run_watched(small_shop(ten_orders("team: {roster: [{from: 08:00, to: 20:00, workers: 1}], overtime: 9h}"))).nodes(0);
    CHECK(idle.overtime_s() == 0);
}

TEST_CASE("teams: what waits while everybody is absent is worked off when they are back") {
    const std::string absent =
        "{roster: [{from: 06:00, to: 22:00, workers: 2}], absences: [{from: 2h, until: 12h}, {from: 12h, until: "
        "15h, workers: 1}]}";
    const std::vector<double> picks = picked_at_h(small_shop(ten_orders("team: " + absent)));
    CHECK(picks == std::vector<double>{13, 14, 15, 16, 16, 17, 17, 18, 18, 19});
}

TEST_CASE("teams: two crews of one node have overtime of their own") {
    // Two until 10:00, one of them until 12:00; an hour of overtime each: 10 jobs from 08:00 on.
    const std::vector<double> picked = picked_at_h(small_shop(ten_orders(
        "team: {roster: [{from: 08:00, to: 12:00, workers: 1}, {from: 08:00, to: 10:00, workers: 1}], overtime: 1h}")));
    CHECK(picked == std::vector<double>{9, 9, 10, 10, 11, 11, 12, 13, 33, 33});
}

TEST_CASE("teams: the same people pick and pack, and take what has waited longest") {
    struct Ends : sim::Probe {
        std::string text;
        void service_began(NodeId, sim::StationKind kind, SimTime arrived, Duration waited, Duration) override {
            if (kind == sim::StationKind::dispatch) return;  // takes no time and needs nobody
            text +=
                (kind == sim::StationKind::pick ? "pick " : "pack ") + std::to_string((arrived + waited).us / 60'000'000) + ", ";
        }
    };
    const model::Scenario scenario = small_shop(
        "run: {horizon: 1h, drain: 1d, sample_every: 1h}\ncatalogue: {skus: 1}\nstock: !replace [{each: 10}]\nnetwork: {nodes: "
        "!replace {store: {kind: store, lat: 52, lon: 20, pick: {service: 2min}, pack: {service: 1min}, team: {workers: 1}}}}\n"
        "demand: {streams: !replace {all: {exactly: 3, from: 0s, until: 1us}}}\n");
    const std::string text = tests::in_child([&] {
        Ends ends;
        sim::RunOptions options;
        options.probe = &ends;
        sim::run(scenario, options);
        return ends.text;
    });
    CHECK(text == "pick 0, pick 2, pick 4, pack 6, pack 7, pack 8, ");
}

TEST_CASE("teams: the backlog of a node is a series") {
    const model::RunRecord record = run_watched(small_shop(ten_orders("team: {roster: [{from: 08:00, to: 12:00, workers: 1}]}")));
    REQUIRE(record.series().backlog_size() == 1);
    const model::NodeSeries& store = record.series().backlog(0);
    CHECK(store.node() == "store");
    REQUIRE(store.open_picks_size() == 24);
    // Samples at 01:00 .. 24:00; a line that is being picked is not picked yet.
    CHECK(store.open_picks(0) == 10);
    CHECK(store.oldest_s(0) == Approx(3600).margin(1));
    CHECK(store.at_work(0) == 0);
    CHECK(store.open_picks(7) == 10);
    CHECK(store.open_picks(9) == 9);
    CHECK(store.at_work(9) == 1);
    CHECK(store.open_picks(12) == 6);
    CHECK(record.series().open_picks(12) == 6);
}

}  // namespace lastunit::sim_tests
