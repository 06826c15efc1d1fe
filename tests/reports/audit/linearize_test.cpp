// The search for an order against one that tries every order.
#include <catch2/catch.hpp>

#include "model/random.hpp"
#include "reports/audit/counts.hpp"
#include "reports/audit/culprit.hpp"
#include "reports/audit/linearize.hpp"

using namespace lastunit;
using namespace lastunit::reports::audit;
using Verdict = Linearization::Verdict;

namespace {

constexpr std::uint64_t kPlenty = 50'000'000;

// Depth first over all orders; instants can be found for an order when no operation ends before one that precedes it begins.
class EveryOrder {
   public:
    EveryOrder(std::span<const CellOperation> operations, std::int64_t safety) : operations_(operations), safety_(safety) {}

    bool any(unsigned done, SimTime at, CellState state) const {
        bool all = true;
        for (std::size_t i = 0; i < operations_.size(); ++i)
            all = all && (((done >> i) & 1U) != 0 || operations_[i].must != Must::happen);
        if (all) return true;
        for (std::size_t i = 0; i < operations_.size(); ++i) {
            const CellOperation& op = operations_[i];
            const SimTime then = std::max(at, op.from);
            if (((done >> i) & 1U) != 0 || then > op.until) continue;
            CellState after = state;
            if (may(done, op, state, after) && any(done | 1U << i, then, after)) return true;
        }
        return false;
    }

   private:
    bool may(unsigned done, const CellOperation& op, CellState state, CellState& after) const {
        const std::int64_t available = state.on_hand - state.committed - safety_;
        switch (op.act) {
            case Act::take:
                after.committed += op.units;
                return available >= op.units;
            case Act::give:
                after.committed -= op.units;
                return op.must != Must::may_if_taken || spare_takes(done, op.units) > 0;
            case Act::stock:
                after.on_hand += op.units;
                return true;
            case Act::sell:
                after.on_hand -= std::min<std::int64_t>(op.units, std::max<std::int64_t>(0, state.on_hand));
                return true;
            case Act::count:
                after.on_hand = op.units;
                return true;
            case Act::deny:
                return available < op.units;
            case Act::read:
                return std::max<std::int64_t>(0, available) == op.units;
            case Act::lack:
                return true;
        }
        return false;
    }
    int spare_takes(unsigned done, Quantity units) const {
        int spare = 0;
        for (std::size_t i = 0; i < operations_.size(); ++i)
            if (((done >> i) & 1U) != 0 && operations_[i].must == Must::may_if_taken && operations_[i].units == units)
                spare += operations_[i].act == Act::take ? 1 : -1;
        return spare;
    }

