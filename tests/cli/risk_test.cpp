// Rare events: paths that multiply at levels, by forks and by replays, and what `lastunit risk` makes of them.
#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <regex>
#include <stdexcept>

#include "cli/risk/event.hpp"
#include "cli/risk/paths.hpp"
#include "cli/risk/pilot.hpp"
#include "cli/risk/study.hpp"
#include "model/random.hpp"
#include "scenarios/loader.hpp"
#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;
using cli::PathCounts;
using cli::Splitting;

// k1: a queue with one customer, until it is empty or `most` are there. Its importance is the customers, and it is keyed anew at
// a level as the simulator is.
struct Queue {
    double rho = 0.5;
    std::int64_t most = 10;

    double exact() const { return (1 / rho - 1) / (std::pow(rho, -static_cast<double>(most)) - 1); }
    void run(std::uint64_t seed, sim::LevelWatch& watch) const {
        std::uint64_t key = seed;
        std::uint32_t draws = 0;
        std::int64_t customers = 1;
        while (customers > 0 && !watch.happened) {
            customers += model::uniform(key, model::Purpose::property, 1, draws++) < rho / (1 + rho) ? 1 : -1;
            watch.highest = std::max(watch.highest, customers);
            watch.happened = customers == most;
            while (!watch.happened && watch.passed < watch.levels.size() && watch.highest >= watch.levels[watch.passed]) {
                const auto level = static_cast<std::uint32_t>(watch.passed++);
                const model::Words words = model::philox(key, model::Purpose::splitting, watch.reached(level), level);
                key = (std::uint64_t{words.w[0]} << 32U) | words.w[1];
            }
        }
    }
};

cli::RootPlan plan_of(const Queue& queue) {
    cli::RootPlan plan;
    plan.run = [queue](std::uint64_t seed, sim::LevelWatch& watch) { queue.run(seed, watch); };
    plan.repeat_command = [](std::uint64_t seed) { return "seed " + std::to_string(seed); };
    plan.per_process = 2000;
    plan.at_once = 2;
    return plan;
}

TEST_CASE("risk: copies that are forked and copies that are replayed count the same, path by path") {
    const Queue queue{.rho = 0.9, .most = 10};
    const Splitting splitting{{}, {3, 5, 8}, 0, {3, 2, 4}};
    std::int64_t hits = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const cli::PathRun run = [&](sim::LevelWatch& watch) { queue.run(seed, watch); };
        const PathCounts forked = cli::count_forked(splitting, run), replayed = cli::count_replayed(splitting, run);
        INFO("seed " << seed);
        CHECK(forked.hits == replayed.hits);
        CHECK(forked.paths == replayed.paths);
        CHECK(forked.reached == replayed.reached);
        // Each copy but the one that goes on is one more path.
        CHECK(forked.paths <= 1 + 2 * forked.reached[0] + forked.reached[1] + 3 * forked.reached[2]);
        hits += forked.hits;
    }
    CHECK(hits > 0);
}

TEST_CASE("risk: a path that jumps to the event counts as all the copies it would have been") {
    const Splitting splitting{{}, {1, 2}, 0, {3, 5}};
    const PathCounts counts = cli::count_forked(splitting, [](sim::LevelWatch& watch) { watch.happened = true; });
    CHECK(counts.hits == 15);
    CHECK(counts.paths == 1);
    CHECK(counts.reached == std::vector<std::int64_t>{1, 3});
}

TEST_CASE("risk: a copy that crashes or throws is an error that names it, never a path without the event") {
    const Splitting splitting{{}, {1, 2}, 0, {2, 3}};
    const auto failing = [&](const std::function<void()>& how) {
        return [&splitting, how](sim::LevelWatch& watch) {
            const std::uint32_t first = watch.reached(0), second = watch.reached(1);
            watch.passed = splitting.levels.size();
            if (first == 1 && second == 2) how();
        };
    };
    CHECK_THROWS_WITH(cli::count_forked(splitting, failing([] { std::raise(SIGKILL); })),
                      Contains("copy 1.2") && Contains("signal"));
    CHECK_THROWS_WITH(cli::count_forked(splitting, failing([] { throw std::runtime_error("no such shelf"); })),
                      Contains("copy 1.2") && Contains("no such shelf"));
    cli::RootPlan plan = plan_of({});
    plan.run = [&](std::uint64_t, sim::LevelWatch& watch) { failing([] { std::raise(SIGKILL); })(watch); };
    CHECK_THROWS_WITH(cli::simulate_roots(plan, splitting, 1, 3), Contains("copy 1.2") && Contains("seed 1"));
}

