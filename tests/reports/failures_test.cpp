// What a published failure's runs are taken for.
#include "reports/failures.hpp"

#include <catch2/catch.hpp>

namespace lastunit::reports {
namespace {

FailureResult result(std::uint64_t flawed_flagged, std::uint64_t sound_flagged) {
    FailureResult out;
    out.number = "07";
    out.name = "07-skip-locked";
    out.pattern = "two reserved of one";
    out.oracle = "oversold_units <= 0";
    out.kpi = "oversold_units";
    out.reports = {"https://example.org/1"};
    out.seeds = 100;
    out.flawed.flagged = flawed_flagged;
    out.sound.flagged = sound_flagged;
    out.flawed.low = out.flawed.high = 3;
    out.repeat_flawed = "lastunit run a --set b";
    out.repeat_sound = "lastunit run a";
    return out;
}

TEST_CASE("failures: the flawed design is flagged in 95 of 100 seeds, the sound one in none") {
    CHECK(failure_verdict(result(100, 0)) == "ok");
    CHECK(failure_verdict(result(95, 0)) == "ok");
    CHECK(failure_verdict(result(94, 0)) == "the flaw does not show");
    CHECK(failure_verdict(result(100, 1)) == "the sound design is flagged");
    CHECK(as_published(result(95, 0)));
    CHECK_FALSE(as_published(result(95, 1)));
}

TEST_CASE("failures: runs that say nothing or did not end are no success") {
    FailureResult one = result(100, 0);
    one.flawed.idle = 1;
    CHECK(failure_verdict(one) == "the flawed design sells nothing");
    one = result(100, 0);
    one.sound.idle = 1;
    CHECK(failure_verdict(one) == "the sound design sells nothing");
    one = result(100, 0);
    one.sound.ungated = 1;
    CHECK(failure_verdict(one) == "the sound design breaks a gate");
    one = result(100, 0);
    one.sound.error = "the run was ended by a signal";
    CHECK(failure_verdict(one) == "did not run");
    one = result(0, 0);
    one.seeds = 0;
    CHECK(failure_verdict(one) == "no run");
}

TEST_CASE("failures: a line each, and the commands of those that do not behave") {
    const std::string table = failure_table({result(100, 0), result(12, 0)}, 1.5, {});
    CHECK(table.find("07-skip-locked  two reserved of one  oversold_units <= 0  100/100    0/100  ok\n") != std::string::npos);
    CHECK(table.find("12/100    0/100  the flaw does not show\n    flawed: oversold_units 3 to 3\n") != std::string::npos);
    CHECK(table.find("            lastunit run a --set b\n") != std::string::npos);
    CHECK(table.ends_with("\n1 of 2 behave as published; 400 runs in 1.5 s\n"));
}

TEST_CASE("failures: in 80 columns the pattern is what is cut") {
    FailureResult one = result(100, 0);
    one.pattern = std::string(200, 'p');
    TerminalStyle narrow;
    narrow.width = 80;
    const std::string table = failure_table({one}, 1, narrow);
    CHECK(table.find("pppp~") != std::string::npos);
    CHECK(table.find("oversold_units <= 0") != std::string::npos);
}

TEST_CASE("failures: the JSON names the failure, its counts and where it was reported") {
    const std::string json = failure_json({result(100, 0)}, 2);
    CHECK(json.find("\"flawed\": {\"flagged\": 100") != std::string::npos);
    CHECK(json.find("\"reports\": [\"https://example.org/1\"]") != std::string::npos);
    CHECK(json.find("\"verdict\": \"ok\"") != std::string::npos);
}

}  // namespace
}  // namespace lastunit::reports
