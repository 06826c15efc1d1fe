// Policies of replenishment, against what is known of them exactly.
#include <cmath>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// (s, S), lost sales, Poisson demand of one unit, one order at a time, exponential lead time: the share of demand that finds
// nothing. The chain has states 1..S without an order (above s) and 0..s with one; orders are always of S - s units.
double lost_share(int s, int up_to, double demand_per_lead) {
    const int q = up_to - s;
    // Stationary weights by flow balance: below s each step down costs a factor (demand) / (demand + 1 arrival).
    std::vector<double> ordered(static_cast<std::size_t>(s) + 1), idle(static_cast<std::size_t>(up_to) + 1);
    ordered[static_cast<std::size_t>(s)] = 1;
    const double stays = demand_per_lead / (demand_per_lead + 1);
    for (int i = s - 1; i >= 1; --i) ordered[static_cast<std::size_t>(i)] = ordered[static_cast<std::size_t>(i) + 1] * stays;
    if (s > 0) ordered[0] = ordered[1] * demand_per_lead;  // left by an arrival alone
    // Level i is left downwards by demand, and entered from above and by arrivals at i - q.
    for (int i = up_to; i > s; --i) {
        const double from_above = i < up_to ? idle[static_cast<std::size_t>(i) + 1] : 0;
        const double arrives = i - q >= 0 && i - q <= s ? ordered[static_cast<std::size_t>(i - q)] / demand_per_lead : 0;
        idle[static_cast<std::size_t>(i)] = from_above + arrives;
    }
    double sum = 0;
    for (const double weight : ordered) sum += weight;
    for (const double weight : idle) sum += weight;
    return ordered[0] / sum;
}

std::string shop_with(const std::string& rule, const std::string& more = "") {
    return "run: {horizon: 30000h, drain: 10d, sample_every: 5min}\nstock: !replace [{each: 5}]\ndemand: {streams: !replace "
           "{all: {rate: "
           "1/h}}}\nreplenishment: [{" +
           rule + "}]\n" + more;
}

double refused_share(const model::RunRecord& record) {
    return static_cast<double>(record.kpi().refused_units()) / static_cast<double>(record.kpi().shoppers());
}

}  // namespace

TEST_CASE("replenishment: (s, S) loses the sales that the exact Markov chain loses") {
    struct Case {
        int s, up_to;
        double lead_h;
    };
    for (const Case& c : {Case{1, 5, 2}, Case{0, 3, 1}, Case{2, 7, 4}}) {
        INFO(c.s << ", " << c.up_to);
        const model::RunRecord record =
            run(small_shop(shop_with("policy: min_max, reorder_point: " + std::to_string(c.s) + ", up_to: " +
                                     std::to_string(c.up_to) + ", lead_time: exponential(" + std::to_string(c.lead_h) + "h)")),
                7);
        CHECK(refused_share(record) == Approx(lost_share(c.s, c.up_to, c.lead_h)).margin(0.012));
        CHECK(record.balance().stock_replenished() % static_cast<std::uint64_t>(c.up_to - c.s) == 0);  // whole orders
    }
}

TEST_CASE("replenishment: base stock loses what Erlang's formula says, whatever the lead time's distribution") {
    // S units, each away for the lead time after a sale: M/G/S/S.
    double b = 1;
    for (int servers = 1; servers <= 4; ++servers) b = 2.0 * b / (servers + 2.0 * b);
    for (const char* lead : {"2h", "exponential(2h)", "lognormal(2h, cv 1.5)"}) {
        INFO(lead);
        const model::RunRecord record =
            run(small_shop(shop_with("policy: base_stock, up_to: 4, lead_time: \"" + std::string(lead) + "\"")), 3);
        CHECK(refused_share(record) == Approx(b).margin(0.012));
    }
}

