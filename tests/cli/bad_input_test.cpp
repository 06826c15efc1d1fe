// Each kind of bad input: a clear message, exit 2, no stack trace, no half-written file.
#include <catch2/catch.hpp>

#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

void check_refused(const Sandbox& box, const Result& result, const std::vector<std::string>& says) {
    CAPTURE(result.err);
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    for (const std::string& part : says) CHECK_THAT(result.err, Contains(part));
    for (const char* trace : {"terminate", "what()", "internal error", "assert", "Aborted", ".cpp:"})
        CHECK_THAT(result.err, !Contains(trace));
    CHECK_FALSE(box.has("out/run.json"));
    CHECK_FALSE(box.has("out/run.pb"));
    CHECK_FALSE(box.has("out/report.html"));
}

struct Mistake {
    const char* what;
    const char* from;
    const char* to;
    std::vector<std::string> says;
};

const std::vector<Mistake> kMistakes{
    {"an unknown field", "horizon: 2h", "horizn: 2h", {"bad.yaml:3:", "horizn", "horizon"}},
    {"a wrong unit", "horizon: 2h", "horizon: 2 PLN", {"bad.yaml:3:", "run.horizon"}},
    {"a number without its unit", "horizon: 2h", "horizon: 7200", {"bad.yaml:3:", "run.horizon"}},
    {"a horizon of zero seconds", "horizon: 2h", "horizon: 0s", {"bad.yaml:3:", "run.horizon"}},
    {"negative stock", "each: 5", "each: -5", {"bad.yaml:11:", "stock", "each"}},
    {"a store without coordinates", "lat: 52.2, lon: 21.0, ", "", {"bad.yaml:9:", "shop"}},
    {"a matrix row that does not sum to one", "web: 90%, till: 10%", "web: 80%, till: 10%", {"bad.yaml:20:", "switches", "90"}},
    {"a channel that does not exist", "to: web, kind: snapshot", "to: wev, kind: snapshot", {"bad.yaml:", "wev", "web"}},
    {"a gate on no known figure", "gates: []", "gates: ['oversel_rate < 1%']", {"bad.yaml:", "oversel_rate"}},
    {"no YAML at all", "run: {horizon: 2h", "run: {horizon: 2h: [", {"bad.yaml:"}},
};

TEST_CASE("bad input: a scenario with a mistake is refused by run and by check, with its place") {
    for (const Mistake& mistake : kMistakes) {
        const Sandbox box;
        CAPTURE(mistake.what);
        const std::string file = box.scenario("bad.yaml", mistake.from, mistake.to);
        check_refused(box, box.run({"check", file}), mistake.says);
        check_refused(box, box.run({"run", file, "--out", box.path("out")}), mistake.says);
        CHECK_FALSE(box.has("out"));
    }
}

TEST_CASE("bad input: all mistakes of a file are named at once") {
    const Sandbox box;
    const std::string file =
        box.scenario("bad.yaml", "each: 5}\n  - {nodes: [shop], each: 2", "each: -5}\n  - {nodes: [shopp], each: 2");
    check_refused(box, box.run({"check", file}), {"bad.yaml:11:", "bad.yaml:12:", "shopp"});
}

TEST_CASE("bad input: a wrong --set is named as such") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    check_refused(box, box.run({"run", file, "--set", "run.horizn=2h"}), {"--set", "horizn"});
    check_refused(box, box.run({"run", file, "--set", "run.horizon=soon"}), {"--set", "run.horizon"});
}

TEST_CASE("bad input: a scenario that is not there is answered with the nearest name of the library") {
    const Sandbox box;
    check_refused(box, box.run({"run", "black-fryday"}), {"black-fryday", "black-friday"});
    check_refused(box, box.run({"run", box.path("nothing.yaml")}), {"nothing.yaml"});
}

// Three orders; the second row's quantity is not a number.
const char kBrokenLog[] =
    "time,order,sku,quantity,price\n"
    "2009-12-01 07:45:00,1,lamp,1,6.95\n"
    "2009-12-01 07:46:00,2,lamp,two,6.95\n"
    "2009-12-01 07:47:00,3,chair,1,16.00\n";
const char kReplay[] =
    "demand:\n  replay:\n    file: orders.csv\n"
    "    columns: {time: time, order: order, sku: sku, quantity: quantity, price: price}\n";

TEST_CASE("bad input: an order log with a broken row is refused with the row's line and reason") {
    const Sandbox box;
    box.write("orders.csv", kBrokenLog);
    box.scenario("base.yaml", "demand:\n  streams:\n    all: {rate: 5/min}\n", kReplay);
    std::string text = box.read("base.yaml");
    text.replace(text.find("catalogue: {skus: 20}\n"), 22, "");
    box.write("bad.yaml", text);
    check_refused(box, box.run({"run", box.path("bad.yaml"), "--out", box.path("out")}), {"orders.csv:3", "two"});
}

