// Studies from outside: many seeds of one design, whatever the workers, whatever is killed.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <set>
#include <sstream>
#include <thread>

#include "reports/store/store.hpp"
#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Words = std::vector<std::string>;

template <class Condition> bool wait_for(const Condition& condition) {
    for (int i = 0; i < 24'000; ++i) {  // two minutes: machines are slow and busy
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

std::size_t runs_in(const std::string& store) {
    if (!std::filesystem::exists(store)) return 0;
    try {
        return reports::Store(store).runs().size();
    } catch (const reports::StoreError&) {
        return 0;  // being made
    }
}

// No seed twice, none missing: the runs of a study of this many.
void check_whole(const std::string& store, std::size_t replications) {
    std::multiset<std::uint64_t> seeds, wanted;
    for (const reports::StoredRun& run : reports::Store(store).runs()) seeds.insert(run.seed);
    for (std::size_t i = 0; i < replications; ++i) wanted.insert(i + 1);
    CHECK(seeds == wanted);
}

}  // namespace

TEST_CASE("The figures of a study are the same to the byte with one worker, with five, and from the store") {
    const Sandbox box;
    const Words study = {"run", "smoke", "--replications", "12", "--quiet", "--json"};
    const auto with = [&](const std::string& name, const Words& more) {
        Words words = study;
        words.push_back(box.path(name));
        words.insert(words.end(), more.begin(), more.end());
        const Result result = box.run(words);
        INFO(result.err);
        REQUIRE(result.status == 0);
        return box.read(name);
    };
    const std::string one = with("one.json", {"--workers", "1"});
    CHECK(one.find("\"seeds\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]") != std::string::npos);
    CHECK(with("five.json", {"--workers", "5"}) == one);
    CHECK(with("kept.json", {"--store", box.path("s.sqlite")}) == one);
    CHECK(with("again.json", {"--store", box.path("s.sqlite")}) == one);
    check_whole(box.path("s.sqlite"), 12);
}

TEST_CASE("A run that is kept is not made again, and one more replication makes one more") {
    const Sandbox box;
    const auto said = [&](const char* replications) {
        const Result result = box.run({"run", "smoke", "--replications", replications, "--store", box.path("s.sqlite")});
        REQUIRE(result.status == 0);
        return result.err;
    };
    CHECK(said("4").find("4 runs simulated") != std::string::npos);
    CHECK(said("5").find("1 run simulated, 4 were in the store") != std::string::npos);
    CHECK(box.run({"run", "smoke", "--seed", "6", "--store", box.path("s.sqlite")}).status == 0);
    CHECK(said("6").find("0 runs simulated, 6 were in the store") != std::string::npos);
    check_whole(box.path("s.sqlite"), 6);
}

TEST_CASE("Another seed, design or change is another run; other words and gates are the same one") {
    const Sandbox box;
    const std::string store = box.path("s.sqlite");
    const auto runs_after = [&](const Words& more) {
        Words words = {"run", box.scenario("small.yaml"), "--store", store, "--quiet"};
        words.insert(words.end(), more.begin(), more.end());
        const Result result = box.run(words);
        INFO(result.err);
        CHECK(result.status <= 1);
        return runs_in(store);
    };
    CHECK(runs_after({}) == 1);
    CHECK(runs_after({}) == 1);
    CHECK(runs_after({"--set", "title=another"}) == 1);
    CHECK(runs_after({"--set", "gates=[oversold_units <= 0]"}) == 1);
    CHECK(runs_after({"--seed", "77"}) == 2);
    CHECK(runs_after({"--set", "run.horizon=30min"}) == 3);
    CHECK(runs_after({"--design", "unified"}) == 4);
}

TEST_CASE("A gate that is written after the run is judged on the run that is kept") {
    const Sandbox box;
    const Words words = {"run", "smoke", "--replications", "3", "--store", box.path("s.sqlite")};
    REQUIRE(box.run(words).status == 0);
    Words gated = words;
    gated.insert(gated.end(), {"--set", "gates=[oversold_units <= 0]"});
    const Result result = box.run(gated);
    CHECK(result.status == 1);
    CHECK(result.err.find("0 runs simulated, 3 were in the store") != std::string::npos);
    CHECK(result.err.find("fails the gate oversold_units <= 0 in 3 of 3 replications") != std::string::npos);
}

TEST_CASE("The parts of a study, merged, are the study") {
    const Sandbox box;
    const Words study = {"run", "smoke", "--replications", "7"};
    const auto run = [&](const Words& more) {
        Words words = study;
        words.insert(words.end(), more.begin(), more.end());
        const Result result = box.run(words);
        INFO(result.err);
        REQUIRE(result.status == 0);
        return result;
    };
    Words merge = {"merge", box.path("all.sqlite")};
    for (const std::string part : {"1", "2", "3"}) {
        const Result result = run({"--shard", part + "/3", "--store", box.path(part)});
        CHECK(result.out.empty());
        merge.push_back(box.path(part));
    }
    CHECK(runs_in(box.path("1")) == 3);
    CHECK(runs_in(box.path("2")) == 2);
    CHECK(runs_in(box.path("3")) == 2);
    REQUIRE(box.run(merge).status == 0);
    const Result again = box.run(merge);
    CHECK(again.out.find("0 of 3 runs added") != std::string::npos);
    check_whole(box.path("all.sqlite"), 7);
    const Result merged = run({"--store", box.path("all.sqlite"), "--quiet", "--json", "-"});
    const Result whole = run({"--quiet", "--json", "-"});
    CHECK(merged.out == whole.out);
    CHECK(run({"--store", box.path("all.sqlite")}).err.find("0 runs simulated, 7 were in the store") != std::string::npos);
}

TEST_CASE("A worker that is killed is one missing run, named with the command that repeats it") {
    const Sandbox box;
    const std::string store = box.path("s.sqlite");
    const Words words = {"run", "smoke",   "--set", "demand.streams.day.shoppers=400000", "--replications", "3", "--workers",
                         "1",   "--store", store};
    const pid_t study = box.start(LASTUNIT_BINARY, words);
    std::vector<pid_t> workers;
    REQUIRE(wait_for([&] { return !(workers = children_of(study)).empty(); }));
    kill(workers.front(), SIGKILL);
    const Result result = box.finish(study);
    INFO(result.err);
    CHECK(result.status == 3);
    CHECK(result.err.find("was ended by a signal (Killed); repeat it with: lastunit run smoke --seed ") != std::string::npos);
    CHECK(runs_in(store) == 2);
    const Result resumed = box.run(words);
    CHECK(resumed.err.find("1 run simulated, 2 were in the store") != std::string::npos);
    check_whole(store, 3);
}

TEST_CASE("A study that is killed in the middle goes on where it was: nothing twice, nothing lost") {
    const Sandbox box;
    const std::string store = box.path("s.sqlite");
    const Words words = {"run", "smoke",  "--replications",  "200", "--workers", "2", "--quiet", "--store",
                         store, "--json", box.path("a.json")};
    const pid_t study = box.start(LASTUNIT_BINARY, words);
    REQUIRE(wait_for([&] { return runs_in(store) >= 5; }));
    const std::vector<pid_t> workers = children_of(study);
    kill(study, SIGKILL);
    CHECK(box.finish(study).status == 128 + SIGKILL);
    CHECK(wait_for([&] {  // its workers do not outlive it
        for (const pid_t worker : workers)
            if (kill(worker, 0) == 0) return false;
        return true;
    }));
    const std::size_t kept = runs_in(store);
    CHECK(kept >= 5);
    CHECK(kept < 200);
    CHECK_FALSE(box.has("a.json"));
    REQUIRE(box.run(words).status == 0);
    check_whole(store, 200);
    const std::string resumed = box.read("a.json");
    REQUIRE(box.run({"run", "smoke", "--replications", "200", "--quiet", "--json", box.path("b.json")}).status == 0);
    CHECK(resumed == box.read("b.json"));
}

TEST_CASE("Ctrl-C ends a study at once, keeps what was done and says how to go on") {
    const Sandbox box;
    const std::string store = box.path("s.sqlite");
    const Words words = {"run", "smoke", "--replications", "5000", "--store", store};
    const pid_t study = box.start(LASTUNIT_BINARY, words);
    REQUIRE(wait_for([&] { return runs_in(store) >= 2; }));
    kill(study, SIGINT);
    const Result result = box.finish(study);
    CHECK(result.status == 130);
    CHECK(result.err.find("stopped; ") != std::string::npos);
    CHECK(result.err.find("the same command goes on from there") != std::string::npos);
}

TEST_CASE("--until goes on until the interval is as narrow as asked, or says why not") {
    const Sandbox box;
    const std::string store = box.path("s.sqlite");
    const Result reached = box.run({"run", "smoke", "--until", "conversion +-2%", "--store", store, "--json", "-"});
    REQUIRE(reached.status == 0);
    CHECK(runs_in(store) >= 10);
    CHECK(runs_in(store) < 100);
    CHECK(reached.err.find("not reached") == std::string::npos);
    CHECK(reached.err.find("--until conversion +-2%: reached with " + std::to_string(runs_in(store)) + " replications") !=
          std::string::npos);
    const Result again = box.run({"run", "smoke", "--until", "conversion +-2%", "--workers", "1", "--json", "-"});
    CHECK(again.out == reached.out);
    const Result given_up = box.run({"run", "smoke", "--until", "oversell_rate +-1%", "--at-most", "12"});
    CHECK(given_up.status == 0);
    CHECK(given_up.err.find("--until oversell_rate +-1%: not reached with 12 replications; about ") != std::string::npos);
}

TEST_CASE("What a study cannot do is said before anything is simulated") {
    const Sandbox box;
    struct Case {
        Words more;
        const char* said;
    };
    const Case cases[] = {
        {{"--replications", "0"}, "--replications: 0 is not within 1 to"},
        {{"--replications", "many"}, "'many' is not a whole number"},
        {{"--until", "oversell_rate 5%"}, "is not KPI +-WIDTH, e.g. "},
        {{"--until", "oversell_rate +-0%"}, "has to lie above 0"},
        {{"--until", "conversion +-5%", "--at-most", "5"}, "is less than the 10 to start with"},
        {{"--at-most", "5"}, "belongs to --replications or --until"},
        {{"--replications", "3", "--at-most", "5"}, "belongs to --until"},
        {{"--replications", "3", "--shard", "4/3", "--store", "s"}, "is not I/N with I from 1 to N"},
        {{"--replications", "3", "--shard", "1/3", "--store", "s", "--json", "x.json"}, "a part of a study reports nothing"},
        {{"--replications", "3", "--seed", "18446744073709551615"}, "leaves no room for 3 seeds"},
        {{"--replications", "3", "--shard", "1/3"}, "its runs have to be kept: --store FILE"},
        {{"--until", "conversion +-5%", "--shard", "1/3"}, "do not know each other's figures"},
        {{"--replications", "3", "--out", "x"}, "lastunit show ID"},
        {{"--replications", "3", "--html", "x", "--json", "x"}, "two reports would be written to x"},
        {{"--replications", "3", "--html", "/nowhere/x.html"}, "/nowhere"},
        {{"--replications", "3", "--html", "x.html", "--lang", "de"}, "neither `en` (English) nor `pl` (Polish)"},
        {{"--replications", "3", "--workers", "0"}, "--workers: 0 is not within 1 to 1024"},
        {{"--replications", "3", "--store", "/no/such/folder/s.sqlite"}, "/no/such/folder/s.sqlite"},
        {{"--store", LASTUNIT_SOURCE_DIR "/README.md"}, "README.md"},
    };
    for (const Case& one : cases) {
        Words words = {"run", "smoke"};
        words.insert(words.end(), one.more.begin(), one.more.end());
        const Result result = box.run(words);
        INFO(one.said << "\n" << result.err);
        CHECK(result.status == 2);
        CHECK(result.out.empty());
        CHECK(result.err.find(one.said) != std::string::npos);
    }
    const Result misspelt = box.run({"run", "smoke", "--until", "oversel_rate +-5%"});
    CHECK(misspelt.status == 2);
    CHECK(misspelt.err.find("no run measured a KPI 'oversel_rate'; did you mean `oversell_rate`?") != std::string::npos);
}

TEST_CASE("run --replications: the page carries the JSON, with gates, days and the command that makes it again") {
    const Sandbox box;
    const Result result = box.run({"run", "smoke", "--replications", "3", "--store", "none", "--quiet", "--html",
                                   box.path("r.html"), "--lang", "pl", "--json", box.path("r.json"), "--workers", "2"});
    CAPTURE(result.err);
    REQUIRE(result.status == 0);
    const std::string json = box.read("r.json"), page = box.read("r.html");
    using Catch::Contains;
    CHECK_THAT(page, Contains("<html lang=\"pl\">") && Contains("\"kind\": \"replications\"") && Contains(json));
    CHECK_THAT(json, Contains("\"command\": \"lastunit run smoke --seed 1 --replications 3\"") &&
                         Contains("\"day\": {\"start_of_day_s\"") && Contains("\"gates\": [") && Contains("\"unit\": \"share\""));
}

TEST_CASE("runs: the points of a sweep are told apart by what was set") {
    const Sandbox box;
    const std::string store = box.path("s.sqlite");
    REQUIRE(box.run({"sweep", "smoke", "--vary", "buffer=0..1", "--replications", "1", "--quiet", "--store", store}).status == 0);
    using Catch::Contains;
    const Result list = box.run({"runs", "--store", store});
    CHECK_THAT(list.out, Contains("set") && Contains("buffer=0") && Contains("buffer=1"));
    CHECK_THAT(box.run({"export", "--store", store, "--csv"}).out, Contains(",design,set,seed,") && Contains("buffer=1"));
    CHECK_THAT(box.run({"export", "--store", store, "--json"}).out, Contains("\"set\": \"") && Contains("buffer=0\""));
}

TEST_CASE("show --quiet: writes what is asked for and says nothing") {
    const Sandbox box;
    const std::string store = box.path("s.sqlite");
    REQUIRE(box.run({"run", "smoke", "--store", store, "--set", "run.horizon=2h", "--replications", "1", "--quiet"}).status == 0);
    const Result shown = box.run({"show", "1", "--store", store, "--quiet", "--json", "-"});
    CHECK(shown.status == 0);
    CHECK_THAT(shown.out, Catch::StartsWith("{"));
    CHECK(shown.err.empty());
    const Result comment = box.run({"show", "1", "--store", store, "--quiet", "--markdown", "-"});
    CHECK_THAT(comment.out, Catch::Contains("| cost per order | ") && Catch::Contains("| sync lag p99, ") &&
                                Catch::Contains("| fulfilment, p50, p90, p95, p99 | "));
}

TEST_CASE("A kept run is listed, shown, exported, and its scenario runs again to the same fingerprint") {
    const Sandbox box;
    const std::string store = box.path("s.sqlite");
    REQUIRE(box.run({"run", "smoke", "--replications", "3", "--store", store, "--set", "run.horizon=2h"}).status == 0);
    const Result list = box.run({"runs", "--store", store});
    CHECK(list.status == 0);
    CHECK(list.out.find("smoke") != std::string::npos);
    const Result shown = box.run({"show", "2", "--store", store, "--json", box.path("two.json")});
    CHECK(shown.status == 0);
    CHECK(shown.out.find("fingerprint") != std::string::npos);
    const Result comment = box.run({"show", "2", "--store", store, "--markdown", "-"});
    CHECK(comment.out.find("### Run of ") == 0);
    CHECK(comment.err.find("fingerprint") != std::string::npos);
    CHECK(box.run({"show", "2", "--store", store, "--openmetrics", box.path("two.prom")}).status == 0);
    CHECK(box.read("two.prom").find("lastunit_oversold_units{scenario=\"smoke\"") != std::string::npos);
    CHECK(box.run({"show", "2", "--store", store, "--csv", box.path("tables")}).status == 0);
    CHECK_THAT(box.read("tables/channels.csv"), Catch::StartsWith("channel,kind,"));
    const Result text = box.run({"show", "2", "--store", store, "--scenario"});
    box.write("again.yaml", text.out);
    const auto record = reports::Store(store).record(2);
    REQUIRE(record);
    const Result again = box.run({"run", box.path("again.yaml"), "--seed", std::to_string(record->identity().seed())});
    CHECK(again.out.find("fingerprint " + record->identity().fingerprint()) != std::string::npos);
    const Result csv = box.run({"export", "--store", store, "--csv"});
    CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') == 4);
    CHECK(csv.out.find(",oversell_rate,") != std::string::npos);
    const Result json = box.run({"export", "--store", store, "--json"});
    CHECK(json.out.find("\"oversell_rate\": ") != std::string::npos);
    CHECK(box.run({"show", "99", "--store", store}).status == 2);
    CHECK(box.run({"show", "two", "--store", store}).err.find("is not the number of a run") != std::string::npos);
    CHECK(box.run({"runs", "--store", box.path("none-yet")}).err.find("there is no store yet") != std::string::npos);
    CHECK(box.run({"export", "--store", store}).err.find("needs --csv or --json") != std::string::npos);
    CHECK(box.run({"merge", store, store}).err.find("cannot be merged into itself") != std::string::npos);
}

}  // namespace lastunit::cli_tests
