// Runs that are split on their way to an oversell: one past, different futures.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "model/demand.hpp"
#include "sim/levels.hpp"
#include "sim/probe.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {
namespace {

// One shop of a4 with a buffer of 5: some 15 sales within the lag in which the online channel does not know.
model::Scenario shop(const Settings& more = {}) {
    Settings settings{{"run.horizon", "90min"},
                      {"catalogue.skus", "1"},
                      {"stock[0].each", "6"},
                      {"demand.streams.till.rate", "0.6/min"},
                      {"demand.streams.online.rate", "0.4/min"},
                      {"design.channels.online.buffer", "5"},
                      {"design.edges.to-online.latency", "5min"}};
    settings.insert(settings.end(), more.begin(), more.end());
    return load(LASTUNIT_SOURCE_DIR "/scenarios/library/validation/a4_buffer.yaml", settings);
}

struct Arrived {
    SimTime at;
    std::uint64_t shopper = 0, basket = 0;
    bool operator==(const Arrived&) const = default;
};

struct Seen : sim::Probe {
    std::vector<Arrived> arrived;
    std::int64_t oversold = 0;
    void shopper_arrived(SimTime at, std::uint64_t shopper, std::uint8_t, Duration, std::uint64_t basket) override {
        arrived.push_back({at, shopper, basket});
    }
    void accepted(SimTime, ChannelId, Sku, Quantity, Quantity units) override { oversold += units; }
};

struct Path {
    Seen seen;
    sim::LevelWatch watch;
    std::map<std::size_t, std::size_t> split_after;  // level -> arrivals by then
    std::string fingerprint;
};

Path path(const model::Scenario& scenario, std::vector<std::int64_t> levels, const std::vector<std::uint32_t>& branches,
          std::int64_t at_least = 1'000'000, std::uint64_t seed = 3) {
    Path out;
    out.watch.event.at_least = at_least;
    out.watch.levels = std::move(levels);
    out.watch.reached = [&](std::size_t level) {
        out.split_after[level] = out.seen.arrived.size();
        return level < branches.size() ? branches[level] : 0;
    };
    sim::RunOptions options;
    options.seed = seed;
    options.levels = &out.watch;
    options.probe = &out.seen;
    out.fingerprint = sim::run(scenario, options).identity().fingerprint();
    return out;
}

TEST_CASE("levels: a run that is watched and never split is the run that nobody watches") {
    const model::Scenario scenario = shop();
    sim::RunOptions plain;
    plain.seed = 3;
    const Path watched = path(scenario, {}, {});
    CHECK(watched.fingerprint == sim::run(scenario, plain).identity().fingerprint());
    CHECK(watched.watch.highest > sim::kLeastImportance);
    CHECK_FALSE(watched.watch.happened);
    CHECK(watched.watch.overdue.times == 1);  // the first sale leaves the buffer, and the channel does not know
}

TEST_CASE("levels: branches have the same past, and from the level on other shoppers at other times") {
    const model::Scenario scenario = shop();
    const std::int64_t level = -4 * sim::kImportancePerUnit;  // 6 shown, 5 left
    const Path one = path(scenario, {level}, {0}), same = path(scenario, {level}, {0}), other = path(scenario, {level}, {1});
    REQUIRE(one.watch.passed == 1);
    CHECK(one.seen.arrived == same.seen.arrived);
    const std::size_t past = one.split_after.at(0);
    REQUIRE(past >= 1);
    REQUIRE(other.split_after.at(0) == past);
    REQUIRE(one.seen.arrived.size() > past + 3);
    REQUIRE(other.seen.arrived.size() > past + 3);
    const auto split = [past](const Path& of) { return of.seen.arrived.begin() + static_cast<std::ptrdiff_t>(past); };
    CHECK(std::equal(one.seen.arrived.begin(), split(one), other.seen.arrived.begin()));
    // The very next arrival of each stream had been drawn before the level was reached.
    for (auto a = split(one), b = split(other); a != one.seen.arrived.end() && b != other.seen.arrived.end(); ++a, ++b)
        CHECK(a->at != b->at);
    const Path unsplit = path(scenario, {}, {});
    CHECK(std::equal(one.seen.arrived.begin(), split(one), unsplit.seen.arrived.begin()));
    CHECK(split(one)->at != (unsplit.seen.arrived.begin() + static_cast<std::ptrdiff_t>(past))->at);
}

TEST_CASE("levels: who comes after a split comes as often as before") {
    // 90 minutes with one shopper a minute, split at the first sale: 90 in the mean, whatever was drawn before.
    const model::Scenario scenario = shop();
    double sum = 0;
    constexpr int kRuns = 400;
    for (std::uint64_t seed = 1; seed <= kRuns; ++seed)
        sum += static_cast<double>(path(scenario, {-4 * sim::kImportancePerUnit}, {1}, 1'000'000, seed).seen.arrived.size());
    CHECK(sum / kRuns == Approx(90).margin(4 * std::sqrt(90.0 / kRuns)));
}

TEST_CASE("levels: of a given number of shoppers, those still to come are spread anew and none is lost") {
    model::ArrivalStream stream;
    stream.exactly = 100;
    stream.rate.push_back({});
    model::Arrivals arrivals(stream, 1, 0, SimTime{0} + hours(1));
    SimTime now{0}, pending = arrivals.next();
    for (int i = 0; i < 39; ++i) now = pending, pending = arrivals.next();  // the 39th has come, the 40th is told
    const auto left = [&](std::uint64_t seed, model::Arrivals::Last last) {
        model::Arrivals copy = arrivals;
        std::vector<SimTime> out;
        for (SimTime at = copy.redraw(seed, now, last); at != kNever; at = copy.next()) out.push_back(at);
        return out;
    };
    const std::vector<SimTime> one = left(2, model::Arrivals::Last::to_come), other = left(3, model::Arrivals::Last::to_come);
    CHECK(one.size() == 61);
    CHECK(other.size() == 61);
    CHECK(one != other);
    CHECK(std::is_sorted(one.begin(), one.end()));
    CHECK(one.front() >= now);
    CHECK(left(2, model::Arrivals::Last::has_come).size() == 60);
}

TEST_CASE("levels: a run ends with the event, and what was counted is what was oversold") {
    const model::Scenario scenario = shop();
    int happened = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const Path to_first = path(scenario, {}, {}, 1, seed), whole = path(scenario, {}, {}, 1'000'000, seed);
        CHECK(to_first.watch.happened == (whole.seen.oversold >= 1));
        CHECK(to_first.seen.oversold == (to_first.watch.happened ? 1 : 0));
        happened += to_first.watch.happened ? 1 : 0;
    }
    CHECK(happened > 3);  // P = 0.238
    CHECK(happened < 25);
}

