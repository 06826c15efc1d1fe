// What a shop's numbers prove, and what they do not: no sound shop is accused, no flaw is passed over.
#include "drivers/http/judge.hpp"

#include <catch2/catch.hpp>
#include <deque>

#include "drivers/http/race/judge.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

// Shoppers and the books that they left, one after the other.
struct Case {
    SkuBooks books;
    SkuCase of;
    std::deque<std::string> names;
    std::deque<Told> said;

    explicit Case(std::int64_t stock) {
        books.has_orders = true;
        of.put = stock;
    }
    Buyer& comes(Answer told, Quantity wanted, std::int64_t ordered) {
        const std::uint64_t number = of.buyers.size() + 1;
        names.push_back("s" + std::to_string(number));
        Told& one = said.emplace_back();
        one.told = told;
        one.promised = one.answered = true;
        one.acceptances = told == Answer::accepted ? 1 : 0;
        one.last_step = "pay";
        if (ordered > 0) books.orders.push_back({"o" + std::to_string(number), names.back(), Sku(0), ordered});
        const auto at = static_cast<std::int64_t>(number) * 100;
        Buyer buyer{.number = number, .identity = &names.back(), .wanted = wanted, .said = &one, .decided = true};
        buyer.sent_us = at, buyer.answered_us = at + 50;
        return of.buyers.emplace_back(buyer);
    }
    void row(std::string id, std::string shopper, std::int64_t units) {
        rows.has_reservations = true;
        rows.reservations.push_back({std::move(id), std::move(shopper), Sku(0), units});
    }
    void counts(std::int64_t before, std::int64_t after) { books.before.available = before, books.after.available = after; }
    Books rows, rows_before;

    Verdict verdict() {
        if (rows.has_reservations) {
            SkuBooks counted = by_sku(rows_before, rows, 1).front();
            books.moved = counted.moved, books.gone = counted.gone, books.grown = counted.grown;
        }
        of.books = &books;
        return judge(of);
    }
};

std::vector<FindingKind> kinds(const Verdict& verdict) {
    std::vector<FindingKind> out;
    for (const Finding& finding : verdict.findings) out.push_back(finding.kind);
    return out;
}

TEST_CASE("judge: a basket is sold whole, so that the unit which is less than anybody wanted was not withheld") {
    Case sound(5);
    for (int i = 0; i < 2; ++i) sound.comes(Answer::accepted, 2, 2);
    for (int i = 0; i < 3; ++i) sound.comes(Answer::out_of_stock, 2, 0);
    CHECK(kinds(sound.verdict()).empty());

    Case withheld(5);
    withheld.comes(Answer::accepted, 2, 2);
    for (int i = 0; i < 3; ++i) withheld.comes(Answer::out_of_stock, 2, 0);
    const Verdict verdict = withheld.verdict();
    REQUIRE(kinds(verdict) == std::vector{FindingKind::undersold});
    CHECK(verdict.findings[0].units == 2);
}

TEST_CASE("judge: of baskets of different sizes only those count as withheld that would have fitted") {
    Case sound(5);
    sound.comes(Answer::accepted, 3, 3);
    sound.comes(Answer::out_of_stock, 3, 0);
    sound.comes(Answer::out_of_stock, 4, 0);
    CHECK(kinds(sound.verdict()).empty());
    sound.comes(Answer::out_of_stock, 1, 0);
    const Verdict verdict = sound.verdict();
    REQUIRE(kinds(verdict) == std::vector{FindingKind::undersold});
    CHECK(verdict.findings[0].units == 1);
}

TEST_CASE("judge: an order that a cancelling without an answer took away is not missing, and its unit may be sold again") {
    Case one(1);
    one.comes(Answer::accepted, 1, 0).cancelled_us = 170;
    one.comes(Answer::accepted, 1, 1);  // sent at 200
    const Verdict verdict = one.verdict();
    CHECK(kinds(verdict).empty());
    CHECK(verdict.told == 1);

    Case kept(1);  // the cancelling did nothing: both were sold
    kept.comes(Answer::accepted, 1, 1).cancelled_us = 170;
    kept.comes(Answer::accepted, 1, 1);
    CHECK(kinds(kept.verdict()) == std::vector{FindingKind::oversold});
}

TEST_CASE("judge: an order that stays although its cancelling was accepted afterwards is a phantom, of two at once it is none") {
    Case one(2);
    Buyer& buyer = one.comes(Answer::accepted, 2, 2);
    one.said[0].cancelled = true;
    buyer.cancelled_us = 170;
    const Verdict verdict = one.verdict();
    REQUIRE(kinds(verdict) == std::vector{FindingKind::phantom_order});
    CHECK(verdict.findings[0].units == 2);
    CHECK_THAT(verdict.findings[0].sentence, Catch::Contains("cancelling was accepted"));
    one.of.buyers[0].cancelled_us = 120;  // answered at 150
    CHECK(kinds(one.verdict()).empty());
}

