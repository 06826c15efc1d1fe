#include <catch2/catch.hpp>

#include "tests/core/fixture.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {
struct Fenced : SmallLedger {
    Fenced() { ledger.set_channel_allocation(kNoKey, at(0), kDc, kShirt, kWeb, 3, events); }
    Quantity web() const { return ledger.atp(kDc, kShirt, kWeb); }
    Quantity pos() const { return ledger.atp(kDc, kShirt, kPos); }
    Quantity left() const { return ledger.fence_of(kDc, kShirt, kWeb); }
};
}  // namespace

TEST_CASE("fence: its channel sees it, the others do not") {
    Fenced s;
    CHECK(s.web() == 5);
    CHECK(s.pos() == 2);
    CHECK(s.ledger.atp(kDc, kShirt) == 2);
}

TEST_CASE("fence: the channel consumes its own units first") {
    Fenced s;
    REQUIRE(s.hold(1, 1, 2) == Outcome::applied);
    CHECK(s.left() == 1);
    CHECK(s.pos() == 2);
    CHECK(s.web() == 3);
}

TEST_CASE("fence: release, expiry and deallocation give back to it what came from it") {
    Fenced s;
    s.hold(1, 1, 4);
    CHECK(s.left() == 0);
    s.ledger.release(kNoKey, s.at(2), HoldId(1), s.events);
    CHECK(s.left() == 3);
    s.hold(2, 2, 4);
    s.ledger.advance(s.at(20), s.events);
    CHECK(s.left() == 3);
    s.hold(21, 3, 4);
    s.ledger.confirm(kNoKey, s.at(21), HoldId(3), OrderId(1), s.events);
    CHECK(s.left() == 0);
    s.deallocate(22, 1, 1);
    CHECK(s.left() == 0);  // the fourth unit was a free one, and it was the last taken
    s.deallocate(22, 1, 3);
    CHECK(s.left() == 3);
    CHECK(s.pos() == 2);
    CHECK(s.sound());
}

TEST_CASE("fence: what is shipped or sold from it is gone") {
    Fenced s;
    s.allocate(1, 1, 2);
    s.ledger.pick(kNoKey, s.at(1), OrderId(1), {kDc, kShirt, 2}, s.events);
    s.ledger.ship(kNoKey, s.at(1), OrderId(1), {kDc, kShirt, 2}, s.events);
    CHECK(s.left() == 1);
    s.ledger.sell(kNoKey, s.at(2), kDc, kShirt, 1, kWeb, s.events);
    CHECK(s.left() == 0);
    CHECK(s.pos() == 2);
}

TEST_CASE("fence: a lifted fence does not rise again when an old hold is released") {
    Fenced s;
    s.hold(1, 1, 2);
    s.ledger.set_channel_allocation(kNoKey, s.at(2), kDc, kShirt, kWeb, 0, s.events);
    s.ledger.release(kNoKey, s.at(3), HoldId(1), s.events);
    CHECK(s.left() == 0);
    CHECK(s.pos() == 5);
    CHECK(s.sound());
}

TEST_CASE("fence: a new setting stands as it was set, whatever was held under the old one") {
    Fenced s;
    s.hold(1, 1, 2);
    s.ledger.set_channel_allocation(kNoKey, s.at(2), kDc, kShirt, kWeb, 3, s.events);
    CHECK(s.left() == 3);
    s.ledger.release(kNoKey, s.at(3), HoldId(1), s.events);
    CHECK(s.left() == 3);
    CHECK(s.sound());
}

TEST_CASE("fence: other channels' fences are not promised even when stock runs below them") {
    Fenced s;
    s.ledger.sell(kNoKey, s.at(1), kDc, kShirt, 4, kPos, s.events);
    CHECK(s.pos() == 0);
    CHECK(s.web() == 1);
}
