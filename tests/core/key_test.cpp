#include <catch2/catch.hpp>

#include "tests/core/fixture.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

TEST_CASE("key: the same command twice receives once, and is counted once") {
    SmallLedger s;
    const std::uint64_t before = s.ledger.commands();
    CHECK(s.ledger.receive({1, 1}, s.at(1), kDc, kShirt, 3, s.events) == Outcome::applied);
    s.events.clear();
    CHECK(s.ledger.receive({1, 1}, s.at(2), kDc, kShirt, 3, s.events) == Outcome::applied);
    CHECK(s.events.empty());
    CHECK(s.shirts().on_hand == 8);
    CHECK(s.ledger.commands() == before + 1);
}

TEST_CASE("key: a refusal is remembered even when the command would succeed by now") {
    SmallLedger s;
    const Line line{kDc, kShirt, 6};
    CHECK(s.ledger.hold({1, 1}, s.at(1), HoldId(1), kWeb, {&line, 1}, seconds(5), s.events) == Outcome::out_of_stock);
    s.ledger.receive(kNoKey, s.at(1), kDc, kShirt, 10, s.events);
    CHECK(s.ledger.hold({1, 1}, s.at(2), HoldId(1), kWeb, {&line, 1}, seconds(5), s.events) == Outcome::out_of_stock);
    CHECK(s.ledger.live_holds() == 0);
    CHECK(s.ledger.hold({1, 2}, s.at(2), HoldId(1), kWeb, {&line, 1}, seconds(5), s.events) == Outcome::applied);
}

TEST_CASE("key: a late retry of a hold that has expired since is answered as at first, and does not hold again") {
    SmallLedger s;
    const Line line{kDc, kShirt, 2};
    CHECK(s.ledger.hold({1, 1}, s.at(1), HoldId(1), kWeb, {&line, 1}, seconds(5), s.events) == Outcome::applied);
    CHECK(s.ledger.hold({1, 1}, s.at(20), HoldId(1), kWeb, {&line, 1}, seconds(5), s.events) == Outcome::applied);
    CHECK(s.shirts().held == 0);
    CHECK(s.ledger.live_holds() == 0);
}

TEST_CASE("key: a reused key keeps its first meaning") {
    SmallLedger s;
    CHECK(s.ledger.receive({1, 1}, s.at(1), kDc, kShirt, 3, s.events) == Outcome::applied);
    CHECK(s.ledger.receive({1, 1}, s.at(1), kDc, kShirt, 4, s.events) == Outcome::key_reused);
    CHECK(s.ledger.receive({1, 1}, s.at(1), kDc, kShirt, 3, s.events) == Outcome::applied);
    CHECK(s.shirts().on_hand == 8);
}

TEST_CASE("key: the same sequence of another client is another key") {
    SmallLedger s;
    s.ledger.receive({1, 1}, s.at(1), kDc, kShirt, 1, s.events);
    s.ledger.receive({2, 1}, s.at(1), kDc, kShirt, 1, s.events);
    CHECK(s.shirts().on_hand == 7);
}

TEST_CASE("key: forgotten when the retention is over, not before") {
    SmallLedger s;
    s.ledger.receive({1, 1}, s.at(1), kDc, kShirt, 1, s.events);
    s.ledger.receive({1, 1}, s.at(101) - microseconds(1), kDc, kShirt, 1, s.events);
    CHECK(s.shirts().on_hand == 6);
    s.ledger.receive({1, 1}, s.at(101), kDc, kShirt, 1, s.events);
    CHECK(s.shirts().on_hand == 7);
}

TEST_CASE("key: without one, every command is a new one") {
    SmallLedger s;
    s.ledger.receive(kNoKey, s.at(1), kDc, kShirt, 1, s.events);
    s.ledger.receive(kNoKey, s.at(1), kDc, kShirt, 1, s.events);
    CHECK(s.shirts().on_hand == 7);
}