TEST_CASE("levels: what is oversold in the warm-up is not the event, and an event may be of one channel") {
    const model::Scenario warm = shop({{"run.warm_up", "89min"}});
    const model::Scenario scenario = shop();
    for (std::uint64_t seed = 1; seed <= 30; ++seed) CHECK_FALSE(path(warm, {}, {}, 1, seed).watch.happened);
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        sim::LevelWatch of_till;
        of_till.event.channel = ChannelId(scenario.channels[0].name == "till" ? 0 : 1);
        sim::RunOptions options;
        options.seed = seed;
        options.levels = &of_till;
        sim::run(scenario, options);
        CHECK_FALSE(of_till.happened);  // it sells from the record, which is the truth here
    }
}

TEST_CASE("levels: of two paths as near, the one that had less time is worth more") {
    const model::Scenario scenario = shop();
    Path free = path(scenario, {}, {});
    sim::LevelWatch tolled;
    tolled.event.at_least = 1'000'000;
    tolled.toll_per_s = 0.01;
    sim::RunOptions options;
    options.seed = 3;
    options.levels = &tolled;
    sim::run(scenario, options);
    CHECK(tolled.highest <= free.watch.highest);
    CHECK(tolled.overdue.seconds == free.watch.overdue.seconds);
}

}  // namespace
}  // namespace lastunit::sim_tests
