// `lastunit load` from outside: small loads on back ends of their own, how they end and what they leave.
#include <catch2/catch.hpp>
#include <csignal>
#include <algorithm>

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

// A machine that is busy with other things may keep the generator from its schedule: that is exit 4, said, and no fault of what is
// tested here.
void check_sound(const Result& result, const model::RunRecord& record) {
    const model::LoadReport& load = record.load();
    INFO(result.err);
    CAPTURE(load.audit().headline());
    CHECK(load.audit().verdict() == "sound");
    CHECK(result.status == (load.invalid_size() == 0 ? 0 : 4));
    CHECK(load.intended() > 100);
    CHECK(load.applied() + load.refused() + load.unknown() == load.intended());
    CHECK(load.unknown() == 0);
    CHECK(load.response().total() == load.intended());
    CHECK(load.audit().oversold_high() == 0);
    CHECK(load.audit().sold_low() > 20);
    CHECK(load.audit().sold_low() == load.audit().sold_high());
    CHECK(record.kpi().shoppers() > 400);
    CHECK(record.kpi().orders_accepted() > 20);
}

const std::string kSpeed = "2400x";  // two hours in three seconds

TEST_CASE("load: a shop on the ledger in the process is sound, and its record is that of a run with what the back end did") {
    const Sandbox box;
    const Result result = box.run({"load", box.scenario("small.yaml"), "--target", "inproc", "--speed", kSpeed, "--seed", "7",
                                   "--quiet", "--json", "-"});
    const model::RunRecord record = parsed(result.out);
    check_sound(result, record);
    CHECK(record.load().target() == "inproc");
    CHECK(record.load().speed() == 2400);
    CHECK(record.load().shards() <= 1);
    CHECK(record.identity().seed() == 7);
    CHECK_FALSE(record.identity().partial());
    CHECK(record.identity().wall_s() > 2);
    CHECK_THAT(record.identity().repeat_command(), Contains("lastunit load ") && Contains("--target inproc") && Contains("--seed 7") &&
                                                       Contains("--speed 2400x"));
    CHECK(record.load().audit().history().empty());
    CHECK(record.load().series().intended_size() > 0);
}

TEST_CASE("load: the same shoppers come as in virtual time") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    const Result live = box.run({"load", file, "--target", "inproc", "--speed", kSpeed, "--quiet", "--json", "-"});
    const Result simulated = box.run({"run", file, "--quiet", "--json", "-"});
    const model::RunRecord a = parsed(live.out), b = parsed(simulated.out);
    CHECK(a.kpi().shoppers() == b.kpi().shoppers());
    CHECK(a.identity().shoppers_fingerprint() == b.identity().shoppers_fingerprint());
    CHECK(a.identity().scenario_hash() == b.identity().scenario_hash());
}

TEST_CASE("load: --out leaves record, page and a history that the audit reads again") {
    const Sandbox box;
    const Result result = box.run({"load", box.scenario("small.yaml"), "--target", "inproc:" + box.path("stock"), "--speed", kSpeed,
                                   "--out", box.path("live")});
    const model::RunRecord record = parsed(box.read("live/run.json"));
    check_sound(result, record);
    CHECK_THAT(result.out, Contains("SOUND") && Contains("inproc:"));
    CHECK_THAT(box.read("live/report.html"), Contains("</html>"));
    CHECK(record.load().audit().history() == box.path("live") + "/history.luh");
    const Result audit = box.run({"audit", box.path("live") + "/history.luh"});
    CHECK(audit.status == 0);
    CHECK_THAT(audit.out, Contains(record.load().audit().headline()));
    // What is in the folder is not overwritten by a second run.
    const Result again = box.run({"load", box.scenario("small.yaml"), "--target", "inproc:" + box.path("stock"), "--speed", kSpeed});
    CHECK(again.status == 2);
    CHECK_THAT(again.err, Contains("--target"));
}

