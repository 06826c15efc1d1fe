// The audit against a reference ledger: it never refutes what the ledger did, and always finds what was changed afterwards.
#include <catch2/catch.hpp>

#include <functional>
#include <optional>
#include <set>

#include "reports/audit/audit.hpp"
#include "reports/audit/audit_terminal.hpp"
#include "tests/reports/audit/recorded_file.hpp"
#include "tests/support/simulated_history.hpp"

using namespace lastunit;
using namespace lastunit::reports::audit;
using test::MadeHistory;
using test::MadeOperation;
using Asked = model::OperationKind;
using Told = model::OperationAnswer;

namespace {

AuditReport audited(const MadeHistory& made) {
    const test::RecordedFile file;
    REQUIRE(made.write(file.path()).empty());
    ReadEvidence read = read_evidence(std::vector{file.path()});
    REQUIRE(read.error.empty());
    return audit(std::move(read.evidence));
}

test::HistoryPlan small_plan(std::uint64_t seed) {
    test::HistoryPlan plan;
    plan.seed = seed;
    plan.processes = 2 + static_cast<std::uint32_t>(seed % 15);
    plan.nodes = 1 + static_cast<std::uint32_t>(seed % 2);
    plan.skus = 1 + static_cast<std::uint32_t>(seed % 4);
    plan.operations = 100 + static_cast<std::uint32_t>(seed * 37 % 400);
    plan.stock = 1 + static_cast<Quantity>(seed * 7 % 30);
    plan.lost_answers = seed % 5 == 0 ? 0.15 : seed % 5 == 1 ? 0 : 0.04;
    plan.ttl_us = seed % 3 == 0 ? 3'000 : 30'000;
    return plan;
}

// An operation of the same kind as others, once everything is over, with an answer at once.
MadeOperation& append(MadeHistory& made, Asked kind, Told answer) {
    const SimTime at = made.read + seconds(1);  // every hold has surely ended
    MadeOperation extra;
    extra.op.process = 999;
    extra.op.kind = kind;
    extra.op.answer = answer;
    extra.op.key = {1'000, 1'000 + made.operations.size()};
    extra.op.invoked = extra.op.intended = at;
    extra.op.completed = at + Duration{1};
    made.read = at + Duration{2};
    made.operations.push_back(extra);
    return made.operations.back();
}

const MadeOperation* find(const MadeHistory& made, const std::function<bool(const MadeOperation&)>& fits) {
    for (std::size_t i = 0; i < made.operations.size(); ++i) {
        const MadeOperation& of = made.operations[(i + made.operations.size() / 2) % made.operations.size()];
        if (fits(of)) return &of;
    }
    return nullptr;
}
std::size_t cell_at(const MadeHistory& made, const core::Line& line) {
    for (std::size_t i = 0; i < made.stock.size(); ++i)
        if (made.stock[i].node == line.node && made.stock[i].sku == line.sku) return i;
    return made.stock.size();
}
bool anything_unknown(const MadeHistory& made) {
    return find(made, [](const MadeOperation& of) { return of.op.answer == Told::unknown; }) != nullptr;
}

// What a till sells beyond the record leaves on_hand at zero: how much is there afterwards depends on the order.
bool has_sales(const MadeHistory& made, std::size_t cell) {
    return find(made, [&](const MadeOperation& of) { return of.op.kind == Asked::sell && cell_at(made, of.lines[0]) == cell; }) !=
           nullptr;
}

using Flaw = std::function<bool(MadeHistory&)>;  // false: this history has no place for it

// The back end believed in one unit more than there was, and sold it.
bool one_unit_too_many(MadeHistory& made) {
    if (anything_unknown(made)) return false;
    for (std::size_t i = 0; i < made.stock.size(); ++i) {
        model::CellReadBack& cell = made.stock[i];
        if (cell.available > 0 || cell.held > 0 || cell.on_hand > cell.allocated || has_sales(made, i)) continue;
        made.header.mutable_initial()->set_on_hand(static_cast<int>(i), made.header.initial().on_hand(static_cast<int>(i)) - 1);
        cell.on_hand -= 1;
        return true;
    }
    return false;
}

bool lost_order(MadeHistory& made) {
    const MadeOperation* of = find(made, [&](const MadeOperation& candidate) {
        return candidate.op.answer == Told::applied &&
               (candidate.op.kind == Asked::confirm || candidate.op.kind == Asked::allocate) &&
               made.orders.contains(candidate.op.kind == Asked::confirm ? candidate.op.order : candidate.op.reference);
    });
    if (of == nullptr) return false;
    const std::uint64_t order = of->op.kind == Asked::confirm ? of->op.order : of->op.reference;
    for (const core::Line& line : made.orders[order]) made.stock[cell_at(made, line)].allocated -= line.quantity;
    made.orders.erase(order);
    return true;
}

bool hold_ended_twice(MadeHistory& made) {
    const MadeOperation* of = find(made, [](const MadeOperation& candidate) {
        return candidate.op.answer == Told::applied &&
               (candidate.op.kind == Asked::confirm || candidate.op.kind == Asked::release);
    });
    if (of == nullptr) return false;
    const std::uint64_t hold = of->op.reference;
    append(made, Asked::release, Told::applied).op.reference = hold;
    return true;
}

bool stale_read(MadeHistory& made) {
    if (anything_unknown(made) || has_sales(made, 0) || made.stock[0].held > 0) return false;
    const core::Line line{made.stock[0].node, made.stock[0].sku, 0};
    const auto available = static_cast<Quantity>(made.stock[0].available);
    MadeOperation& read = append(made, Asked::read, Told::applied);
    read.op.key = {};
    read.lines = {line};
    read.available = {available + 1};
    return true;
}

bool another_answer(MadeHistory& made) {
    const MadeOperation* of = find(made, [](const MadeOperation& candidate) {
        return candidate.op.answer == Told::applied && candidate.op.kind != Asked::read;
    });
    if (of == nullptr) return false;
    const MadeOperation repeated = *of;
    MadeOperation& again = append(made, repeated.op.kind, Told::out_of_stock);
    again.lines = repeated.lines;
    again.op.key = repeated.op.key;
    again.op.reference = repeated.op.reference;
    again.op.order = repeated.op.order;
    again.op.ttl = repeated.op.ttl;
    return true;
}

bool another_effect(MadeHistory& made) {
    const MadeOperation* of = find(made, [&](const MadeOperation& candidate) {
        return candidate.op.answer == Told::applied && candidate.op.kind == Asked::allocate &&
               made.orders.contains(candidate.op.reference);
    });
    if (of == nullptr) return false;
    const MadeOperation repeated = *of;
    MadeOperation& again = append(made, Asked::allocate, Told::applied);
    again.lines = repeated.lines;
    again.op.key = repeated.op.key;
    again.op.reference = repeated.op.reference;
    for (core::Line& line : made.orders[repeated.op.reference]) {
        made.stock[cell_at(made, line)].allocated += line.quantity;
        line.quantity *= 2;
    }
    return true;
}

bool phantom_order(MadeHistory& made) {
    made.orders[77] = {{made.stock[0].node, made.stock[0].sku, 1}};
    return true;
}

bool refused_though_there(MadeHistory& made) {
    if (anything_unknown(made)) return false;
    for (std::size_t i = 0; i < made.stock.size(); ++i) {
        const model::CellReadBack cell = made.stock[i];
        if (cell.available == 0 || cell.held > 0 || has_sales(made, i)) continue;
        const core::Line line{cell.node, cell.sku, static_cast<Quantity>(cell.available)};
        MadeOperation& refused = append(made, Asked::allocate, Told::out_of_stock);
        refused.op.reference = 123'456;
        refused.lines = {line};
        return true;
    }
    return false;
}

bool unit_gone(MadeHistory& made) {
    if (anything_unknown(made) || made.stock[0].on_hand == 0 || has_sales(made, 0)) return false;
    made.stock[0].on_hand -= 1;
    return true;
}

void always_found(const Flaw& flaw, Check check) {
    int cases = 0;
    std::uint64_t seed = 1;
    for (; cases < 200 && seed < 5'000; ++seed) {
        test::HistoryPlan plan = small_plan(seed);
        plan.operations = 60 + plan.operations / 3;
        plan.tills = seed % 4 == 0;
        if (seed % 2 == 0) plan.lost_answers = 0;
        MadeHistory made = test::simulated_history(plan);
        if (!flaw(made)) continue;
        ++cases;
        const AuditReport report = audited(made);
        INFO("seed " << seed << "\n" << audit_text(report));
        REQUIRE(report.verdict == AuditReport::Verdict::refuted);
        REQUIRE(report.findings.of(check).verdict == CheckResult::Verdict::refuted);
    }
    CHECK(cases == 200);
}

}  // namespace

