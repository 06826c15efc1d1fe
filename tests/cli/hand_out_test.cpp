// Which rank does which task, and what becomes of the tasks of a rank that is lost.
#include "cli/study/hand_out.hpp"

#include <catch2/catch.hpp>

namespace lastunit::cli_tests {
namespace {

using cli::HandOut;
using std::chrono::seconds;

HandOut::Time at(int s) { return HandOut::Time{} + seconds(1000 + s); }

TEST_CASE("hand-out: a rank gets nothing before it was heard, then a task at a time, each task once") {
    HandOut hands(3, seconds(5));
    hands.begin(3);
    CHECK_FALSE(hands.next_for(1, 1));
    CHECK(hands.next_for(0, 1) == 0U);  // this process needs no sign of life
    CHECK_FALSE(hands.next_for(0, 1));
    hands.heard(1, at(0));
    CHECK(hands.next_for(1, 2) == 1U);
    CHECK(hands.next_for(1, 2) == 2U);
    hands.heard(2, at(0));
    CHECK_FALSE(hands.next_for(2, 1));
    for (const std::size_t task : {2, 1}) CHECK(hands.answered(1, task));
    CHECK_FALSE(hands.all_done());
    CHECK(hands.answered(0, 0));
    CHECK(hands.all_done());
}

TEST_CASE("hand-out: what a silent rank had is done by the next that is free, and by nobody a third time") {
    HandOut hands(3, seconds(5));
    hands.begin(4);
    for (const std::size_t rank : {1, 2}) hands.heard(rank, at(0));
    CHECK(hands.next_for(1, 2) == 0U);
    CHECK(hands.next_for(1, 2) == 1U);
    CHECK(hands.next_for(2, 1) == 2U);
    CHECK(hands.answered(1, 1));
    hands.heard(2, at(4));
    CHECK(hands.lose_silent(at(5)).empty());
    const auto lost = hands.lose_silent(at(6));
    REQUIRE(lost.size() == 1);
    CHECK(lost[0].rank == 1);
    CHECK(lost[0].tasks == 1);  // the other one had been answered
    CHECK(hands.lose_silent(at(7)).empty());
    CHECK_FALSE(hands.next_for(1, 2));
    CHECK(hands.next_for(0, 3) == 0U);  // before 3, which nobody has had
    CHECK(hands.next_for(0, 3) == 3U);
    CHECK_FALSE(hands.next_for(0, 3));
}

TEST_CASE("hand-out: a rank that was only slow is given work again, and its answer counts once") {
    HandOut hands(2, seconds(5));
    hands.begin(2);
    hands.heard(1, at(0));
    CHECK(hands.next_for(1, 1) == 0U);
    CHECK(hands.lose_silent(at(6)).size() == 1);

    SECTION("it answers before another has begun") {
        hands.heard(1, at(7));
        CHECK(hands.answered(1, 0));
        CHECK(hands.next_for(0, 1) == 1U);
    }
    SECTION("it answers after another has") {
        CHECK(hands.next_for(0, 1) == 0U);
        CHECK(hands.answered(0, 0));
        hands.heard(1, at(7));
        CHECK_FALSE(hands.answered(1, 0));
        CHECK(hands.next_for(1, 1) == 1U);
    }
}

TEST_CASE("hand-out: nobody is lost because this process did not listen") {
    HandOut hands(2, seconds(5));
    hands.begin(1);
    hands.heard(1, at(0));
    hands.excuse(seconds(60));
    CHECK(hands.lose_silent(at(64)).empty());
    CHECK(hands.lose_silent(at(66)).size() == 1);
}

TEST_CASE("hand-out: a round forgets the one before it") {
    HandOut hands(2, seconds(5));
    hands.begin(2);
    hands.heard(1, at(0));
    CHECK(hands.next_for(1, 1) == 0U);
    hands.begin(1);
    CHECK_FALSE(hands.all_done());
    CHECK(hands.next_for(1, 1) == 0U);
    CHECK(hands.lose_silent(at(6)).at(0).tasks == 1);
}

}  // namespace
}  // namespace lastunit::cli_tests
