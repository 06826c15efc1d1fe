#include <catch2/catch.hpp>

#include "tests/core/fixture.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

TEST_CASE("stock: a sale beyond the record is not refused, and on_hand stays at nought") {
    SmallLedger s;
    CHECK(s.ledger.sell(kNoKey, s.at(1), kDc, kShirt, 7, kPos, s.events) == Outcome::applied);
    CHECK(s.shirts().on_hand == 0);
    CHECK(s.ledger.conservation().sold == 5);
    CHECK(s.ledger.conservation().sold_beyond_record == 2);
    CHECK(s.events.back().delta == 7);
    CHECK(s.sound());
}

TEST_CASE("stock: a sale does not take a unit that lies in a parcel") {
    SmallLedger s;
    s.allocate(1, 9, 4);
    s.ledger.pick(kNoKey, s.at(1), OrderId(9), {kDc, kShirt, 4}, s.events);
    s.ledger.sell(kNoKey, s.at(2), kDc, kShirt, 3, kPos, s.events);
    CHECK(s.shirts().on_hand == 4);
    CHECK(s.shirts().shortage == 0);
    CHECK(s.ledger.conservation().sold_beyond_record == 2);
}

TEST_CASE("stock: a sale of held units makes the shortage explicit") {
    SmallLedger s;
    s.hold(1, 1, 4);
    s.ledger.sell(kNoKey, s.at(2), kDc, kShirt, 3, kPos, s.events);
    CHECK(s.shirts().on_hand == 2);
    CHECK(s.shirts().shortage == 2);
    s.ledger.release(kNoKey, s.at(3), HoldId(1), s.events);
    CHECK(s.shirts().shortage == 0);
    CHECK(s.shirts().atp() == 2);
}

TEST_CASE("stock: a count below what is promised makes the shortage explicit") {
    SmallLedger s;
    s.allocate(1, 9, 4);
    CHECK(s.ledger.adjust(kNoKey, s.at(2), kDc, kShirt, 1, s.events) == Outcome::applied);
    CHECK(s.shirts().shortage == 3);
    CHECK(s.events.back().delta == -4);
    CHECK(s.sound());
}

TEST_CASE("stock: a count that agrees is no event") {
    SmallLedger s;
    s.events.clear();
    CHECK(s.ledger.adjust(kNoKey, s.at(2), kDc, kShirt, 5, s.events) == Outcome::applied);
    CHECK(s.events.empty());
}

TEST_CASE("stock: a receipt uses up what was announced, then surprises") {
    SmallLedger s;
    s.ledger.expect(kNoKey, s.at(1), kDc, kShirt, 4, s.events);
    s.ledger.receive(kNoKey, s.at(2), kDc, kShirt, 3, s.events);
    CHECK(s.shirts().inbound == 1);
    s.ledger.receive(kNoKey, s.at(2), kDc, kShirt, 3, s.events);
    CHECK(s.shirts().inbound == 0);
    CHECK(s.shirts().on_hand == 11);
}

TEST_CASE("stock: a transfer is inbound until it arrives, and no receipt uses it up") {
    SmallLedger s;
    CHECK(s.ledger.transfer_out(kNoKey, s.at(1), 3, kDc, kStore, kShirt, 2, s.events) == Outcome::applied);
    CHECK(s.ledger.transfer_out(kNoKey, s.at(1), 3, kDc, kStore, kShirt, 1, s.events) == Outcome::applied);
    const Cell& store = s.ledger.cell(kStore, kShirt);
    CHECK(s.shirts().on_hand == 2);
    CHECK(store.inbound == 3);
    CHECK(s.ledger.conservation().in_transit == 3);
    s.ledger.receive(kNoKey, s.at(2), kStore, kShirt, 5, s.events);
    CHECK(store.inbound == 3);
    CHECK(s.ledger.transfer_in(kNoKey, s.at(3), 3, s.events) == Outcome::applied);
    CHECK(store.inbound == 0);
    CHECK(store.on_hand == 8);
    CHECK(s.sound());
}

TEST_CASE("stock: a return goes to the shelf or into quarantine, and out of it again") {
    SmallLedger s;
    s.ledger.take_return(kNoKey, s.at(1), kDc, kShirt, 1, ReturnTo::shelf, s.events);
    s.ledger.take_return(kNoKey, s.at(1), kDc, kShirt, 2, ReturnTo::quarantine, s.events);
    CHECK(s.shirts().on_hand == 6);
    CHECK(s.shirts().quarantined == 2);
    CHECK(s.ledger.unquarantine(kNoKey, s.at(2), kDc, kShirt, 2, s.events) == Outcome::applied);
    CHECK(s.shirts().on_hand == 8);
    CHECK(s.sound());
}

TEST_CASE("stock: what is in quarantine leaves it for good, or for another node, and is never for sale in between") {
    SmallLedger s;
    const Quantity atp = s.ledger.atp(kDc, kShirt);
    s.ledger.take_return(kNoKey, s.at(1), kDc, kShirt, 3, ReturnTo::quarantine, s.events);
    CHECK(s.ledger.dispose(kNoKey, s.at(2), kDc, kShirt, 1, s.events) == Outcome::applied);
    CHECK(s.ledger.transfer_out(kNoKey, s.at(3), 3, kDc, kStore, kShirt, 2, s.events, TransferFrom::quarantine) ==
          Outcome::applied);
    CHECK(s.shirts().quarantined == 0);
    CHECK(s.ledger.atp(kDc, kShirt) == atp);
    for (const Event& event : s.events)
        if (event.node == kDc) CHECK(event.atp_after == atp);
    CHECK(s.ledger.conservation().disposed == 1);
    CHECK(s.ledger.transfer_in(kNoKey, s.at(4), 3, s.events) == Outcome::applied);
    CHECK(s.ledger.cell(kStore, kShirt).on_hand == 2);
    CHECK(s.sound());
}

TEST_CASE("stock: safety stock is not promised, and never shows as a negative") {
    SmallLedger s;
    s.ledger.set_safety(kNoKey, s.at(1), kDc, kShirt, 9, s.events);
    CHECK(s.shirts().atp() == 0);
    CHECK(s.events.back().delta == 9);
    s.ledger.set_safety(kNoKey, s.at(1), kDc, kShirt, 2, s.events);
    CHECK(s.shirts().atp() == 3);
    CHECK(s.events.back().delta == -7);
}

TEST_CASE("stock: the cells of a SKU lie in node order") {
    SmallLedger s;
    const auto cells = s.ledger.cells_of(kShirt);
    REQUIRE(cells.size() == 2);
    CHECK(&cells[1] == &s.ledger.cell(kStore, kShirt));
}

TEST_CASE("stock: a moved ledger reads the same cells") {
    SmallLedger s;
    const Ledger moved = std::move(s.ledger);
    CHECK(moved.cell(kDc, kShirt).on_hand == 5);
}