    std::span<const CellOperation> operations_;
    std::int64_t safety_;
};

std::vector<CellOperation> random_history(model::Stream& random, std::size_t most, bool awkward) {
    std::vector<CellOperation> operations(2 + static_cast<std::size_t>(random.uniform() * static_cast<double>(most - 1)));
    std::uint32_t index = 0;
    const double span = 4 + random.uniform() * 30;
    for (CellOperation& op : operations) {
        op.operation = index++;
        op.from = {static_cast<std::int64_t>(random.uniform() * span)};
        op.until = op.from + Duration{static_cast<std::int64_t>(random.uniform() * 14)};
        op.units = 1 + static_cast<Quantity>(random.uniform() * 3);
        const double what = random.uniform();
        op.act = what < 0.4    ? Act::take
                 : what < 0.55 ? Act::give
                 : what < 0.62 ? Act::stock
                 : what < 0.75 ? Act::deny
                               : Act::read;
        if (awkward && random.uniform() < 0.2) op.act = random.uniform() < 0.7 ? Act::sell : Act::count;
        if (op.act == Act::read || op.act == Act::count) op.units = static_cast<Quantity>(random.uniform() * 5);
        if (is_effect(op.act) && random.uniform() < 0.15) {
            op.must = Must::may;
            if (random.uniform() < 0.6) op.until = kNever;
        } else if ((op.act == Act::take || op.act == Act::give) && random.uniform() < 0.1) {
            op.must = Must::may_if_taken;
            op.until = kNever;
        }
    }
    std::stable_sort(operations.begin(), operations.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return operations;
}

CellOperation told(Act act, Quantity units, std::int64_t from, std::int64_t until, std::uint32_t operation = 0) {
    return {{from}, {until}, operation, units, act, Must::happen};
}

}  // namespace

TEST_CASE("linearize: agrees with a search through every order, on small histories of all kinds") {
    int refuted = 0, linearizable = 0;
    for (std::uint64_t seed = 1; seed <= 12'000; ++seed) {
        model::Stream random(seed, model::Purpose::property, 88);
        const bool awkward = seed % 3 == 0;
        const auto operations = random_history(random, 8, awkward);
        const CellState start{static_cast<std::int64_t>(random.uniform() * 6), static_cast<std::int64_t>(random.uniform() * 2)};
        const bool expected = EveryOrder(operations, 0).any(0, {INT64_MIN}, start);
        const Linearization found = linearize(operations, start, 0, kPlenty);
        INFO("seed " << seed);
        REQUIRE(found.verdict == (expected ? Verdict::linearizable : Verdict::refuted));
        ++(expected ? linearizable : refuted);
    }
    CHECK(refuted > 2'000);
    CHECK(linearizable > 2'000);
}

TEST_CASE("counts: as what they did they allow the same orders, on small histories of all kinds") {
    int resolved = 0, refuted = 0, linearizable = 0;
    for (std::uint64_t seed = 1; seed <= 12'000; ++seed) {
        model::Stream random(seed, model::Purpose::property, 89);
        auto operations = random_history(random, 7, true);
        // Half of them are counts at moments of their own, so that many can be resolved.
        for (CellOperation& op : operations)
            if (op.must == Must::happen && random.uniform() < 0.3) {
                op.act = Act::count;
                op.until = op.from;
                op.units = static_cast<Quantity>(random.uniform() * 5);
            }
        const CellState start{static_cast<std::int64_t>(random.uniform() * 6), static_cast<std::int64_t>(random.uniform() * 2)};
        const ResolvedCounts counts = resolve_counts(operations, start);
        const auto is_count = [](const CellOperation& op) { return op.act == Act::count; };
        const auto all = std::count_if(operations.begin(), operations.end(), is_count);
        const auto left = std::count_if(counts.operations.begin(), counts.operations.end(), is_count);
        INFO("seed " << seed);
        REQUIRE(left == static_cast<std::ptrdiff_t>(counts.left));
        resolved += static_cast<int>(all - left);
        const bool expected = EveryOrder(operations, 0).any(0, {INT64_MIN}, start);
        const Linearization found = linearize(counts.operations, start, 0, kPlenty);
        REQUIRE(found.verdict == (expected ? Verdict::linearizable : Verdict::refuted));
        ++(expected ? linearizable : refuted);
    }
    CHECK(resolved > 3'000);
    CHECK(refuted > 2'000);
    CHECK(linearizable > 2'000);
}

TEST_CASE("counts: one that nothing else overlaps has a certain effect, one beside a sale has not") {
    const std::vector<CellOperation> alone{told(Act::count, 7, 10, 20), told(Act::stock, 5, 30, 40), told(Act::count, 3, 50, 60),
                                           told(Act::take, 2, 0, 100)};
    const ResolvedCounts certain = resolve_counts(alone, {4, 0});
    CHECK(certain.left == 0);
    CHECK(certain.added == 3);
    CHECK(certain.taken_away == 9);
    const std::vector<CellOperation> beside{told(Act::count, 7, 10, 20), told(Act::sell, 1, 20, 30), told(Act::count, 5, 40, 50),
                                            told(Act::count, 6, 60, 70)};
    const ResolvedCounts open = resolve_counts(beside, {4, 0});
    // The second is certain in what is there afterwards, not in what it did.
    CHECK(open.left == 2);
    CHECK(open.added == 1);
}

TEST_CASE("linearize: two that got the last unit fit into no order, one that was refused does") {
    const std::vector<CellOperation> both{told(Act::take, 1, 10, 20, 0), told(Act::take, 1, 12, 25, 1)};
    CHECK(linearize(both, {1, 0}, 0, kPlenty).verdict == Verdict::refuted);
    const std::vector<CellOperation> one{told(Act::take, 1, 10, 20, 0), told(Act::deny, 1, 12, 25, 1)};
    CHECK(linearize(one, {1, 0}, 0, kPlenty).verdict == Verdict::linearizable);
}

TEST_CASE("linearize: a read that was answered before a unit was taken saw it, one that was asked afterwards did not") {
    CHECK(linearize(std::vector{told(Act::read, 5, 1, 9), told(Act::take, 1, 5, 6)}, {5, 0}, 0, kPlenty).verdict ==
          Verdict::linearizable);
    CHECK(linearize(std::vector{told(Act::take, 1, 5, 6), told(Act::read, 5, 7, 9)}, {5, 0}, 0, kPlenty).verdict ==
          Verdict::refuted);
    CHECK(linearize(std::vector{told(Act::take, 1, 5, 6), told(Act::read, 4, 7, 9)}, {5, 0}, 0, kPlenty).verdict ==
          Verdict::linearizable);
}

TEST_CASE("linearize: what it cannot decide within its budget is undecided, not refuted") {
    std::vector<CellOperation> operations;
    for (int i = 0; i < 30; ++i) operations.push_back(told(i % 2 == 0 ? Act::take : Act::give, 1 + i, i, 1'000 + i));
    operations.push_back(told(Act::read, 4'321, 500, 900));
    std::stable_sort(operations.begin(), operations.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    CHECK(linearize(operations, {2'000, 0}, 0, 10'000).verdict == Verdict::undecided);
}

TEST_CASE("culprit: of a long history what contradicts itself is left, and no more") {
    std::vector<CellOperation> operations;
    for (std::uint32_t i = 0; i < 49; ++i) operations.push_back(told(Act::take, 1, 10 * i, 10 * i + 15, i));
    operations.push_back(told(Act::take, 1, 1'000, 1'020, 49));
    operations.push_back(told(Act::take, 1, 1'005, 1'015, 50));
    operations.push_back(told(Act::read, 0, 1'016, 1'030, 51));
    const Linearization found = linearize(operations, {50, 0}, 0, kPlenty);
    REQUIRE(found.verdict == Verdict::refuted);
    const Culprit culprit = culprit_of(operations, {50, 0}, 0, found.failed_at, kPlenty);
    CHECK(culprit.available == 1);
    REQUIRE(culprit.operations.size() == 2);
    CHECK(culprit.operations[0].operation == 49);
    CHECK(culprit.operations[1].operation == 50);
}
