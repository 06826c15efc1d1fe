// Teams, waves and the classes of a station: as they arrive in the model, and what does not fit together.
#include <catch2/catch.hpp>

#include "tests/scenarios/bent_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

namespace {

constexpr const char* kStore = "{kind: store, place: warszawa}";
std::string with(const std::string& more) { return "{kind: store, place: warszawa, " + more + "}"; }

model::Node store_with(const std::string& more) {
    const Folder folder;
    folder.write("s.yaml", replaced(read_file(data_file("good.yaml")), kStore, with(more)));
    Loaded loaded = folder.load("s.yaml");
    for (const Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
    REQUIRE(loaded.scenario);
    return loaded.scenario->network.nodes[1];
}

void refuses(const std::string& more, const std::string& errors) {
    const std::string node = with(more);
    check({{kStore, node.c_str(), errors.c_str()}});
}

}  // namespace

TEST_CASE("staffing: a team with a roster arrives in the model's units") {
    const model::Node node = store_with(
        "team: {roster: [{from: 08:00, to: 16:00, workers: 3}, {from: 22:00, to: 02:00, workers: 1}], serve: exponential(2min), "
        "served: 60%, patience: 5min, order: fifo, overtime: 2h, wage: 30 PLN, overtime_wage: 45 PLN, put_back: 1min}");
    REQUIRE(node.team);
    const model::Team& team = *node.team;
    REQUIRE(team.roster.size() == 2);
    CHECK(team.roster[0].workers == 3);
    CHECK(team.roster[1].when.open == hours(22));
    CHECK(team.serve == model::exponential(120e6));
    CHECK(team.served == 0.6);
    CHECK(*team.patience == model::constant(minutes(5)));
    CHECK(team.order == model::TeamOrder::fifo);
    CHECK(team.overtime == hours(2));
    CHECK(team.wage == 3000);
    CHECK(team.overtime_wage == 4500);
    CHECK(team.put_back == model::constant(minutes(1)));
}

TEST_CASE("staffing: absences begin and end in local time, and are of everybody unless they count") {
    const model::Node node =
        store_with("team: {workers: 2, absences: [{from: 24h, until: 48h}, {from: 2h, until: 3h, workers: 1}]}");
    REQUIRE(node.team);
    REQUIRE(node.team->absences.size() == 2);
    CHECK(node.team->absences[0].from == SimTime{0} + hours(8 + 24));  // good.yaml starts at 08:00
    CHECK(node.team->staffed_at(SimTime{0} + hours(8 + 30)) == 0);
    CHECK(node.team->absences[1].workers == 1);
    refuses("team: {workers: 2, absences: [{from: 2h, until: 1h}]}",
            "s.yaml:37:91: network.nodes.waw-1.team.absences[0].until: has to be after `from`");
}

TEST_CASE("staffing: workers of a team keep the node's shifts") {
    const model::Node node = store_with("shifts: {open: 09:00, close: 21:00}, team: {workers: 4}");
    REQUIRE(node.team);
    REQUIRE(node.team->roster.size() == 1);
    CHECK(node.team->roster[0].workers == 4);
    CHECK(node.team->roster[0].when.close == hours(21));
    CHECK_FALSE(node.team->patience);
    CHECK(node.team->serve.is_zero());
}

TEST_CASE("staffing: waves and classes") {
    const model::Node node = store_with(
        "waves: {every: 30min, phase: 10min, at: [08:15, 20:00], lines: 40, per_wave: 5min}, pick: {order: due_first, classes: "
        "{pick-ups: {methods: [pickup, reserve_in_store], service: 1min}, own: {channels: [app]}}}");
    REQUIRE(node.waves);
    CHECK(node.waves->every == minutes(30));
    CHECK(node.waves->phase == minutes(10));
    REQUIRE(node.waves->at.size() == 2);
    CHECK(node.waves->at[0] == hours(8) + minutes(15));
    CHECK(node.waves->lines == 40);
    CHECK(node.waves->per_wave == model::constant(minutes(5)));
    CHECK(node.pick.order == model::ServiceOrder::due_first);
    REQUIRE(node.pick.classes.size() == 2);
    CHECK(node.pick.classes[0].methods == 0b10010);
    CHECK(node.pick.classes[0].channels == 0);
    CHECK(*node.pick.classes[0].service == model::constant(minutes(1)));
    CHECK(node.pick.classes[1].channels == 0b10);
    CHECK_FALSE(node.pick.classes[1].service);
}

TEST_CASE("staffing: what does not fit together is said") {
    refuses("team: {workers: 2, roster: [{workers: 1}]}",
            "s.yaml:37:43: network.nodes.waw-1.team: give `workers` (during `shifts`) or `roster`, not both");
    refuses("team: {serve: 1min}", "s.yaml:37:43: network.nodes.waw-1.team: nobody is in it: give `workers` or `roster`");
    refuses("team: {workers: 0}", "s.yaml:37:59: network.nodes.waw-1.team.workers: has to be at least 1");
    refuses("team: {roster: [{workers: 0}]}", "s.yaml:37:50: network.nodes.waw-1.team.roster: nobody is ever at work");
    refuses("team: {workers: 1, patience: 1min}",
            "s.yaml:37:72: network.nodes.waw-1.team.patience: goes with `serve`: nobody is served here");
    refuses("waves: {per_wave: 1min}",
            "s.yaml:37:43: network.nodes.waw-1.waves: no line would ever be released: give one of `every`, `at`, `lines`");
    refuses("waves: {lines: 5}",
            "s.yaml:37:43: network.nodes.waw-1.waves: the last lines of a day would wait for ever: with `lines`, give `every` or "
            "`at` as well");
    refuses("waves: {lines: 1, phase: 1h}", "s.yaml:37:68: network.nodes.waw-1.waves.phase: goes with `every`");
    refuses("waves: {at: [25h]}",
            "s.yaml:37:43: network.nodes.waw-1.waves: no line would ever be released: give one of `every`, `at`, `lines`\n"
            "s.yaml:37:56: network.nodes.waw-1.waves.at[0]: the unit of `25h` does not fit: expected a time of day, e.g. 08:00");
    refuses("pick: {classes: {a: {channels: [ap]}}}",
            "s.yaml:37:75: network.nodes.waw-1.pick.classes.a.channels[0]: unknown channel `ap`; did you mean `app`?");
}