TEST_CASE("audit: what a ledger did under concurrency, with lost answers and late effects, is never refuted") {
    std::uint64_t unknown = 0, undecided = 0;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const AuditReport report = audited(test::simulated_history(small_plan(seed)));
        INFO("seed " << seed << "\n" << audit_text(report));
        REQUIRE(report.verdict != AuditReport::Verdict::refuted);
        if (report.verdict == AuditReport::Verdict::undecided) ++undecided;
        unknown += report.totals.unknown;
    }
    CHECK(unknown > 1'000);
    CHECK(undecided == 0);
}

TEST_CASE("audit: one hot cell, 200 at a time, one in a hundred without an answer, is decided") {
    for (const Quantity stock : {10, 1'000}) {
        test::HistoryPlan plan;
        plan.processes = 200;
        plan.skus = 1;
        plan.operations = 20'000;
        plan.stock = stock;
        plan.tills = false;
        plan.lost_answers = 0.01;
        MadeHistory made = test::simulated_history(plan);
        std::erase_if(made.operations, [](const MadeOperation& of) { return of.op.kind == Asked::read; });
        const AuditReport report = audited(made);
        INFO(audit_text(report));
        CHECK(report.verdict == AuditReport::Verdict::sound);
        CHECK(report.totals.unknown > 50);
        // The same promises of a shop that had nothing and was brought nothing.
        made.header.mutable_initial()->set_on_hand(0, 0);
        for (MadeOperation& of : made.operations)
            if (of.op.answer == Told::applied && (of.op.kind == Asked::receive || of.op.kind == Asked::take_return))
                of.op.answer = Told::other_refusal;
        CHECK(audited(made).verdict == AuditReport::Verdict::refuted);
    }
}

TEST_CASE("audit: cells that are counted are not refuted either") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        test::HistoryPlan plan = small_plan(seed);
        plan.counts = true;
        const AuditReport report = audited(test::simulated_history(plan));
        INFO("seed " << seed << "\n" << audit_text(report));
        REQUIRE(report.verdict != AuditReport::Verdict::refuted);
    }
}

