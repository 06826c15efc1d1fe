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
