// Another design by --design, and several by compare.
#include <catch2/catch.hpp>

#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

TEST_CASE("run: --design names the design in the report, in the record and in the command that repeats it") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    const Result result = box.run({"run", shop, "--design", "unified", "--json", box.path("run.json")});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("design unified, seed 1"));
    CHECK_THAT(box.read("run.json"), Contains("\"design\": \"unified\"") && Contains("\"design_file\": \"unified\"") &&
                                         Contains(" --seed 1 --design unified\""));
}

TEST_CASE("run, check: a wrong design is bad input, with the nearest name") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    for (const char* command : {"run", "check"}) {
        const Result result = box.run({command, shop, "--design", "unifeid"});
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Contains("did you mean `unified`?"));
    }
    CHECK_THAT(box.run({"check", shop, "--design", "polling-hub"}).out, Contains("design polling-hub, hash "));
}

TEST_CASE("list: shows the designs, also of a library of one's own") {
    const Sandbox box;
    std::filesystem::create_directories(box.path("designs"));
    box.write("designs/ours.yaml", "title: what we run\ndesign: {by_kind: {any: {reservation: ledger}}}\n");
    const Result result = box.run({"list", "--library", box.path("")});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("edge-escrow") && Contains("ours") && Contains("what we run"));
    CHECK(box.run({"check", box.scenario("small.yaml"), "--design", "ours", "--library", box.path("")}).status == 0);
}

TEST_CASE("compare: the same shoppers under several designs, the scenario's own among them") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    const Result result = box.run({"compare", shop, "--designs", "own,unified,nightly-batch", "--json", box.path("c.json"),
                                   "--markdown", box.path("c.md")});
    CHECK(result.status == 0);
    CHECK_THAT(result.out,
               Contains("seed 1, under 3 designs") && Contains("feed") && Contains("unified") && Contains("nightly-batch"));
    CHECK_THAT(box.read("c.md"), Contains("| unified |") && Contains("| feed |"));
    CHECK_THAT(box.read("c.json"), Contains("\"design\": \"nightly-batch\""));
    const Result again = box.run({"compare", shop, "--designs", "own,unified,nightly-batch"});
    CHECK(again.out == result.out);
}

TEST_CASE("compare: a gate that a design breaks is exit 1 and said") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml", "gates: []", "gates: [oversold_units <= 0]");
    const Result result = box.run({"compare", shop, "--designs", "nightly-batch,unified"});
    CHECK(result.status == 1);
    CHECK_THAT(result.err, Contains("design nightly-batch fails the gate oversold_units <= 0"));
}

TEST_CASE("compare: many seeds give the same bytes whatever the workers, and differences with intervals") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    const std::vector<std::string> study = {"compare", shop, "--designs", "nightly-batch,own,unified", "--replications", "6"};
    const auto with = [&](const std::string& workers, const std::string& name) {
        std::vector<std::string> words = study;
        for (const char* kind : {"json", "markdown", "html"})
            words.insert(words.end(), {std::string("--") + kind, box.path(name + "." + kind)});
        words.insert(words.end(), {"--workers", workers});
        return box.run(words);
    };
    const Result one = with("1", "one"), three = with("3", "three");
    CAPTURE(one.err);
    CHECK(one.status == 0);
    CHECK(one.out == three.out);
    for (const char* kind : {".json", ".markdown", ".html"})
        CHECK(box.read(std::string("one") + kind) == box.read(std::string("three") + kind));
    CHECK_THAT(one.out, Contains("under 3 designs, 6 replications, seeds 1 to 6") && Contains("feed against nightly-batch") &&
                            Contains("same shoppers, 6 replications") && Contains("Front"));
    CHECK_THAT(box.read("one.json"), Contains("\"baseline\": \"nightly-batch\"") && Contains("\"seeds\": \"common\""));
    CHECK_THAT(box.read("one.html"), Contains("--seed 1 --replications 6") && !Contains("--workers"));
}

TEST_CASE("compare: against another design, by chosen KPIs, over a chosen front, with other shoppers") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    const Result result = box.run({"compare", shop, "--designs", "own,unified", "--replications", "4", "--against", "unified",
                                   "--kpi", "revenue", "--kpi", "channels.web.oversold_units", "--pareto",
                                   "revenue,cost_per_order", "--seeds", "independent", "--json", "-"});
    CAPTURE(result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("\"baseline\": \"unified\"") && Contains("\"path\": \"channels.web.oversold_units\"") &&
                               Contains("\"kpis\": [\"revenue\", \"cost_per_order\"]") && Contains("[1000000001, 1000000002"));
    CHECK_THAT(result.out, !Contains("oversell_rate"));
}

TEST_CASE("compare: a gate that is broken now and then says in how many replications") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml", "gates: []", "gates: [oversold_units <= 0]");
    const Result result = box.run({"compare", shop, "--designs", "nightly-batch,unified", "--replications", "3"});
    CHECK(result.status == 1);
    CHECK_THAT(result.err, Contains("nightly-batch fails the gate oversold_units <= 0 in "));
    CHECK_THAT(result.err, Contains(" of 3 replications"));
}

TEST_CASE("compare: a mistake in the options of a study is bad input before anything runs") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
        {{"--kpi", "oversel_rate"}, "oversell_rate"},
        {{"--kpi", "channels.webb.revenue"}, "did you mean `web`?"},
        {{"--pareto", "revenue"}, "fewer than two"},
        {{"--pareto", "revenue,shoppers"}, "neither less nor more of 'shoppers' is better"},
        {{"--pareto", "revenue,revenue"}, "there twice"},
        {{"--against", "unifeid"}, "did you mean `unified`?"},
        {{"--seeds", "other"}, "neither `common` nor `independent`"},
        {{"--replications", "0"}, "--replications"},
        {{"--html", "/nowhere/c.html"}, "/nowhere"},
        {{"--json", "-", "--html", "-"}, "two reports"}};
    for (const auto& [words, says] : mistakes) {
        std::vector<std::string> all = {"compare", shop, "--designs", "own,unified"};
        all.insert(all.end(), words.begin(), words.end());
        const Result result = box.run(all);
        CAPTURE(words.front(), words.back(), result.err);
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Contains(says));
        CHECK(result.out.empty());
    }
}

TEST_CASE("compare: mistakes are bad input, and all are said before anything runs") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    CHECK_THAT(box.run({"compare", shop, "--designs", "silos,silo,unifeid"}).err,
               Contains("did you mean `silos`?") && Contains("did you mean `unified`?"));
    for (const char* designs : {"silo", "", "own,,silos", "silos,silos"}) {
        CAPTURE(designs);
        CHECK(box.run({"compare", shop, "--designs", designs}).status == 2);
    }
    CHECK(box.run({"compare", shop, "--json", "/nowhere/c.json"}).status == 2);
}

}  // namespace
}  // namespace lastunit::cli_tests