TEST_CASE("audit: cells that are counted while nothing is delivered or sold over a counter are judged as any other") {
    std::uint64_t counts = 0, undecided = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        test::HistoryPlan plan = small_plan(seed);
        plan.counts = true;
        plan.tills = false;
        plan.skus = 12;
        plan.processes = 3;
        plan.lost_answers = 0;
        const MadeHistory made = test::simulated_history(plan);
        for (const MadeOperation& of : made.operations) counts += of.op.kind == Asked::adjust ? 1 : 0;
        const AuditReport report = audited(made);
        INFO("seed " << seed << "\n" << audit_text(report));
        REQUIRE(report.verdict != AuditReport::Verdict::refuted);
        if (report.verdict == AuditReport::Verdict::undecided) ++undecided;
    }
    CHECK(counts > 100);
    CHECK(undecided < 10);
}

TEST_CASE("audit: one unit sold twice is always found") { always_found(one_unit_too_many, Check::sold_twice); }
TEST_CASE("audit: ... and always fits into no order") { always_found(one_unit_too_many, Check::linearizability); }
TEST_CASE("audit: a lost order is always found") { always_found(lost_order, Check::orders); }
TEST_CASE("audit: a phantom order is always found") { always_found(phantom_order, Check::orders); }
TEST_CASE("audit: a hold that ended twice is always found") { always_found(hold_ended_twice, Check::holds); }
TEST_CASE("audit: a stale read is always found") { always_found(stale_read, Check::linearizability); }
TEST_CASE("audit: another answer to the same key is always found") { always_found(another_answer, Check::idempotency); }
TEST_CASE("audit: another effect of the same key is always found") { always_found(another_effect, Check::idempotency); }
TEST_CASE("audit: a refusal of what was there is always found") { always_found(refused_though_there, Check::undersell); }
TEST_CASE("audit: a unit that is gone from the final state is always found") { always_found(unit_gone, Check::conservation); }
