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

struct BrokenCount {
    Quantity Cell::*count;
    std::string complaint;
};

TEST_CASE("audit: finds each broken number of a cell, and names it") {
    const std::vector<BrokenCount> table{
        {&Cell::on_hand, "on_hand is negative: -1"},       {&Cell::held, "held: -1, recomputed 0"},
        {&Cell::allocated, "allocated: -1, recomputed 0"}, {&Cell::safety, "safety is negative: -1"},
        {&Cell::inbound, "inbound is negative: -1"},       {&Cell::quarantined, "quarantined is negative: -1"},
        {&Cell::shortage, "shortage: -1, recomputed 0"},   {&Cell::fenced, "fenced: -1, recomputed 0"},
    };
    for (const BrokenCount& row : table)
        CHECK_THAT(audit_after_breaking(row.count, -1), Catch::VectorContains("node 0 sku 0 " + row.complaint));
}

TEST_CASE("audit: units from nowhere break conservation") {
    const auto found = audit_after_breaking(&Cell::on_hand, 6);
    REQUIRE(found.size() == 1);
    CHECK(found[0] == "on_hand of all cells: 5, recomputed 6");
}
