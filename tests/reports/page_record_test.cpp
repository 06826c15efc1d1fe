#include "reports/page_record.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "reports/balance_json.hpp"
#include "reports/json.hpp"
#include "reports/page.hpp"
#include "tests/reports/sample_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;

namespace {

// `steps` of a second, `edges` and `nodes` that have something to say in each.
model::RunRecord long_record(int steps, int edges, int nodes) {
    model::RunRecord record;
    model::Series& s = *record.mutable_series();
    s.set_step_s(1);
    for (int i = 0; i < steps; ++i) {
        const auto n = static_cast<unsigned>(i);
        s.add_orders(n % 7), s.add_oversold(n % 3 == 0), s.add_undersold(0), s.add_refused(1), s.add_cancelled(0);
        s.add_arrivals(2), s.add_stock(1'000'000 - i), s.add_shoppers_active(n), s.add_open_orders(n), s.add_held(n);
        s.add_open_picks(n);
    }
    for (int e = 0; e < edges; ++e) {
        model::EdgeSeries& edge = *s.add_edge_lag();
        for (int i = 0; i < steps; ++i) {
            edge.add_mean_lag_s(i % 2 == 0 ? -1.0F : 1.0F + static_cast<float>(i % 100) / 97);
            edge.add_max_lag_s(i % 2 == 0 ? -1.0F : 2.0F + static_cast<float>(i % 100) / 97);
        }
    }
    for (int k = 0; k < nodes; ++k) {
        model::NodeSeries& node = *s.add_backlog();
        for (int i = 0; i < steps; ++i)
            node.add_open_picks(static_cast<unsigned>(i)), node.add_oldest_s(static_cast<float>(i)), node.add_at_work(3);
    }
    return record;
}

template <class Values> std::uint64_t sum(const Values& values) {
    return std::accumulate(values.begin(), values.end(), std::uint64_t{0});
}

}  // namespace

TEST_CASE("page record: a day in minutes is carried as it is") {
    const model::RunRecord record = test::sample_record();
    CHECK(steps_merged(record.series()) == 1);
    CHECK(page_record(record).SerializeAsString() == record.SerializeAsString());
    CHECK(steps_merged(model::Series{}) == 1);
}

TEST_CASE("page record: a day in seconds with sixty edges stays below a megabyte, and its sums are the same") {
    constexpr int day = 86'400;
    const model::RunRecord record = long_record(day, 60, 0);
    const model::RunRecord page = page_record(record);
    const model::Series &all = record.series(), &few = page.series();
    CHECK(to_json(page, Layout::compact).size() < 1'000'000);
    CHECK(run_page(record, Language::english).size() < 3'000'000);
    CHECK(few.orders_size() <= 1'500);
    CHECK(few.orders_size() >= 200);
    CHECK(few.step_s() * few.orders_size() >= day);
    CHECK(std::fmod(few.step_s(), 60) == 0);  // a round time
    CHECK(sum(few.orders()) == sum(all.orders()));
    CHECK(sum(few.oversold()) == sum(all.oversold()));
    CHECK(sum(few.refused()) == sum(all.refused()));
    CHECK(sum(few.arrivals()) == sum(all.arrivals()));
}

TEST_CASE("page record: states are those at the end of a merged step, lags the mean and the highest of those measured") {
    const model::RunRecord record = long_record(6'000, 1, 1);
    const std::size_t group = steps_merged(record.series());
    REQUIRE(group == 5);  // 1,200 steps of five seconds
    const model::RunRecord page = page_record(record);
    const model::Series& s = page.series();
    CHECK(s.step_s() == 5);
    CHECK(s.open_orders(0) == 4);
    CHECK(s.held(1'199) == 5'999);
    CHECK(s.stock(0) == 1'000'000 - 4);
    CHECK(s.backlog(0).oldest_s(1) == 9);
    CHECK(s.backlog(0).at_work(1) == 3);
    const auto near = [](double value) { return Approx(value).epsilon(0.005); };  // three digits
    // Steps 0 to 4: measured in 1 and 3.
    CHECK(s.edge_lag(0).mean_lag_s(0) == near(1 + 2.0 / 97));
    CHECK(s.edge_lag(0).max_lag_s(0) == near(2 + 3.0 / 97));
}

TEST_CASE("page record: where nothing was applied in a merged step, its lag says so") {
    model::RunRecord record = long_record(6'000, 1, 0);
    for (float& lag : *record.mutable_series()->mutable_edge_lag(0)->mutable_mean_lag_s()) lag = -1;
    CHECK(page_record(record).series().edge_lag(0).mean_lag_s(3) == -1);
}

TEST_CASE("page record: many nodes make the steps longer, a week without them has as many as there is room for") {
    CHECK(steps_merged(long_record(2'000, 0, 200).series()) == 10);
    CHECK(steps_merged(long_record(7 * 86'400, 0, 0).series()) == 600);
}

TEST_CASE("page record: steps of an odd length are merged all the same") {
    model::RunRecord record = long_record(4'000, 0, 0);
    record.mutable_series()->set_step_s(7.5);
    const model::RunRecord page = page_record(record);
    CHECK(page.series().orders_size() <= 1'500);
    CHECK(sum(page.series().orders()) == sum(record.series().orders()));
}

TEST_CASE("balance: as JSON each line says whether it closes, and its sentence is text") {
    const std::string json = balance_json({{"a = <b>", 1, 2}, {"c <= d", 1, 2, BalanceLine::Relation::at_most}});
    CHECK(json == R"([{"sentence":"a = \u003cb\u003e","left":1,"right":2,"relation":"equal","closes":false},)"
                  R"({"sentence":"c \u003c= d","left":1,"right":2,"relation":"at_most","closes":true}])");
    CHECK(balance_json({}) == "[]");
}