TEST_CASE("risk: the gambler's ruin of 1.4e-5 is found to 10 % by levels that a pilot places") {
    const Queue queue{.rho = 0.3, .most = 10};
    cli::RootPlan plan = plan_of(queue);
    const cli::Pilot pilot = cli::place_levels(plan, {}, 1'000'000, 100);
    CHECK(plan.copying == cli::Copying::replays);
    REQUIRE(pilot.splitting.levels.size() >= 3);
    const cli::Study study = cli::study(plan, pilot.splitting, {.first_seed = 1, .most_roots = 200'000, .relative_error = 0.1});
    const auto interval = cli::probability(study.roots, pilot.splitting, reports::statistics::Confidence());
    INFO(interval.value << " in " << interval.low << " to " << interval.high << ", exact " << queue.exact());
    CHECK(interval.contains(queue.exact()));
    CHECK(interval.half_width() <= 0.1 * interval.value);
    CHECK(study.roots.size() < 60'000);  // plain runs: 28 million
}

TEST_CASE("risk: intervals of 1,000 studies of the gambler's ruin cover in 93 to 97 %") {
    const Queue queue{.rho = 0.5, .most = 10};
    cli::RootPlan plan = plan_of(queue);
    const cli::Pilot pilot = cli::place_levels(plan, {}, 1'000'000'000, 200);
    constexpr std::size_t kRoots = 300, kStudies = 1000;
    const cli::Roots roots = cli::simulate_roots(plan, pilot.splitting, 1, kRoots * kStudies);
    int covered = 0;
    double mean = 0;
    for (std::size_t i = 0; i < kStudies; ++i) {
        const auto from = roots.counts.begin() + static_cast<std::ptrdiff_t>(i * kRoots);
        const auto interval = cli::probability({from, from + kRoots}, pilot.splitting, reports::statistics::Confidence());
        covered += interval.contains(queue.exact()) ? 1 : 0;
        mean += interval.value / kStudies;
    }
    CHECK(covered >= 930);
    CHECK(covered <= 970);
    CHECK(mean == Approx(queue.exact()).epsilon(0.02));  // unbiased
}

TEST_CASE("risk: no hit is an upper bound, never a probability of 0") {
    const Splitting splitting{{}, {3, 6}, 0, {4, 4}};
    PathCounts none;
    none.reached = {1, 0};
    PathCounts nothing;
    nothing.reached = {0, 0};
    std::vector<PathCounts> roots(90, nothing);
    roots.insert(roots.end(), 10, none);
    const auto interval = cli::probability(roots, splitting, reports::statistics::Confidence());
    CHECK(interval.value == 0);
    CHECK(interval.high > 0.01);
    CHECK(interval.high < 0.1);
}

// The shop of a4: P(any oversell) = 0.2380 with a buffer of 5, as exact as it gets.
constexpr const char* kShop = LASTUNIT_SOURCE_DIR "/scenarios/library/validation/a4_buffer.yaml";
std::vector<std::string> shop(std::vector<std::string> more) {
    std::vector<std::string> words{"risk", kShop};
    for (const char* change : {"run.horizon=90min", "catalogue.skus=1", "demand.streams.till.rate=0.6/min",
                               "demand.streams.online.rate=0.4/min", "design.edges.to-online.latency=5min"})
        words.insert(words.end(), {"--set", change});
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

double number(const std::string& json, const std::string& name) {
    std::smatch found;
    REQUIRE(std::regex_search(json, found, std::regex("\"" + name + "\": ([-+.e0-9]+)")));
    return std::stod(found[1]);
}

TEST_CASE("risk: with levels and without, an event that is not so rare has one probability") {
    const Sandbox box;
    for (const char* levels : {"none", "auto", "-3000:3,-1000:2"}) {
        const Result result =
            box.run(shop({"--event", "oversold_units >= 1", "--levels", levels, "--roots", "2000", "--json", "-"}));
        INFO(levels << result.out << result.err);
        REQUIRE(result.status == 0);
        CHECK(number(result.out, "low") <= 0.2379866387);
        CHECK(number(result.out, "high") >= 0.2379866387);
    }
}

TEST_CASE("risk: the result does not depend on the number of processes nor on how copies are made") {
    const Sandbox box;
    const auto hits = [&](std::vector<std::string> more) {
        more.insert(more.end(), {"--event", "oversold_units >= 3", "--roots", "150", "--pilot", "40", "--json", "-"});
        const Result result = box.run(shop(more));
        INFO(result.err);
        REQUIRE(result.status == 0);
        return result.out.substr(result.out.find("\"hits\"")) + std::to_string(number(result.out, "paths"));
    };
    const std::string one = hits({"--workers", "1", "--copies", "replay"});
    CHECK(one == hits({"--workers", "3", "--copies", "replay"}));
    CHECK(one == hits({"--workers", "2", "--copies", "fork"}));
    CHECK(one != hits({"--seed", "77"}));
}

TEST_CASE("risk: one in millions, with its interval, and what plain runs would have cost") {
    const Sandbox box;
    const Result result = box.run(shop({"--set", "stock[0].each=19", "--set", "design.channels.online.buffer=18", "--event",
                                        "oversold_units >= 1", "--roots", "3000", "--json", box.path("risk.json")}));
    INFO(result.out << result.err);
    REQUIRE(result.status == 0);
    const std::string json = box.read("risk.json");
    CHECK(number(json, "low") <= 6.57012175e-07);
    CHECK(number(json, "high") >= 6.57012175e-07);
    CHECK(number(json, "relative_error") < 0.35);
    CHECK(number(json, "plain_runs") > 1e7);
    CHECK_THAT(result.out, Contains("once in") && Contains("95 % interval") && Contains("plain runs"));
}

TEST_CASE("risk: bad input is said in one line, and nothing is written") {
    const Sandbox box;
    const struct {
        std::vector<std::string> words;
        const char* said;
    } bad[] = {
        {{}, "--event"},
        {{"--event", "oversold_units"}, "expected `KPI < bound`"},
        {{"--event", "oversold_unit >= 3"}, "did you mean"},
        {{"--event", "oversell_rate >= 1%"}, "may fall"},
        {{"--event", "oversold_units < 3"}, "with >= or >"},
        {{"--event", "oversold_units >= 0"}, "1 or more"},
        {{"--event", "channels.wep.oversold_units >= 1"}, "no channel 'wep'"},
        {{"--event", "skus.nothing.oversold_units >= 1"}, "no SKU 'nothing'"},
        {{"--event", "oversold_units >= 1", "--relative-error", "200%"}, "0.1% to 100%"},
        {{"--event", "oversold_units >= 1", "--roots", "1"}, "--roots"},
        {{"--event", "oversold_units >= 1", "--levels", "a:b"}, "--levels"},
        {{"--event", "oversold_units >= 1", "--levels", "5:2,3:2"}, "ascend"},
        {{"--event", "oversold_units >= 1", "--copies", "clone"}, "fork or replay"},
    };
    for (const auto& one : bad) {
        auto words = one.words;
        words.insert(words.end(), {"--json", box.path("none.json")});
        const Result result = box.run(shop(words));
        INFO(one.said << ": " << result.err);
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Contains(one.said));
        CHECK_FALSE(box.has("none.json"));
    }
    const Result hosts =
        box.run({"risk", "flash-drop", "--design", "esb-push", "--event", "oversold_units >= 1", "--copies", "replay"});
    CHECK(hosts.status == 2);
    CHECK_THAT(hosts.err, Contains("without hosts"));
}

TEST_CASE("risk: Ctrl-C ends all copies, and nothing is left of them") {
    const Sandbox box;
    const Result result = box.interrupt(
        shop({"--event", "oversold_units >= 30", "--copies", "fork", "--relative-error", "1%", "--verbose"}), "risk:", SIGINT);
    CHECK(result.status == 130);
    CHECK_THAT(result.err, Contains("stopped"));
}

}  // namespace
}  // namespace lastunit::cli_tests
