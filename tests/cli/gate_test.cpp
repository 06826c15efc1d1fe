// `lastunit gate` from outside: verdicts, exit codes, files.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "reports/gate/baseline.hpp"
#include "scenarios/yaml_reader.hpp"
#include "tests/cli/process.hpp"

using namespace lastunit::cli_tests;
namespace scenarios = lastunit::scenarios;
using Catch::Contains;
using Words = std::vector<std::string>;

namespace {

constexpr int kPass = 0, kFail = 1, kBad = 2, kInvalid = 4;

Result gate(const Sandbox& box, const std::string& gates, const Words& more = {}, const std::string& scenario = "shop.yaml") {
    Words words = {"gate", box.path(scenario), "--store", "none"};
    if (!gates.empty()) words.insert(words.end(), {"--set", "gates=" + gates});
    words.insert(words.end(), more.begin(), more.end());
    return box.run(words);
}

// JSON is YAML.
scenarios::Tree json_of(const std::string& text) {
    scenarios::Report report;
    scenarios::Tree tree = scenarios::read_yaml(text, "json", scenarios::Origin::file, report);
    REQUIRE(report.empty());
    return tree;
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_CASE("gate: kept gates pass, broken ones fail, and the first line says so") {
    const Sandbox box;
    box.scenario("shop.yaml");
    const Result kept = gate(box, "[oversell_rate < 99%, p99(fulfilment_time) < 480h, channels.web.oversold_units >= 0]");
    CHECK(kept.status == kPass);
    CHECK_THAT(kept.out, Catch::StartsWith("PASS gate of shop: 3 gates, 10 replications, design feed\n"));
    const Result broken = gate(box, "[oversell_rate < 99%, oversold_units <= 0]");
    CHECK(broken.status == kFail);
    CHECK_THAT(broken.out, Catch::StartsWith("FAIL gate of shop: 2 gates"));
    CHECK_THAT(broken.out, Contains("FAIL: oversold_units <= 0"));
}

TEST_CASE("gate: what cannot be told is INVALID, with how many replications would do") {
    const Sandbox box;
    box.scenario("shop.yaml");
    const Result one = gate(box, "[oversell_rate < 99%]", {"--replications", "1"});
    CHECK(one.status == kInvalid);
    CHECK_THAT(one.out, Contains("INVALID: oversell_rate < 99%"));
    // The mean of some replications as the bound: nobody can say on which side of it the true one is.
    const Result figures = gate(box, "[oversold_units < 1000]", {"--json", "-", "--quiet"});
    const double mean = std::stod(json_of(figures.out).child("gates")->items.front().child("now")->text);
    const Result near = gate(box, "[oversold_units < " + std::to_string(mean + 0.3) + "]", {"--at-most", "20"});
    CHECK(near.status == kInvalid);
    CHECK_THAT(near.out, Contains("cannot tell with 20 replications: about"));
}

TEST_CASE("gate: no gates, no orders and no baseline are INVALID, never a silent pass") {
    const Sandbox box;
    box.scenario("shop.yaml");
    CHECK(gate(box, "[]").status == kInvalid);
    const Result idle = gate(box, "[oversell_rate < 99%]", {"--set", "personas.anyone.reach_checkout=0%"});
    CHECK(idle.status == kInvalid);
    CHECK_THAT(idle.out, Contains("no order was accepted"));
    CHECK(gate(box, "[oversold_units <= baseline]").status == kInvalid);
    CHECK(gate(box, "[channels.wbe.oversold_units < 10]").status == kInvalid);
}

TEST_CASE("gate: the same lastunit and seeds are identical to the baseline; a worse design fails, by the same shoppers") {
    const Sandbox box;
    box.scenario("shop.yaml");
    const Words to = {"--write-baseline", box.path("base.json"), "--replications", "12"},
                with = {"--baseline", box.path("base.json")};
    REQUIRE(gate(box, "", to).status == kPass);
    const Result same = gate(box, "", with);
    CHECK(same.status == kPass);
    CHECK_THAT(same.out, Contains("Identical in 10 of 10 replications"));
    Words identical = with;
    identical.emplace_back("--identical");
    CHECK(gate(box, "", identical).status == kPass);

    Words worse = with;
    worse.insert(worse.end(), {"--set", "design.edges.feed.interval=60min"});
    const Result failed = gate(box, "[oversold_units <= baseline]", worse);
    CHECK(failed.status == kFail);
    CHECK_THAT(failed.out, Contains("The scenario was changed since the baseline"));
    worse.emplace_back("--identical");
    CHECK_THAT(gate(box, "", worse).out, Contains("FAIL identical to the baseline: changed in"));

    Words other_seeds = with;
    other_seeds.insert(other_seeds.end(), {"--seed", "501", "--at-most", "40"});
    const Result independent = gate(box, "[cost_per_order <= baseline + 30%]", other_seeds);
    CHECK(independent.status != kFail);
    CHECK_THAT(independent.out, Contains("compared as independent samples"));
}

TEST_CASE("gate: a baseline that this very lastunit made and does not repeat fails as not deterministic") {
    const Sandbox box;
    box.scenario("shop.yaml");
    REQUIRE(gate(box, "", {"--write-baseline", box.path("base.json"), "--replications", "10"}).status == kPass);
    std::string text = box.read("base.json");
    const std::size_t at = text.find("\"fingerprint\": \"") + 16;
    text[at] = text[at] == '0' ? '1' : '0';
    box.write("base.json", text);
    const Result result = gate(box, "", {"--baseline", box.path("base.json")});
    CHECK(result.status == kFail);
    CHECK_THAT(result.out, Contains("not deterministic"));
}

TEST_CASE("gate: a baseline of another scenario is INVALID, a file that is none is bad input") {
    const Sandbox box;
    box.scenario("shop.yaml");
    box.scenario("other.yaml", "rate: 5/min", "rate: 6/min");
    REQUIRE(gate(box, "", {"--write-baseline", box.path("base.json"), "--replications", "5"}, "other.yaml").status == kPass);
    const Result other = gate(box, "[oversold_units <= baseline]", {"--baseline", box.path("base.json")});
    CHECK(other.status == kInvalid);
    CHECK_THAT(other.out, Contains("the baseline is of the scenario other, not of shop"));
    box.write("none.json", "{}");
    for (const char* file : {"none.json", "missing.json", "shop.yaml"})
        CHECK(gate(box, "", {"--baseline", box.path(file)}).status == kBad);
}

TEST_CASE("gate: what does not fit together is refused before anything is simulated") {
    const Sandbox box;
    box.scenario("shop.yaml");
    const std::string base = box.path("base.json");
    REQUIRE(gate(box, "", {"--write-baseline", base, "--replications", "5"}).status == kPass);
    const std::vector<std::pair<Words, std::string>> table = {
        {{"--replications", "0"}, "--replications: 0 is not within"},
        {{"--replications", "5", "--at-most", "9"}, "give one of them"},
        {{"--identical"}, "--identical: to what?"},
        {{"--tolerance", "2"}, "--tolerance:"},
        {{"--tolerance", "20%"}, "--resolution"},
        {{"--binary", "/bin/true"}, "--baseline-binary"},
        {{"--baseline-binary", box.path("nothing")}, "no program that can be run"},
        {{"--write-baseline", base, "--baseline", base}, "judges nothing"},
        {{"--junit", box.path("a"), "--json", box.path("a")}, "two reports"},
        {{"--junit", box.path("no/such/a.xml")}, "no folder"},
        {{"--set", "gates=[oversel_rate < 1%]"}, "did you mean `oversell_rate`"},
        {{"--set", "gates=[p98(fulfilment_time) < 1h]"}, "did you mean `fulfilment_time_s.p9"},
        {{"--set", "gates=[oversell_rate < baseline * 2]"}, "expected `baseline`"},
        {{"--set", "gates=[cost_per_order < baseline + 2h]"}, "does not fit"},
    };
    for (const auto& [words, said] : table) {
        const Result result = gate(box, "", words);
        CAPTURE(said, result.err);
        CHECK(result.status == kBad);
        CHECK_THAT(result.err, Contains(said));
        CHECK(result.out.empty());
    }
    CHECK_FALSE(box.has("a"));
}

TEST_CASE("gate: JUnit XML, JSON and Markdown say the same, whatever the number of workers") {
    const Sandbox box;
    box.scenario("shop.yaml");
    const std::string gates = "[oversell_rate < 99%, oversold_units <= 0, oversold_units <= baseline]";
    std::string first;
    for (const char* workers : {"1", "3"}) {
        const Result result = gate(box, gates,
                                   {"--workers", workers, "--junit", box.path("gate.xml"), "--json", box.path("gate.json"),
                                    "--markdown", box.path("gate.md"), "--quiet"});
        CHECK(result.status == kFail);
        std::string all = box.read("gate.xml") + box.read("gate.json") + box.read("gate.md") + result.out;
        for (std::size_t at; (at = all.find("--workers 3")) != std::string::npos;) all[at + 10] = '1';
        if (first.empty()) first = all;
        CHECK(all == first);
    }
    const std::string xml = box.read("gate.xml");
    CHECK_THAT(
        xml, Catch::StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites ") && Catch::EndsWith("</testsuites>\n"));
    CHECK(count(xml, "tests=\"3\" failures=\"1\" errors=\"1\"") == 2);
    CHECK(count(xml, "<testcase ") == 3);
    CHECK(count(xml, "<failure ") == 1);
    CHECK(count(xml, "<error ") == 1);
    const scenarios::Tree json = json_of(box.read("gate.json"));
    CHECK(json.child("verdict")->text == "FAIL");
    Words verdicts;
    for (const auto& one : json.child("gates")->items) verdicts.push_back(one.child("verdict")->text);
    CHECK(verdicts == Words{"PASS", "FAIL", "INVALID"});
    CHECK_THAT(box.read("gate.md"), Contains("| oversold\\_units &lt;= 0 | - |") && Contains("**INVALID**"));
}

TEST_CASE("gate: runs are taken from the store, one of them is repeated to be sure") {
    const Sandbox box;
    box.scenario("shop.yaml");
    const Words words = {"gate",    box.path("shop.yaml"),   "--set",  "gates=[oversell_rate < 99%]",
                         "--store", box.path("runs.sqlite"), "--json", box.path("gate.json")};
    REQUIRE(box.run(words).status == kPass);
    const std::string first = box.read("gate.json");
    REQUIRE(box.run(words).status == kPass);
    CHECK(box.read("gate.json") == first);
}

TEST_CASE("gate: `run` leaves gates against a baseline out, and says so") {
    const Sandbox box;
    box.scenario("shop.yaml");
    const Result result =
        box.run({"run", box.path("shop.yaml"), "--set", "gates=[oversold_units <= baseline, oversell_rate < 99%]"});
    CHECK(result.status == kPass);
    CHECK_THAT(result.out, Contains("not judged  oversold_units <= baseline (judged by lastunit gate)"));
}

TEST_CASE("gate: allocations of a run are the same in every process, and none is counted for another's work") {
    const Sandbox box;
    box.scenario("shop.yaml");
    const auto counted = [&] {
        const std::string record = box.run({"run", box.path("shop.yaml"), "--quiet", "--json", "-"}).out;
        return std::stod(json_of(record).child("identity")->child("allocations")->text);
    };
    const double once = counted();
    CHECK(counted() == once);
    if (once == 0) return;  // a build with sanitizers
    REQUIRE(gate(box, "", {"--write-baseline", box.path("base.json"), "--replications", "2"}).status == kPass);
    const auto base = lastunit::reports::gate::read_baseline(box.read("base.json"));
    REQUIRE(base.baseline);
    const auto first = [&](const char* path) { return lastunit::reports::gate::figures_of(*base.baseline, path)->front(); };
    CHECK(first("orders_accepted") * first("counters.allocations_per_order") == Approx(once));
}
