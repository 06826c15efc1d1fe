#include <catch2/catch.hpp>

#include "tests/core/fixture.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

TEST_CASE("order: hold, confirm, pick, ship takes the units through every state") {
    SmallLedger s;
    s.hold(1, 1, 2);
    CHECK(s.shirts().held == 2);
    CHECK(s.ledger.confirm(kNoKey, s.at(2), HoldId(1), OrderId(9), s.events) == Outcome::applied);
    CHECK(s.shirts().held == 0);
    CHECK(s.shirts().allocated == 2);
    CHECK(s.ledger.pick(kNoKey, s.at(3), OrderId(9), {kDc, kShirt, 2}, s.events) == Outcome::applied);
    CHECK(s.shirts().on_hand == 5);
    CHECK(s.ledger.ship(kNoKey, s.at(4), OrderId(9), {kDc, kShirt, 2}, s.events) == Outcome::applied);
    CHECK(s.shirts().on_hand == 3);
    CHECK(s.shirts().allocated == 0);
    CHECK(s.ledger.open_orders() == 0);
    CHECK(s.ledger.conservation().shipped == 2);
    CHECK(s.sound());
}

TEST_CASE("order: confirming names both the hold that ended and the order that began") {
    SmallLedger s;
    s.hold(1, 1, 2);
    s.events.clear();
    s.ledger.confirm(kNoKey, s.at(2), HoldId(1), OrderId(9), s.events);
    REQUIRE(s.events.size() == 2);
    CHECK(s.events[0].kind == EventKind::confirmed);
    CHECK(s.events[0].reference == 1);
    CHECK(s.events[1].kind == EventKind::allocated);
    CHECK(s.events[1].reference == 9);
    CHECK(s.events[1].atp_after == 3);
}

TEST_CASE("order: a re-route takes one line away and adds another elsewhere, and the order stays one") {
    SmallLedger s;
    s.ledger.receive(kNoKey, s.at(0), kStore, kShirt, 4, s.events);
    s.allocate(1, 9, 3);
    s.deallocate(2, 9, 1);
    const Line there{kStore, kShirt, 1};
    s.ledger.allocate(kNoKey, s.at(2), OrderId(9), kWeb, {&there, 1}, Backorder::refuse, s.events);
    CHECK(s.shirts().allocated == 2);
    CHECK(s.ledger.cell(kStore, kShirt).allocated == 1);
    CHECK(s.ledger.open_orders() == 1);
    s.deallocate(3, 9, 2);
    CHECK(s.ledger.open_orders() == 1);
    s.ledger.deallocate(kNoKey, s.at(3), OrderId(9), {&there, 1}, s.events);
    CHECK(s.ledger.open_orders() == 0);
    CHECK(s.sound());
}

TEST_CASE("order: an order of more lines than fit in place keeps every one") {
    Ledger ledger(LedgerConfig{.nodes = 1, .skus = 20, .channels = 1});
    Events events;
    std::vector<Line> lines;
    for (std::uint32_t sku = 0; sku < 20; ++sku) {
        ledger.receive(kNoKey, SimTime{0}, kDc, Sku(sku), 2, events);
        lines.insert(lines.begin(), {kDc, Sku(sku), 2});
    }
    CHECK(ledger.hold(kNoKey, SimTime{0}, HoldId(1), kWeb, lines, seconds(1), events) == Outcome::applied);
    CHECK(ledger.confirm(kNoKey, SimTime{0}, HoldId(1), OrderId(1), events) == Outcome::applied);
    for (std::uint32_t sku = 0; sku < 20; ++sku) CHECK(ledger.cell(kDc, Sku(sku)).allocated == 2);
    CHECK(ledger.deallocate(kNoKey, SimTime{0}, OrderId(1), lines, events) == Outcome::applied);
    CHECK(ledger.open_orders() == 0);
    CHECK(ledger.audit().empty());
}

TEST_CASE("order: deallocation leaves picked units to the last") {
    SmallLedger s;
    s.allocate(1, 9, 3);
    s.ledger.pick(kNoKey, s.at(1), OrderId(9), {kDc, kShirt, 2}, s.events);
    s.deallocate(2, 9, 1);
    CHECK(s.ledger.ship(kNoKey, s.at(3), OrderId(9), {kDc, kShirt, 2}, s.events) == Outcome::applied);
    CHECK(s.sound());
}

TEST_CASE("order: a picked unit that is given up goes back to the shelf") {
    SmallLedger s;
    s.allocate(1, 9, 2);
    s.ledger.pick(kNoKey, s.at(1), OrderId(9), {kDc, kShirt, 2}, s.events);
    s.deallocate(2, 9, 2);
    CHECK(s.shirts().atp() == 5);
    CHECK(s.ledger.adjust(kNoKey, s.at(2), kDc, kShirt, 0, s.events) == Outcome::applied);
    CHECK(s.sound());
}

TEST_CASE("order: a backorder's shortage is explicit and goes when stock comes") {
    SmallLedger s;
    CHECK(s.allocate(1, 9, 7, Backorder::accept) == Outcome::applied);
    CHECK(s.shirts().shortage == 2);
    CHECK(s.shirts().atp() == 0);
    s.ledger.receive(kNoKey, s.at(2), kDc, kShirt, 3, s.events);
    CHECK(s.shirts().shortage == 0);
    CHECK(s.shirts().atp() == 1);
}

TEST_CASE("order: a picked unit that the record lacks is adjusted in") {
    SmallLedger s;
    s.allocate(1, 9, 2);
    s.ledger.sell(kNoKey, s.at(2), kDc, kShirt, 5, kPos, s.events);
    CHECK(s.shirts().shortage == 2);
    s.events.clear();
    CHECK(s.ledger.pick(kNoKey, s.at(3), OrderId(9), {kDc, kShirt, 2}, s.events) == Outcome::applied);
    REQUIRE(s.events.size() == 2);
    CHECK(s.events[0].kind == EventKind::adjusted);
    CHECK(s.events[0].delta == 2);
    CHECK(s.events[1].kind == EventKind::picked);
    CHECK(s.shirts().shortage == 0);
    CHECK(s.ledger.ship(kNoKey, s.at(4), OrderId(9), {kDc, kShirt, 2}, s.events) == Outcome::applied);
    CHECK(s.shirts().on_hand == 0);
    CHECK(s.sound());
}
