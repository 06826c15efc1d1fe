// Order lines that wait for each other before anybody picks them.
#include <cmath>
#include <map>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

std::string shop_with(const std::string& waves, const std::string& more = "") {
    return "run: {horizon: 24h, drain: 2d, sample_every: 1h, start_of_day: \"06:00\"}\ncatalogue: {skus: 1}\nstock: !replace "
           "[{each: 100000}]\nnetwork: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 20, pick: {workers: 1000, service: "
           "10s}, waves: " +
           waves + more + "}}}\ndemand: {streams: !replace {all: {rate: 60/h}}}\n";
}

// How many lines began at which minute since midnight.
std::map<std::int64_t, int> begun(const model::Scenario& scenario) {
    struct Begins : sim::Probe {
        std::string minutes;
        void service_began(NodeId, sim::StationKind kind, SimTime arrived, Duration waited, Duration) override {
            if (kind == sim::StationKind::pick) minutes += std::to_string((arrived + waited).us / 60'000'000 + 360) + " ";
        }
    };
    std::istringstream in(tests::in_child([&] {
        Begins begins;
        sim::RunOptions options;
        options.probe = &begins;
        sim::run(scenario, options);
        return begins.minutes;
    }));
    std::map<std::int64_t, int> out;
    for (std::int64_t minute = 0; in >> minute;) ++out[minute];
    return out;
}

}  // namespace

TEST_CASE("waves: released by the clock, on a grid that begins at midnight") {
    for (const auto& [minute, lines] : begun(small_shop(shop_with("{every: 45min, phase: 5min}")))) {
        INFO(minute << ": " << lines);
        CHECK(minute % 45 == 5);
        CHECK((lines > 15 || minute == 365));  // the first one, five minutes after the start
    }
    for (const auto& [minute, lines] : begun(small_shop(shop_with("{at: [09:00, 21:30]}"))))
        CHECK((minute % 1440 == 540 || minute % 1440 == 1290));
    // A line waits half a wave on average.
    const model::RunRecord record = run_watched(small_shop(shop_with("{every: 1h}")));
    CHECK(std::abs(record.nodes(0).pick_wait_s().mean() - 1800) < 60);
    CHECK(record.series().backlog_size() == 1);
}

TEST_CASE("waves: released as soon as there are enough lines, and by the clock what is left") {
    const model::RunRecord record = run_watched(small_shop(shop_with("{lines: 12, at: [05:59]}")));
    CHECK(std::abs(record.nodes(0).pick_wait_s().mean() - 5.5 * 60) < 30);  // for the rest of its twelve
    CHECK(record.nodes(0).backlog_peak() >= 12);                            // twelve, and who comes while they are picked
    CHECK(record.nodes(0).backlog_peak() <= 14);
    CHECK(record.balance().orders_open() == 0);
}

TEST_CASE("waves: the lines of a wave share one walk") {
    const model::Scenario scenario = small_shop(shop_with("{every: 1h, per_wave: 20min}"));
    const model::RunRecord record = run_watched(scenario);
    const double waves = static_cast<double>(begun(scenario).size());
    const double lines = static_cast<double>(record.kpi().units_accepted());
    CHECK(record.nodes(0).busy_s() + record.nodes(0).worked_off_s() == Approx(waves * 1200 + lines * 10).epsilon(1e-6));
}

}  // namespace lastunit::sim_tests
