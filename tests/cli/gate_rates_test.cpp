// How often a gate is wrong: nothing changed and yet FAIL, something changed and no FAIL. In short with the other tests; as it is
// reported in docs/gates.md with
//     lastunit_cli_tests "[gate-rates]"
#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/cli/process.hpp"

using namespace lastunit::cli_tests;
using Words = std::vector<std::string>;

namespace {

// A shop that oversells some 88 units in two hours, +-16 % from day to day (standard deviation); its feed comes every five
// minutes. With the second interval it oversells ten percent more.
const Words kShop = {"--set",   "stock=[{nodes: [dc], each: 60}, {nodes: [shop], each: 20}]",
                     "--set",   "demand.streams.all.rate=60/min",
                     "--set",   "gates=[oversold_units <= baseline]",
                     "--store", "none",
                     "--quiet"};
// With the second interval it oversells ten percent more (10.7 +- 1.4 % in 1,500 runs), with the third twenty.
const std::string kBefore = "design.edges.feed.interval=300s", kTenPercentMore = "design.edges.feed.interval=333s",
                  kTwentyPercentMore = "design.edges.feed.interval=360s";

struct Rates {
    int pass = 0, fail = 0, invalid = 0;
};

int gate(const Sandbox& box, Words words) {
    words.insert(words.begin(), {"gate", box.path("shop.yaml")});
    words.insert(words.end(), kShop.begin(), kShop.end());
    return box.run(words).status;
}

// Each gate with a baseline and seeds of its own: with one baseline for all, all would be wrong together or none.
Rates gates(int count, const std::string& change, const Words& of_baseline = {}) {
    const Sandbox box;
    box.scenario("shop.yaml");
    Rates out;
    for (int i = 0; i < count; ++i) {
        const std::string seed = std::to_string(100'000 * i + 1), other = std::to_string(100'000 * i + 50'001);
        Words write = {"--set", kBefore, "--seed", seed, "--write-baseline", box.path("base.json")};
        write.insert(write.end(), of_baseline.begin(), of_baseline.end());
        REQUIRE(gate(box, write) == 0);
        const int status = gate(box, {"--set", change, "--seed", other, "--baseline", box.path("base.json")});
        REQUIRE((status == 0 || status == 1 || status == 4));
        ++(status == 0 ? out.pass : status == 1 ? out.fail : out.invalid);
    }
    return out;
}

// Burns a tenth of the CPU time of what it runs: kernel ticks of a shell's children, then a loop until it has used as much.
constexpr const char* kTenPercentSlower = R"(#!/bin/bash
"@" "$@"
status=$?
ms() { awk -v f="$1" 'BEGIN { split(f, p, /[ms]/); printf "%d", (p[1] * 60 + p[2]) * 1000 }'; }
times > "$0.times"
{ read -r own_u own_s; read -r child_u child_s; } < "$0.times"
spent=$(( $(ms "$child_u") + $(ms "$child_s") ))
end=$(( $(ms "$own_u") + $(ms "$own_s") + spent / 10 ))
while :; do
    for (( i = 0; i < 500; ++i )); do :; done
    times > "$0.times"
    read -r own_u own_s < "$0.times"
    (( ${own_u%m*} > 0 )) && break
    a=${own_u#*m}; a=${a%s}; b=${own_s#*m}; b=${b%s}
    (( 10#${a/./} + 10#${b/./} >= end )) && break
done
exit $status
)";

Rates time_gates(int count, const std::string& now, const Sandbox& box) {
    box.scenario("shop.yaml");
    Rates out;
    for (int i = 0; i < count; ++i) {
        const int status = box.run({"gate", box.path("shop.yaml"), "--store", "none", "--quiet", "--replications", "2", "--set",
                                    "demand.streams.all.rate=600/min", "--seed", std::to_string(10 * i + 1), "--baseline-binary",
                                    LASTUNIT_BINARY, "--binary", now})
                               .status;
        ++(status == 0 ? out.pass : status == 1 ? out.fail : out.invalid);
    }
    return out;
}

std::string slower_binary(const Sandbox& box) {
    std::string script = kTenPercentSlower;
    script.replace(script.find('@'), 1, LASTUNIT_BINARY);
    box.write("slower", script);
    std::filesystem::permissions(box.path("slower"), std::filesystem::perms::owner_all);
    return box.path("slower");
}

void say(const char* what, const Rates& rates) {
    std::printf("%-32s PASS %3d, FAIL %3d, INVALID %3d\n", what, rates.pass, rates.fail, rates.invalid);
    std::fflush(stdout);
}

}  // namespace

TEST_CASE("gate rates: nothing changed does not fail, twenty percent more oversold does") {
    CHECK(gates(3, kBefore, {"--replications", "80"}).fail == 0);
    CHECK(gates(3, kTwentyPercentMore, {"--replications", "80"}).fail >= 2);
}

TEST_CASE("gate rates: 200 gates with nothing changed, 200 with ten percent more oversold", "[.][gate-rates]") {
    const Rates same = gates(200, kBefore);
    say("nothing changed", same);
    CHECK(same.fail <= 2);
    const Rates worse = gates(200, kTenPercentMore);
    say("10 % more oversold", worse);
    CHECK(worse.fail >= 180);
}

TEST_CASE("gate rates: 40 gates of CPU time with the same program, 40 with one that takes ten percent more",
          "[.][gate-rates-time]") {
    const Sandbox box;
    const Rates same = time_gates(40, LASTUNIT_BINARY, box);
    say("the same program", same);
    CHECK(same.fail == 0);
    const Rates slower = time_gates(40, slower_binary(box), box);
    say("10 % more CPU time", slower);
    CHECK(slower.fail >= 36);
}
