// `lastunit run` from outside: what it writes where, and how it ends.
#include <algorithm>
#include <csignal>

#include <catch2/catch.hpp>

#include "reports/json.hpp"
#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

model::RunRecord parsed(const std::string& json) {
    const auto result = reports::parse_json(json);
    INFO(result.error);
    REQUIRE(result.record);
    return *result.record;
}

TEST_CASE("run: prints a summary and is silent on stderr when that is no terminal") {
    const Sandbox box;
    const Result result = box.run({"run", box.scenario("small.yaml")});
    CHECK(result.status == 0);
    CHECK_FALSE(result.out.empty());
    CHECK(result.err.empty());
    CHECK_THAT(result.out, !Contains("\033"));
}

TEST_CASE("run: --json - gives the record and nothing else on stdout") {
    const Sandbox box;
    const Result result = box.run({"run", box.scenario("small.yaml"), "--json", "-", "--seed", "7"});
    CHECK(result.status == 0);
    const model::RunRecord record = parsed(result.out);
    CHECK(record.identity().scenario() == "small");
    CHECK(record.identity().seed() == 7);
    CHECK(record.identity().fingerprint().size() == 16);
    CHECK_FALSE(record.identity().commit().empty());
    CHECK_FALSE(record.identity().version().empty());
    CHECK(record.identity().wall_s() > 0);
    CHECK(record.identity().peak_memory_bytes() > 1'000'000);
    CHECK(record.kpi().shoppers() > 400);  // about 600 come
    CHECK_FALSE(record.identity().partial());
}

TEST_CASE("run: --out makes the folder and writes the record twice and the page") {
    const Sandbox box;
    const Result result = box.run({"run", box.scenario("small.yaml"), "--out", box.path("a/b"), "--quiet"});
    CHECK(result.status == 0);
    CHECK(result.out.empty());
    CHECK(result.err.empty());
    model::RunRecord binary;
    REQUIRE(binary.ParseFromString(box.read("a/b/run.pb")));
    CHECK(reports::to_json(binary) == box.read("a/b/run.json"));
    CHECK_THAT(box.read("a/b/report.html"), Contains("<html") && Contains("</html>"));
}

TEST_CASE("run: --csv makes the folder and writes the record's tables, and --out alone writes none") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    const Result result = box.run({"run", file, "--out", box.path("out"), "--csv", box.path("a/tables")});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("wrote " + box.path("a/tables")));
    const model::RunRecord record = parsed(box.read("out/run.json"));
    const std::string day = box.read("a/tables/day.csv");
    CHECK_THAT(day, Catch::StartsWith("from_s,local_day,local_time,"));
    CHECK(std::count(day.begin(), day.end(), '\n') == record.series().orders_size() + 1);
    for (const char* name :
         {"nodes.csv", "channels.csv", "edges.csv", "flows.csv", "paths.csv", "funnel.csv", "sku_classes.csv"}) {
        INFO(name);
        CHECK(box.has(std::string("a/tables/") + name));
    }
    CHECK_FALSE(box.has("a/tables/load.csv"));
    CHECK_FALSE(box.has("out/day.csv"));
}

TEST_CASE("run: --csv wants a folder") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    box.write("a-file", "");
    struct Case {
        std::vector<std::string> words;
        const char* says;
    };
    for (const Case& one : {Case{{"--csv", "-"}, "needs a folder"}, Case{{"--csv", box.path("a-file")}, "cannot make the folder"},
                            Case{{"--csv", box.path("more"), "--replications", "2"}, "is of one run"}}) {
        std::vector<std::string> words{"run", file};
        words.insert(words.end(), one.words.begin(), one.words.end());
        const Result result = box.run(words);
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Contains("--csv") && Contains(one.says));
        CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    }
    CHECK_FALSE(box.has("more"));
}

TEST_CASE("run: the repeat command names the seed and the changes, quoted for a shell") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    const Result result = box.run({"run", file, "--json", "-", "--set", "title=it's mine"});
    REQUIRE(result.status == 0);
    const std::string repeat = parsed(result.out).identity().repeat_command();
    CHECK(repeat == "lastunit run " + file + " --seed 1 --set 'title=it'\\''s mine'");
}

TEST_CASE("run: a gate that fails is exit 1, with every report written") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml", "gates: []", "gates: ['shoppers <= 1', 'oversell_rate >= 0%']");
    const Result result = box.run({"run", file, "--out", box.path("out")});
    CHECK(result.status == 1);
    const model::RunRecord record = parsed(box.read("out/run.json"));
    REQUIRE(record.gates_size() == 2);
    CHECK_FALSE(record.gates(0).passed());
    CHECK(record.gates(1).passed());
    CHECK_THAT(result.out, Contains("shoppers <= 1"));
}

TEST_CASE("run: Ctrl-C stops cleanly, writes partial reports and exits with 130") {
    for (const int signal : {SIGINT, SIGTERM}) {
        const Sandbox box;
        const std::string endless = box.scenario("small.yaml", "horizon: 2h", "horizon: 10000d, sample_every: 1h");
        const Result result = box.interrupt({"run", endless, "--verbose", "--out", box.path("out")}, "simulating", signal);
        CAPTURE(signal, result.err);
        CHECK(result.status == 130);
        CHECK_THAT(result.err, Contains("partial"));
        const model::RunRecord record = parsed(box.read("out/run.json"));
        CHECK(record.identity().partial());
        CHECK(record.identity().simulated_s() < record.identity().horizon_s());
        CHECK(record.balance().units_accepted() == record.balance().units_shipped() + record.balance().units_handed_over() +
                                                       record.balance().units_cancelled() + record.balance().units_open());
        CHECK_FALSE(box.read("out/report.html").empty());
    }
}

TEST_CASE("run: a gate is not judged of a run that Ctrl-C cut off") {
    const Sandbox box;
    box.scenario("base.yaml", "horizon: 2h", "horizon: 10000d, sample_every: 1h");
    std::string text = box.read("base.yaml");
    text.replace(text.find("gates: []"), 9, "gates: ['oversold_units < 1']");
    box.write("endless.yaml", text);
    const Result result =
        box.interrupt({"run", box.path("endless.yaml"), "--verbose", "--out", box.path("out")}, "simulating", SIGINT);
    CHECK(result.status == 130);
    const model::RunRecord record = parsed(box.read("out/run.json"));
    REQUIRE(record.gates_size() == 1);
    CHECK(record.gates(0).not_judged());
    CHECK_THAT(result.out, Contains("not judged") && Contains("repeat, the whole run: ") && !Contains("FAIL"));
}

TEST_CASE("compare: Ctrl-C is answered, and no simulation is left behind") {
    const Sandbox box;
    const std::string file = box.scenario("endless.yaml", "horizon: 2h", "horizon: 10000d, sample_every: 1h");
    const Result result = box.interrupt({"compare", file, "--designs", "own", "--verbose"}, "library", SIGINT);
    CHECK(result.status == 130);
    CHECK_THAT(result.err, Contains("stopped; 0 of 1 designs were simulated"));
}

}  // namespace
}  // namespace lastunit::cli_tests