TEST_CASE("bad input: an order log that names a channel the scenario does not have is refused") {
    const Sandbox box;
    box.write("orders.csv", "time,order,sku,quantity,price,where\n2009-12-01 00:45:00,1,lamp,1,6.95,webb\n");
    std::string replay = kReplay;
    replay.replace(replay.find("price: price}"), 13, "price: price, channel: where}");
    box.scenario("base.yaml", "demand:\n  streams:\n    all: {rate: 5/min}\n", replay);
    std::string text = box.read("base.yaml");
    text.replace(text.find("catalogue: {skus: 20}\n"), 22, "");
    box.write("bad.yaml", text);
    check_refused(box, box.run({"run", box.path("bad.yaml"), "--out", box.path("out")}),
                  {"demand.replay.columns.channel", "`webb`"});
}

TEST_CASE("bad input: an output that cannot be written is refused before the simulation starts") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    box.write("a-file", "not a folder");
    // Folders below a file cannot be made, not even by root.
    check_refused(box, box.run({"run", file, "--out", box.path("a-file/out")}), {"--out", "a-file/out"});
    check_refused(box, box.run({"run", file, "--json", box.path("no-folder/run.json")}), {"no-folder/run.json"});
    check_refused(box, box.run({"run", file, "--html", box.path("")}), {"directory"});
    check_refused(box, box.run({"run", file, "--html", box.path("x"), "--lang", "de"}), {"--lang", "'de'", "`pl`"});
    check_refused(box, box.run({"compare", file, "--html", box.path("x"), "--lang", "PL"}), {"--lang", "'PL'", "`pl`"});
    check_refused(box, box.run({"sweep", file, "--vary", "buffer=0..1", "--lang", "pl_PL"}), {"--lang", "`pl`"});
    check_refused(box, box.run({"plan", file, "--minimise", "cost", "--lang", "x"}), {"--lang", "`pl`"});
    check_refused(box, box.run({"run", file, "--json", box.path("same"), "--html", box.path("same")}), {"two reports", "same"});
    CHECK(box.read("a-file") == "not a folder");
    CHECK_FALSE(box.has("same"));
}

TEST_CASE("bad input: validate refuses a file that holds no reference cases") {
    const Sandbox box;
    box.write("cases.json", "{\"not\": [");
    check_refused(box, box.run({"validate", box.path("cases.json")}), {"cases.json"});
    check_refused(box, box.run({"validate", box.path("nothing.json")}), {"nothing.json"});
}

TEST_CASE("bad input: an empty name is not taken for none given") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    check_refused(box, box.run({"run", file, "--design", ""}), {"--design: the DESIGN given is empty"});
    check_refused(box, box.run({"check", file, "--design="}), {"--design"});
    check_refused(box, box.run({"compare", file, "--designs", ""}), {"--designs"});
    check_refused(box, box.run({"run", file, "--json", ""}), {"--json: the FILE given is empty"});
    check_refused(box, box.run({"run", ""}), {"lastunit run: SCENARIO: '' is empty"});
}

TEST_CASE("bad input: a folder is called a folder") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    check_refused(box, box.run({"check", box.path("")}), {"is a folder, not a scenario file"});
    check_refused(box, box.run({"run", file, "--design", box.path("")}), {"is a folder, not a design's file"});
}

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST_CASE("bad input: compare names a mistake of the scenario once, and the designs of a mistake that is theirs") {
    const Sandbox box;
    const std::string file = box.scenario("bad.yaml", "horizon: 2h", "horizon: soon");
    const Result result = box.run({"compare", file, "--designs", "own,unified,polling-hub"});
    check_refused(box, result, {"bad.yaml:3:", "soon"});
    CHECK(times(result.err, "bad.yaml:3:") == 1);
    CHECK_THAT(result.err, !Contains("(under "));

    const std::string good = box.scenario("good.yaml");
    check_refused(box, box.run({"compare", good, "--designs", "own,unified", "--set", "design.edges.feed.latency=1s"}),
                  {"design.edges.feed.kind: `kind` is required", "(under unified)"});
}

TEST_CASE("a full disk: what could not be printed is an error of every command that prints") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    for (const std::string words : {"list", "help", "version", "failures --list"}) {
        CAPTURE(words);
        const Result result = box.run_binary("/bin/sh", {"-c", LASTUNIT_BINARY " " + words + " >/dev/full"});
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Contains("cannot write to stdout: No space left on device"));
    }
    for (const std::string command : {"run", "check", "compare"}) {
        CAPTURE(command);
        const std::string words = command + " " + file + (command == "compare" ? " --designs own" : "");
        CHECK(box.run_binary("/bin/sh", {"-c", LASTUNIT_BINARY " " + words + " >/dev/full"}).status == 2);
        CHECK(box.run_binary("/bin/sh", {"-c", LASTUNIT_BINARY " " + words + " >/dev/null"}).status == 0);
    }
}

}  // namespace
}  // namespace lastunit::cli_tests
