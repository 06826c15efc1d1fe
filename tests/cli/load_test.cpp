// `lastunit load` from outside: small loads on back ends of their own, how they end and what they leave.
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>

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

// A machine that is busy with other things may keep the generator from its schedule: that is exit 4, said, and no fault of what
// is tested here.
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
    const Result result = box.run(
        {"load", box.scenario("small.yaml"), "--target", "inproc", "--speed", kSpeed, "--seed", "7", "--quiet", "--json", "-"});
    const model::RunRecord record = parsed(result.out);
    check_sound(result, record);
    CHECK(record.load().target() == "inproc");
    CHECK(record.load().speed() == 2400);
    CHECK(record.load().shards() <= 1);
    CHECK(record.identity().seed() == 7);
    CHECK_FALSE(record.identity().partial());
    CHECK(record.identity().wall_s() > 2);
    CHECK_THAT(record.identity().repeat_command(),
               Contains("lastunit load ") && Contains("--target inproc") && Contains("--seed 7") && Contains("--speed 2400x"));
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
    const Result result = box.run({"load", box.scenario("small.yaml"), "--target", "inproc:" + box.path("stock"), "--speed",
                                   kSpeed, "--out", box.path("live")});
    const model::RunRecord record = parsed(box.read("live/run.json"));
    check_sound(result, record);
    CHECK_THAT(result.out, Contains("SOUND") && Contains("inproc:"));
    CHECK_THAT(box.read("live/report.html"), Contains("</html>"));
    CHECK(record.load().audit().history() == box.path("live") + "/history.luh");
    const Result audit = box.run({"audit", box.path("live") + "/history.luh"});
    CHECK(audit.status == 0);
    CHECK_THAT(audit.out, Contains(record.load().audit().headline()));
    // What is in the folder is not overwritten by a second run.
    const Result again =
        box.run({"load", box.scenario("small.yaml"), "--target", "inproc:" + box.path("stock"), "--speed", kSpeed});
    CHECK(again.status == 2);
    CHECK_THAT(again.err, Contains("--target"));
}

TEST_CASE("load: a flash drop on a sound back end sells nothing twice") {
    const Sandbox box;
    const Result result =
        box.run({"load", "flash-drop", "--design", "unified", "--target", "inproc", "--for", "6min", "--speed", "120x", "--quiet",
                 "--json", "-", "--set", "demand.streams.drop.pieces=[{from: 1min, until: 2min, shoppers: 9000}]"});
    const model::RunRecord record = parsed(result.out);
    INFO(result.err);
    CHECK(record.load().audit().verdict() == "sound");
    CHECK(record.load().refused() > 0);  // of 2,000 units; more come for them
    CHECK(record.identity().horizon_s() == 360);
}

TEST_CASE("load: a gate that fails is exit 1, unless the schedule was not held") {
    const Sandbox box;
    const Result result = box.run({"load", box.scenario("gated.yaml", "gates: []", "gates: [orders_accepted < 1]"), "--target",
                                   "inproc", "--speed", kSpeed, "--quiet", "--json", "-"});
    const model::RunRecord record = parsed(result.out);
    CHECK(result.status == (record.load().invalid_size() == 0 ? 1 : 4));
    if (record.load().invalid_size() == 0) CHECK_THAT(result.err, Contains("gate failed: orders_accepted < 1"));
}

TEST_CASE("load: trucks with several SKUs under one number are no offence of the back end") {
    const Sandbox box;
    const Result result =
        box.run({"load", "smoke", "--target", "inproc", "--speed", "3000x", "--for", "10min", "--quiet", "--json", "-"});
    const model::RunRecord record = parsed(result.out);
    CAPTURE(record.load().audit().headline());
    CHECK(record.load().audit().verdict() == "sound");
}

bool is_there(const Result& result, const char* target) {
    const bool absent = result.status == 2 && (result.err.find("was built without") != std::string::npos ||
                                               result.err.find("no redis-server here") != std::string::npos ||
                                               result.err.find("no PostgreSQL") != std::string::npos);
    if (absent) WARN(target << " is not here: " << result.err);
    return !absent;
}

TEST_CASE("load: a password stands neither in the record nor in the command that repeats it") {
    const Sandbox box;
    const Result result = box.run({"load", box.scenario("small.yaml"), "--target", "postgres?mode=for_update&sslpassword=s3cret",
                                   "--speed", kSpeed, "--for", "10min", "--quiet", "--json", "-"});
    if (!is_there(result, "postgres")) return;
    const model::RunRecord record = parsed(result.out);
    CHECK(record.load().target() == "postgres?mode=for_update");
    CHECK_THAT(record.identity().repeat_command(), Contains("--target 'postgres?mode=for_update'") && Contains("--for 10min"));
    CHECK(result.out.find("s3cret") == std::string::npos);
    CHECK(result.err.find("s3cret") == std::string::npos);
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

// Targets of servers of the run's own; those that this machine has not are passed over aloud.
TEST_CASE("load: private servers of every kind are started, loaded, judged and gone") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    for (const char* target : {"serve", "serve?way=stream", "postgres?mode=for_update", "redis?mode=lua"}) {
        CAPTURE(target);
        const Result result = box.run({"load", file, "--target", target, "--speed", kSpeed, "--quiet", "--json", "-"});
        if (!is_there(result, target)) continue;
        const model::RunRecord record = parsed(result.out);
        check_sound(result, record);
        CHECK(record.load().target() == target);
        CHECK_FALSE(record.load().system().empty());
        CHECK(record.load().service().total() > 100);
    }
}

