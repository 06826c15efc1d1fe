#include <catch2/catch.hpp>

#include "tests/core/fixture.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {
// Breaks one number behind the ledger's back.
std::vector<std::string> audit_after_breaking(Quantity Cell::*count, Quantity value) {
    SmallLedger s;
    const_cast<Cell&>(s.shirts()).*count = value;
    return s.ledger.audit();
}
}  // namespace

TEST_CASE("audit: names the cell and the number that is wrong") {
    const auto found = audit_after_breaking(&Cell::held, 2);
    REQUIRE(!found.empty());
    CHECK(found[0] == "node 0 sku 0 held: 2, recomputed 0");
}

TEST_CASE("audit: finds each broken number of a cell") {
    for (const auto count : {&Cell::on_hand, &Cell::held, &Cell::allocated, &Cell::safety, &Cell::inbound, &Cell::quarantined,
                             &Cell::shortage, &Cell::fenced})
        CHECK(!audit_after_breaking(count, -1).empty());
}

TEST_CASE("audit: units from nowhere break conservation") {
    const auto found = audit_after_breaking(&Cell::on_hand, 6);
    REQUIRE(found.size() == 1);
    CHECK(found[0] == "on_hand of all cells: 5, recomputed 6");
}