TEST_CASE("load: a flash drop on a sound back end sells nothing twice") {
    const Sandbox box;
    const Result result = box.run({"load", "flash-drop", "--target", "inproc", "--for", "6min", "--speed", "120x", "--quiet", "--json",
                                   "-", "--set", "demand.streams.drop.pieces=[{from: 1min, until: 3min, shoppers: 4000}]"});
    const model::RunRecord record = parsed(result.out);
    INFO(result.err);
    CHECK(record.load().audit().verdict() == "sound");
    CHECK(record.load().refused() > 0);  // of 2,000 units; more come for them
    CHECK(record.identity().horizon_s() == 360);
}

TEST_CASE("load: a gate that fails is exit 1, unless the schedule was not held") {
    const Sandbox box;
    const Result result = box.run({"load", box.scenario("gated.yaml", "gates: []", "gates: [orders_accepted < 1]"), "--target", "inproc",
                                   "--speed", kSpeed, "--quiet", "--json", "-"});
    const model::RunRecord record = parsed(result.out);
    CHECK(result.status == (record.load().invalid_size() == 0 ? 1 : 4));
    if (record.load().invalid_size() == 0) CHECK_THAT(result.err, Contains("gate failed: orders_accepted < 1"));
}

TEST_CASE("load: Ctrl-C leaves a partial record with its audit, exit 130") {
    const Sandbox box;
    const Result result = box.interrupt({"load", box.scenario("small.yaml"), "--target", "inproc", "--speed", "20x", "--verbose",
                                         "--json", box.path("run.json"), "--history", box.path("h.luh")},
                                        "prepared", SIGINT);
    CHECK(result.status == 130);
    CHECK_THAT(result.err, Contains("the reports are partial"));
    const model::RunRecord record = parsed(box.read("run.json"));
    CHECK(record.identity().partial());
    CHECK(record.identity().simulated_s() < 7200);
    CHECK(record.load().audit().verdict() != "refuted");
    CHECK(box.run({"audit", box.path("h.luh")}).status != 2);
}

TEST_CASE("load: generators share the shoppers, and their parts are judged together") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    const Result alone = box.run({"load", file, "--target", "inproc", "--generators", "2"});
    CHECK(alone.status == 2);
    CHECK_THAT(alone.err, Contains("--generators"));
}

TEST_CASE("load: bad input is one line that names it, exit 2, and nothing is written") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    struct Case {
        std::vector<std::string> words;
        const char* says;
    };
    const std::vector<Case> cases{
        {{}, "--target: which back end?"},
        {{"--target", "mysql://h"}, "There are inproc"},
        {{"--target", "grpc://127.0.0.1:1"}, "127.0.0.1:1"},
        {{"--target", "inproc:/proc/no/such"}, "--target"},
        {{"--target", "inproc", "--speed", "fast"}, "--speed"},
        {{"--target", "inproc", "--for", "soon"}, "--for"},
        {{"--target", "inproc", "--for", "0s"}, "--for"},
        {{"--target", "inproc", "--shard", "3/2"}, "--shard"},
        {{"--target", "inproc", "--shard", "1/2"}, "--start-at"},
        {{"--target", "inproc", "--shard", "1/2", "--start-at", "+5s", "--out", "x"}, "lives in this process alone"},
        {{"--target", "inproc", "--start-at", "tomorrow"}, "--start-at"},
        {{"--target", "inproc", "--generators", "0"}, "--generators"},
        {{"--target", "inproc", "--history", "-"}, "--history"},
        {{"--target", "inproc", "--history", "/no/such/folder/h.luh"}, "/no/such/folder"},
        {{"--target", "inproc", "--merge", "nowhere"}, "run.pb"},
        {{"--target", "inproc", "--merge", "nowhere", "--shard", "1/2"}, "--shard"},
        {{"--target", "inproc", "--seed", "x"}, "--seed"},
    };
    for (const Case& one : cases) {
        std::vector<std::string> words{"load", file, "--json", box.path("run.json")};
        words.insert(words.end(), one.words.begin(), one.words.end());
        const Result result = box.run(words);
        CAPTURE(one.says, result.err);
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Contains(one.says));
        CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
        CHECK_FALSE(box.has("run.json"));
        CHECK(result.out.empty());
    }
    CHECK(box.run({"prepare", file, "--target", "inproc"}).status == 2);
}

}  // namespace
}  // namespace lastunit::cli_tests
