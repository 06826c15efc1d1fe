// `lastunit failures`: the library of published failures, and what the command says of a failure that is none.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

constexpr int kRows = 32;

std::string row(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// A failure of one's own on top of one that is known to be right: its flaw, its oracle or its design bent.
std::string failure(const std::string& more) { return "extends: 01-last-unit-race\n" + more; }

void all_behave_as_published(const std::string& seeds) {
    const Sandbox box;
    const Result result = box.run({"failures", "--seeds", seeds});
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    for (int number = 1; number <= kRows; ++number) CHECK_THAT(result.out, Contains("\n" + row(number) + "-"));
}

TEST_CASE("failures: every published failure is flagged under its flawed design and silent under its sound one") {
    all_behave_as_published("10");
}

TEST_CASE("failures: the same in a hundred seeds", "[.slow]") { all_behave_as_published("100"); }

TEST_CASE("failures: the list names every row with the addresses of its reports") {
    const Sandbox box;
    const Result result = box.run({"failures", "--list"});
    CHECK(result.status == 0);
    for (int number = 1; number <= kRows; ++number) CHECK_THAT("\n" + result.out, Contains("\n" + row(number) + "-"));
    CHECK_THAT(
        result.out,
        Contains("01-last-unit-race: two checkouts both pass the check\n    https://github.com/saleor/saleor/issues/543\n"));
}

TEST_CASE("failures: the documentation has a line for each file") {
    std::ifstream file(LASTUNIT_SOURCE_DIR "/docs/failures.md");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(LASTUNIT_SOURCE_DIR "/scenarios/failures")) {
        if (entry.path().extension() != ".yaml") continue;
        ++files;
        CHECK_THAT(page, Contains("\n| " + entry.path().stem().string() + " | "));
    }
    CHECK(files >= kRows);
}

TEST_CASE("failures: chosen by number, by name, and by name without the number") {
    const Sandbox box;
    for (const char* word : {"1", "01", "01-last-unit-race", "last-unit-race"}) {
        const Result result = box.run({"failures", word, "--seeds", "2"});
        CAPTURE(word, result.out, result.err);
        CHECK(result.status == 0);
        CHECK_THAT(result.out, Contains("1 of 1 behave as published; 4 runs"));
    }
    const Result wrong = box.run({"failures", "last-unit-rice"});
    CHECK(wrong.status == 2);
    CHECK_THAT(wrong.err, Contains("no published failure 'last-unit-rice'"));
}

TEST_CASE("failures: the command fails where the flawed design is not flawed") {
    const Sandbox box;
    box.write("01-bent.yaml", failure("failure: {flawed: [design.name=just-renamed]}\n"));
    const Result result = box.run({"failures", "--library", box.path(""), "--seeds", "3"});
    CHECK(result.status == 1);
    CHECK_THAT(result.out, Contains("the flaw does not show"));
    CHECK_THAT(result.out, Contains("--set 'design.name=just-renamed'"));
}

TEST_CASE("failures: the command fails where the sound design is flagged") {
    const Sandbox box;
    box.write("01-bent.yaml", failure("design: {channels: {web: {reservation: check_then_act, window: 1s}}}\n"));
    const Result result = box.run({"failures", "--library", box.path(""), "--seeds", "3"});
    CHECK(result.status == 1);
    CHECK_THAT(result.out, Contains("the sound design is flagged"));
}

TEST_CASE("failures: a design that sells nothing keeps every oracle, and is no success") {
    const Sandbox box;
    box.write("01-bent.yaml", failure("design: {channels: {web: {buffer: 1000}}}\n"));
    Result result = box.run({"failures", "--library", box.path(""), "--seeds", "3"});
    CHECK(result.status == 1);
    CHECK_THAT(result.out, Contains("design sells nothing"));
    box.write("01-bent.yaml", failure("gates: [units_accepted >= 13]\n"));
    result = box.run({"failures", "--library", box.path(""), "--seeds", "3"});
    CHECK(result.status == 1);
    CHECK_THAT(result.out, Contains("the sound design breaks a gate"));
}

TEST_CASE("failures: mistakes are named before anything runs") {
    const Sandbox box;
    Result result = box.run({"failures", "--library", box.path("")});
    CHECK(result.status == 2);
    CHECK_THAT(result.err, Contains("no published failures (NN-name.yaml)"));
    box.write("01-bent.yaml", failure("failure: {flawed: [design.channels.web.reservatoin=none]}\n"));
    result = box.run({"failures", "--library", box.path("")});
    CHECK(result.status == 2);
    CHECK_THAT(result.err, Contains("did you mean `reservation`?"));
    CHECK_THAT(result.err, Contains("as its flawed design"));
    box.write("01-bent.yaml", failure("failure: {flawed: [nonsense]}\n"));
    CHECK_THAT(box.run({"failures", "--library", box.path("")}).err, Contains("'nonsense' is not PATH=VALUE"));
    box.write("01-bent.yaml", failure("failure: null\n"));
    CHECK_THAT(box.run({"failures", "--library", box.path("")}).err, Contains("has no `failure`"));
    CHECK(box.run({"failures", "--seeds", "0"}).status == 2);
}

TEST_CASE("failures: the JSON holds the counts, and leaves stdout to itself") {
    const Sandbox box;
    const Result result = box.run({"failures", "01", "--seeds", "4", "--json", "-"});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("\"number\": \"01\", \"name\": \"01-last-unit-race\""));
    CHECK_THAT(result.out, Contains("\"sound\": {\"flagged\": 0, \"idle\": 0"));
    CHECK_THAT(result.out, Contains("\"verdict\": \"ok\""));
    CHECK_THAT(result.out, !Contains("behave as published"));
    CHECK_THAT(result.err, Contains("behave as published"));
}

TEST_CASE("failures: `lastunit run` finds them by name and runs the sound design") {
    const Sandbox box;
    const Result result = box.run({"run", "failures/01-last-unit-race", "--json", "-", "--quiet"});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("\"design\": \"locked-row\""));
    CHECK_THAT(result.out, Contains("\"oversold_units\": 0"));
    CHECK(box.run({"run", "failures/01-last-unit-rice"}).status == 2);
}

}  // namespace
}  // namespace lastunit::cli_tests
