// Orders that a shopper comes for: when they are due, who hands them over, and what becomes of them when nobody comes.
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

std::string pickup_store(const std::string& run, const std::string& node, const std::string& persona) {
    return "run: {horizon: 24h, drain: 10d, sample_every: 1h, " + run +
           "}\ncatalogue: {skus: 1}\nstock: !replace [{each: 1000}]\nnetwork: {nodes: !replace {store: {kind: store, lat: 52, "
           "lon: "
           "20, hands_over: true, " +
           node + "}}}\nchannels: {web: {methods: {pickup: 100%}}}\npersonas: {anyone: {" + persona +
           "}}\ndemand: {streams: !replace {all: {exactly: 20, from: 21h30min, until: 21h31min}}}\n";
}
const std::string kOpen =
    "hours: {open: 09:00, close: 22:00}, pick: {workers: 20, service: 1h}, shifts: {open: 09:00, close: 21:00}";

}  // namespace

TEST_CASE("pick-up: a ready promise may count the store's opening hours alone") {
    // Ordered at 21:30, picked from 09:00 to 10:00; two hours of the store's are over at 10:30.
    const model::RunRecord always = run_watched(small_shop(pickup_store("ready_promise: 2h", kOpen, "")));
    CHECK(always.kpi().promise_kept_rate() == 0);
    const model::RunRecord open =
        run_watched(small_shop(pickup_store("ready_promise: 2h, ready_promise_counts: opening_hours", kOpen, "")));
    CHECK(open.kpi().promise_kept_rate() == 1);
    const model::RunRecord tight =
        run_watched(small_shop(pickup_store("ready_promise: 1h, ready_promise_counts: opening_hours", kOpen, "")));
    CHECK(tight.kpi().promise_kept_rate() == 0);
}

TEST_CASE("pick-up: what nobody fetches is put back by the team when there is nothing else to do") {
    const std::string node = "pick: {service: 1min}, team: {workers: 1, serve: 2min, put_back: 10min}";
    const model::RunRecord record = run_watched(small_shop(pickup_store("pickup_window: 24h", node, "collects: 0%")));
    CHECK(record.balance().units_uncollected() == 20);
    CHECK(record.nodes(0).served() == 0);
    CHECK(record.nodes(0).busy_s() + record.nodes(0).worked_off_s() == Approx(20 * 60 + 20 * 600));
    CHECK(record.nodes(0).stock_end() == 1000);
    CHECK(record.balance().orders_open() == 0);
    // One after the other: the last one is on the shelf 200 minutes after the first window's end.
    CHECK(record.identity().simulated_s() == Approx((21.5 + 24) * 3600 + 60 + 200 * 60).margin(180));
}

TEST_CASE("pick-up: the team hands over, one shopper after the other") {
    const std::string node = "pick: {service: 1s}, team: {workers: 1, serve: 2min, order: orders_first}";
    const model::RunRecord record = run_watched(small_shop(pickup_store("pickup_window: 24h", node, "")));
    CHECK(record.nodes(0).served() == 20);
    CHECK(record.nodes(0).units_handed_over() == 20);
    CHECK(record.nodes(0).serve_wait_s().max() > 30 * 60);
    CHECK(record.nodes(0).busy_s() == Approx(20 * 1 + 20 * 120));
}

TEST_CASE("pick-up: whoever comes after the window finds the order gone") {
    const std::string node = "pick: {workers: 1, service: 1s}";
    const model::RunRecord late = run_watched(small_shop(pickup_store("pickup_window: 24h", node, "travel_time: 25h")));
    CHECK(late.balance().units_uncollected() == 20);
    const model::RunRecord just = run_watched(small_shop(pickup_store("pickup_window: 24h", node, "travel_time: 24h")));
    CHECK(just.balance().units_uncollected() == 0);
}

}  // namespace lastunit::sim_tests
