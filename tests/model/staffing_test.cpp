#include "model/staffing.hpp"

#include <catch2/catch.hpp>

using namespace lastunit;
using namespace lastunit::model;

namespace {
SimTime at(std::int64_t hour, std::int64_t minute = 0) { return SimTime{0} + hours(hour) + minutes(minute); }
}  // namespace

TEST_CASE("opening hours: the next turn is an opening or a closing, after now") {
    const OpeningHours shop{hours(9), hours(21)};
    CHECK(shop.next_turn(at(3)) == at(9));
    CHECK(shop.next_turn(at(9)) == at(21));
    CHECK(shop.next_turn(at(21)) == at(33));
    CHECK(OpeningHours{hours(22), hours(2)}.next_turn(at(23)) == at(26));
    CHECK(OpeningHours{}.next_turn(at(5)) == kNever);
}

TEST_CASE("opening hours: how long it is open between two times") {
    const OpeningHours shop{hours(9), hours(21)}, night{hours(22), hours(2)};
    CHECK(shop.open_between(at(0), at(24)) == hours(12));
    CHECK(shop.open_between(at(20), at(34)) == hours(2));
    CHECK(shop.open_between(at(21), at(33)) == hours(0));
    CHECK(night.open_between(at(0), at(24)) == hours(4));
    CHECK(night.open_between(at(1), at(23)) == hours(2));
    CHECK(OpeningHours{}.open_between(at(1), at(23)) == hours(22));
    CHECK(shop.open_between(at(12), at(11)) == hours(0));
}

TEST_CASE("opening hours: a span that counts the open hours alone") {
    const OpeningHours shop{hours(9), hours(21)}, night{hours(22), hours(2)};
    CHECK(shop.after_open(at(10), hours(2)) == at(12));
    CHECK(shop.after_open(at(20), hours(2)) == at(34));
    CHECK(shop.after_open(at(22), hours(2)) == at(35));
    CHECK(shop.after_open(at(20), hours(1)) == at(21));
    CHECK(shop.after_open(at(20), hours(26)) == at(24 * 3 + 10));  // 1 + 12 + 12 + 1
    CHECK(night.after_open(at(1), hours(3)) == at(24));
    CHECK(OpeningHours{}.after_open(at(1), hours(30)) == at(31));
}

TEST_CASE("team: who is at work by a roster whose entries add up") {
    Team team;
    team.roster = {{{hours(8), hours(16)}, 3}, {{hours(12), hours(20)}, 2}};
    CHECK(team.staffed_at(at(7)) == 0);
    CHECK(team.staffed_at(at(8)) == 3);
    CHECK(team.staffed_at(at(12)) == 5);
    CHECK(team.staffed_at(at(16)) == 2);
    CHECK(team.next_turn(at(8)) == at(12));
    CHECK(team.next_turn(at(20)) == at(32));
    CHECK(team.staffed_s(at(0), at(48)) == Approx(2 * 3600.0 * (3 * 8 + 2 * 8)));
    CHECK(team.staffed_s(at(15), at(17)) == Approx(3600.0 * (3 + 2 + 2)));
}

TEST_CASE("team: whoever is absent is not at work, not paid, and is expected back") {
    Team team;
    team.roster = {{{hours(8), hours(16)}, 3}};
    team.absences = {{at(24), at(48), 1000}, {at(54), at(58), 1}, {at(57), at(60), 1}};
    CHECK(team.staffed_at(at(9)) == 3);
    CHECK(team.staffed_at(at(33)) == 0);
    CHECK(team.staffed_at(at(56)) == 2);
    CHECK(team.staffed_at(at(57)) == 1);
    CHECK(team.next_turn(at(20)) == at(24));
    CHECK(team.next_turn(at(56)) == at(57));
    CHECK(team.staffed_s(at(0), at(72)) == Approx(3600.0 * (3 * 8 + (2 + 1 + 2 + 2 + 3 * 4))));
    CHECK(team.staffed_s(at(30), at(40)) == 0);
}

TEST_CASE("waves: the next release by the clock") {
    Waves waves;
    CHECK(waves.next(at(3)) == kNever);
    waves.every = minutes(45);
    waves.phase = minutes(5);
    CHECK(waves.next(at(0)) == at(0, 5));
    CHECK(waves.next(at(0, 5)) == at(0, 5));
    CHECK(waves.next(at(0, 6)) == at(0, 50));
    waves.at = {hours(9), hours(23)};
    CHECK(waves.next(at(8, 51)) == at(9));
    waves.every = Duration{0};
    CHECK(waves.next(at(9)) == at(9));
    CHECK(waves.next(at(9, 1)) == at(23));
    CHECK(waves.next(at(23, 30)) == at(33));
}