TEST_CASE("judge: a refused shopper's order is a phantom, although its cart was given up afterwards without an answer") {
    Case one(2);
    one.comes(Answer::out_of_stock, 1, 1).cancelled_us = 170;
    CHECK(kinds(one.verdict()) == std::vector{FindingKind::phantom_order});
}

TEST_CASE("judge: half of a basket that was refused is one unit sold, not two") {
    Case one(1);
    one.comes(Answer::error, 2, 1);
    CHECK(kinds(one.verdict()) == std::vector{FindingKind::phantom_order});  // and nothing is oversold
}

TEST_CASE("judge: ten units accepted and five in the order are five missing") {
    Case one(10);
    one.comes(Answer::accepted, 10, 5);
    const Verdict verdict = one.verdict();
    REQUIRE(kinds(verdict) == std::vector{FindingKind::missing_order});
    CHECK(verdict.findings[0].units == 5);
}

TEST_CASE("judge: a counter that moves by twice what was taken is a finding, by rows and by orders alone") {
    const bool by_rows = GENERATE(false, true);
    Case one(30);
    for (int i = 0; i < 3; ++i) {
        one.comes(Answer::accepted, 1, 1);
        if (by_rows) one.row("o" + std::to_string(i + 1), "", 1);
    }
    one.counts(30, 24);
    const Verdict verdict = one.verdict();
    REQUIRE(kinds(verdict) == std::vector{FindingKind::lost_update});
    CHECK(verdict.findings[0].units == 3);
    one.counts(30, 27);
    CHECK(kinds(one.verdict()).empty());
}

TEST_CASE("judge: units in carts, and of cancelled purchases, may be taken from the counter without an order") {
    Case one(3);
    one.comes(Answer::accepted, 1, 1);
    one.comes(Answer::error, 1, 0).may_hold = 1;
    one.said[1].told = Answer::unknown;
    one.of.buyers[1].heard = Buyer::Heard::nothing;
    one.comes(Answer::accepted, 1, 0).cancelled_us = 370;
    one.counts(3, 0);
    CHECK(kinds(one.verdict()).empty());
}

TEST_CASE("judge: nobody is turned away who heard nothing, and who heard a 500 is") {
    Case one(2);
    one.comes(Answer::accepted, 1, 1);
    one.comes(Answer::unknown, 1, 0).heard = Buyer::Heard::nothing;
    CHECK(kinds(one.verdict()).empty());
    one.of.buyers[1].heard = Buyer::Heard::something;
    CHECK(kinds(one.verdict()) == std::vector{FindingKind::undersold});
}

TEST_CASE("judge: what an earlier run's carts give back does not hide what this run's orders took, nor accuse the shop") {
    Case one(5);
    one.rows_before.has_reservations = true;
    one.rows_before.reservations = {{"old-1", "", Sku(0), 1}, {"old-2", "", Sku(0), 1}};
    for (int i = 1; i <= 3; ++i) {
        one.comes(Answer::accepted, 1, 1);
        one.row("o" + std::to_string(i), "", 1);
    }
    one.row("old-2", "", 1);  // the other one has expired meanwhile
    one.counts(5, 3);         // three taken, one given back
    Verdict verdict = one.verdict();
    CHECK(kinds(verdict).empty());
    CHECK(verdict.reservations == 3);

    one.rows.reservations.erase(one.rows.reservations.begin());  // o1 has no row
    verdict = one.verdict();
    CHECK(kinds(verdict) == std::vector{FindingKind::unallocated_order});
}

TEST_CASE("judge: rows that name somebody else are not this run's, where rows name its shoppers") {
    Case one(5);
    one.comes(Answer::accepted, 1, 1);
    one.comes(Answer::accepted, 1, 1);
    one.row("", "s1", 1);
    one.row("", "a stranger", 1);
    CHECK(one.verdict().reservations == 1);
    CHECK(kinds(one.verdict()) == std::vector{FindingKind::unallocated_order});
}

TEST_CASE("judge: one row whose units grow counts by its growth") {
    Case one(5);
    one.rows_before.reservations = {{"TEE", "", Sku(0), 4}};
    one.comes(Answer::accepted, 2, 2);
    one.row("TEE", "", 6);
    CHECK(one.verdict().reservations == 2);
    CHECK(kinds(one.verdict()).empty());
}

TEST_CASE("judge: allocations that stay after a cancellation do not make the counter one that stayed behind") {
    Case one(5);
    one.comes(Answer::accepted, 1, 1);
    one.comes(Answer::accepted, 1, 0).cancelled_us = 270;
    one.said[1].cancelled = true;
    one.row("o1", "", 1);
    one.row("o2", "", 1);
    one.counts(5, 4);
    CHECK(kinds(one.verdict()).empty());
    one.counts(5, 5);
    CHECK(kinds(one.verdict()) == std::vector{FindingKind::lost_update});
}

}  // namespace
}  // namespace lastunit::test