TEST_CASE("replenishment: periodic review holds up_to less the demand of the lead time and half a period") {
    // (R, S) without stock-outs: right after an arrival S - D(L), before the next one S - D(L + R); the mean between is
    // S - lambda (L + R / 2).
    const model::RunRecord record =
        run(small_shop(shop_with("policy: periodic, review_every: 24h, review_phase: 1h, up_to: 100, lead_time: 6h")), 5);
    double mean = 0;
    for (const std::int64_t stock : record.series().stock()) mean += static_cast<double>(stock);
    mean /= record.series().stock_size();
    CHECK(record.kpi().refused_units() <= 5);  // before the first delivery: five are there at the start
    CHECK(mean == Approx(100 - (6 + 12)).margin(0.35));
    CHECK(record.kpi().inventory_turnover() == Approx(30000 / mean).epsilon(0.03));
    CHECK(record.balance().stock_replenished() == Approx(30000).epsilon(0.03));
}

TEST_CASE("replenishment: a reorder point makes periodic review wait") {
    const model::RunRecord every =
        run(small_shop(shop_with("policy: periodic, review_every: 24h, up_to: 200, lead_time: 6h")), 5);
    const model::RunRecord waits =
        run(small_shop(shop_with("policy: periodic, review_every: 24h, up_to: 200, reorder_point: 60, lead_time: 6h")), 5);
    CHECK(waits.kpi().refused_units() == 0);
    double mean_every = 0, mean_waits = 0;
    for (const std::int64_t stock : every.series().stock()) mean_every += static_cast<double>(stock);
    for (const std::int64_t stock : waits.series().stock()) mean_waits += static_cast<double>(stock);
    CHECK(mean_waits < 0.75 * mean_every);
}

TEST_CASE("replenishment: stock that is on record and not there is never ordered again, until somebody counts") {
    const std::string short_run = "accuracy: {missing_units: 100%, failed_pick: ";
    const auto shop = [&](const std::string& more) {
        return small_shop(
            "run: {horizon: 200h, drain: 10d}\nstock: !replace [{each: 5}]\ndemand: {streams: !replace {all: {rate: 1/h}}}\n"
            "design: {cancel_after: 0s, max_reroutes: 0}\nreplenishment: [{policy: min_max, reorder_point: 1, up_to: 5, "
            "lead_time: 2h}]\n" +
            short_run + more + "}\n");
    };
    const model::RunRecord frozen = run_watched(shop("keeps_record"));
    CHECK(frozen.balance().stock_replenished() == 0);
    CHECK(frozen.balance().stock_left() == 0);
    const model::RunRecord counted = run_watched(shop("counts"));
    CHECK(counted.balance().stock_replenished() > 100);
}

TEST_CASE("replenishment: rules name nodes, kinds and SKUs, and the later one counts") {
    const model::RunRecord record = run_watched(
        small_shop("run: {horizon: 100h, drain: 10d, sample_every: 1h}\ncatalogue: {skus: 2}\nstock: !replace [{each: "
                   "10}]\ndemand: {streams: !replace "
                   "{all: {rate: 4/h}}}\n"
                   "replenishment: [{policy: base_stock, lead_time: 1h}, {kinds: [warehouse], skus: [sku-2], policy: never}]\n"));
    CHECK(record.kpi().empty_cells() == 1);  // sku-2
    CHECK(record.balance().stock_replenished() > 100);
    CHECK(record.kpi().popular_empty_rate() > 0);
    CHECK(record.kpi().popular_empty_rate() <= 0.51);
}

TEST_CASE("replenishment: shelves hold their last arrivals, as old as these") {
    // Nobody buys: five units since the start, three that came after two hours.
    const model::RunRecord record = run_watched(
        small_shop("run: {horizon: 10h, drain: 10d}\nstock: !replace [{each: 5}]\ndemand: {streams: !replace {all: {rate: "
                   "0/h, from: 0s, until: 10h}}}\n"
                   "replenishment: [{policy: base_stock, up_to: 8, lead_time: 2h}]\n"));
    CHECK(record.kpi().stock_age_s().count() == 8);
    CHECK(record.kpi().stock_age_s().max() == Approx(record.identity().simulated_s()));
    CHECK(record.kpi().stock_age_s().mean() == Approx(record.identity().simulated_s() - 3.0 / 8 * 7200));
}

}  // namespace lastunit::sim_tests