TEST_CASE("load: GET and DECR sell a unit twice in a flash drop, and the audit says so with a story") {
    const Sandbox box;
    for (int attempt = 0; attempt < 5; ++attempt) {
        const Result result = box.run({"load", "flash-drop", "--design", "unified", "--target", "redis?mode=get_decr", "--for",
                                       "4min", "--speed", "120x", "--quiet", "--json", "-", "--set",
                                       "demand.streams.drop.pieces=[{from: 1min, until: 2min, shoppers: 9000}]"});
        if (!is_there(result, "redis")) return;
        const model::RunRecord record = parsed(result.out);
        INFO(result.err);
        CHECK(record.load().mode() == "get_decr");
        if (record.load().audit().verdict() != "refuted") continue;  // nobody met at the last unit: a race is won sometimes
        CHECK(result.status == 1);
        CHECK(record.load().audit().stories_size() > 0);
        CHECK_THAT(result.err, Contains("REFUTED"));
        CHECK(record.kpi().oversold_units() > 0);
        return;
    }
    FAIL("five flash drops, and no unit was sold twice");
}

TEST_CASE("load: kill -9 of the server while it is loaded loses nothing that was acknowledged") {
    const Sandbox box;
    const std::string file =
        box.scenario("faulty.yaml", "gates: []", "faults:\n  power: {kind: host_crash, at: 30min, lasts: 10min}\ngates: []");
    const Result result = box.run({"load", file, "--target", "serve", "--speed", "1200x", "--quiet", "--json", "-"});
    if (!is_there(result, "serve")) return;
    const model::RunRecord record = parsed(result.out);
    INFO(result.err);
    const model::LoadReport& load = record.load();
    CHECK(load.audit().verdict() != "refuted");
    REQUIRE(load.faults_size() == 1);
    CAPTURE(load.faults(0).ShortDebugString());
    CHECK_THAT(load.faults(0).done(), Contains("kill -9") && Contains("back after"));
    CHECK(load.faults(0).left_out().empty());
    CHECK(load.unknown() == 0);
    // Somebody else's server is not ours to kill.
    const Result spared = box.run({"load", file, "--target", "inproc", "--speed", kSpeed, "--quiet", "--json", "-"});
    const model::RunRecord other = parsed(spared.out);
    REQUIRE(other.load().faults_size() == 1);
    CHECK_FALSE(other.load().faults(0).left_out().empty());
}

TEST_CASE("load: --predict puts a simulation with measured service times beside what was measured") {
    const Sandbox box;
    const std::string file = box.scenario("asks.yaml", "web: {reservation: check_then_act, window: 5s}",
                                          "web: {reservation: ledger, decides_on: core}");
    const Result result = box.run({"load", file, "--target", "serve", "--speed", "1200x", "--predict", "--quiet", "--json", "-"});
    if (!is_there(result, "serve")) return;
    const model::RunRecord record = parsed(result.out);
    const model::LoadPrediction& prediction = record.load().prediction();
    CHECK(prediction.calibration_size() >= 4);
    for (const model::CalibratedOperation& one : prediction.calibration()) {
        CAPTURE(one.kind());
        CHECK(one.samples() > 0);
        CHECK(one.mean_ms() > 0);
    }
    const auto figure = [&prediction](const std::string& name) {
        for (const model::PredictedFigure& one : prediction.figures())
            if (one.name() == name) return one;
        FAIL("no figure " << name);
        return model::PredictedFigure();
    };
    const model::PredictedFigure orders = figure("orders_accepted");
    CHECK(orders.measured() == static_cast<double>(record.kpi().orders_accepted()));
    CHECK(orders.predicted() == Approx(orders.measured()).epsilon(0.2));
    CHECK(figure("decision_p50").predicted() > 0);
    CHECK(figure("decision_p50").measured() > 0);
}

TEST_CASE("calibrate: the table, and a design that is run with") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    const Result result = box.run({"calibrate", "inproc", "--scenario", file, "--out", box.path("ours.yaml")});
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("allocate") && Contains("per second") && Contains("--design"));
    CHECK_THAT(box.read("ours.yaml"), Contains("system-under-load"));
    const Result run = box.run({"run", file, "--design", box.path("ours.yaml"), "--quiet", "--json", "-"});
    INFO(run.err);
    CHECK(run.status == 0);
    CHECK(parsed(run.out).identity().design() == "ours");
    CHECK(box.run({"calibrate", "nothing"}).status == 2);
}

TEST_CASE("load: generators share the shoppers, and their parts are judged together") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    const Result alone = box.run({"load", file, "--target", "inproc", "--generators", "2"});
    CHECK(alone.status == 2);
    CHECK_THAT(alone.err, Contains("--generators"));
    const Result result =
        box.run({"load", file, "--target", "serve", "--generators", "2", "--speed", "1200x", "--quiet", "--json", "-"});
    if (!is_there(result, "serve")) return;
    const model::RunRecord record = parsed(result.out), whole = parsed(box.run({"run", file, "--quiet", "--json", "-"}).out);
    check_sound(result, record);
    CHECK(record.load().shards() == 2);
    CHECK(record.kpi().shoppers() == whole.kpi().shoppers());
    CHECK(record.funnel().arrived() == whole.funnel().arrived());
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
        {{"--target", "mysql://h"}, "there are inproc"},
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
        {{"--target", "inproc", "--merge", "nowhere"}, "lives in this process alone"},
        {{"--target", "serve", "--merge", "nowhere"}, "lives in this process alone"},
        {{"--target", "redis?mode=lua", "--merge", "nowhere"}, "lives in this process alone"},
        {{"--target", "inproc:" + box.path("stock"), "--merge", "nowhere"}, "lives in this process alone"},
        {{"--target", "inproc", "--no-prepare"}, "prepare it first"},
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
