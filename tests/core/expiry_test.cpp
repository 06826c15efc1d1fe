#include <catch2/catch.hpp>

#include "tests/core/fixture.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

TEST_CASE("expiry: the next command ends what is due, stamped with its own end") {
    SmallLedger s;
    REQUIRE(s.hold(1, 7, 2) == Outcome::applied);
    s.events.clear();
    s.ledger.receive(kNoKey, s.at(60), kStore, kShoe, 1, s.events);
    REQUIRE(s.events.size() == 2);
    CHECK(s.events[0].kind == EventKind::expired);
    CHECK(s.events[0].at == s.at(11));
    CHECK(s.events[0].reference == 7);
    CHECK(s.events[0].atp_after == 5);
    CHECK(s.events[1].at == s.at(60));
    CHECK(s.shirts().held == 0);
}

TEST_CASE("expiry: not a microsecond early, not a microsecond late") {
    SmallLedger s;
    s.hold(1, 7, 2);
    s.ledger.advance(s.at(11) - microseconds(1), s.events);
    CHECK(s.ledger.live_holds() == 1);
    CHECK(s.ledger.lives(HoldId(7)));
    CHECK_FALSE(s.ledger.lives(HoldId(8)));
    s.ledger.advance(s.at(11), s.events);
    CHECK(s.ledger.live_holds() == 0);
    CHECK_FALSE(s.ledger.lives(HoldId(7)));
}

TEST_CASE("expiry: in order of end, then of hold id") {
    SmallLedger s;
    s.hold(1, 30, 1);
    s.hold(1, 20, 1);
    s.hold(0 + 1, 10, 1);
    const Line line{kDc, kShirt, 1};
    s.ledger.hold(kNoKey, s.at(1), HoldId(99), kWeb, {&line, 1}, seconds(3), s.events);
    s.events.clear();
    s.ledger.advance(s.at(50), s.events);
    std::vector<std::uint64_t> order;
    for (const Event& event : s.events) order.push_back(event.reference);
    CHECK(order == std::vector<std::uint64_t>{99, 10, 20, 30});
}

TEST_CASE("expiry: an extended hold moves, to an earlier end too") {
    SmallLedger s;
    s.hold(1, 1, 1);
    CHECK(s.ledger.extend(kNoKey, s.at(2), HoldId(1), seconds(100), s.events) == Outcome::applied);
    s.ledger.advance(s.at(101), s.events);
    CHECK(s.ledger.live_holds() == 1);
    CHECK(s.ledger.extend(kNoKey, s.at(101), HoldId(1), microseconds(1), s.events) == Outcome::applied);
    s.events.clear();
    s.ledger.advance(s.at(102), s.events);
    REQUIRE(s.events.size() == 1);
    CHECK(s.events[0].at == s.at(101) + microseconds(1));
}

TEST_CASE("expiry: a confirmed hold does not expire") {
    SmallLedger s;
    s.hold(1, 1, 2);
    CHECK(s.ledger.confirm(kNoKey, s.at(2), HoldId(1), OrderId(5), s.events) == Outcome::applied);
    s.events.clear();
    s.ledger.advance(s.at(1000), s.events);
    CHECK(s.events.empty());
    CHECK(s.shirts().allocated == 2);
}

TEST_CASE("expiry: an ended hold is remembered for the retention, then unknown") {
    SmallLedger s;
    s.hold(1, 1, 1);
    s.ledger.advance(s.at(11), s.events);
    CHECK(s.ledger.release(kNoKey, s.at(110), HoldId(1), s.events) == Outcome::hold_expired);
    CHECK(s.ledger.release(kNoKey, s.at(111), HoldId(1), s.events) == Outcome::unknown_hold);
}

TEST_CASE("expiry: a TTL beyond all time never ends") {
    SmallLedger s;
    const Line line{kDc, kShirt, 1};
    CHECK(s.ledger.hold(kNoKey, s.at(1), HoldId(1), kWeb, {&line, 1}, Duration{INT64_MAX}, s.events) == Outcome::applied);
    s.ledger.advance(SimTime{INT64_MAX - 1}, s.events);
    CHECK(s.ledger.live_holds() == 1);
}

TEST_CASE("expiry: next_expiry is never late and is kNever without holds") {
    SmallLedger s;
    CHECK(s.ledger.next_expiry() == kNever);
    s.hold(1, 1, 1);
    CHECK(s.ledger.next_expiry() <= s.at(11));
    CHECK(s.ledger.next_expiry() > s.at(1));
    // Following it step by step reaches the end itself.
    while (s.ledger.live_holds() > 0) s.ledger.advance(s.ledger.next_expiry(), s.events);
    CHECK(s.events.back().at == s.at(11));
    CHECK(s.ledger.next_expiry() == kNever);
}
