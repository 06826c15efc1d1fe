// What a commit takes, and from where: the core's cells, a counter, a quota.
#include "core/assert.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/pools.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::Bookkeeping;
using model::Purpose;

namespace {
Quantity units_of(std::span<const core::OrderLine> lines, Sku sku) {
    Quantity units = 0;
    for (const core::OrderLine& line : lines)
        if (line.sku == sku) units += line.quantity;
    return units;
}
std::uint64_t units_of(std::span<const core::OrderLine> lines) {
    std::uint64_t units = 0;
    for (const core::OrderLine& line : lines) units += static_cast<std::uint64_t>(line.quantity);
    return units;
}
}  // namespace

// --- the core's cells ---

void Commits::reserve(Commit& commit, const Wanted& wanted, std::span<const core::OrderLine> lines) {
    lines_.assign(lines.begin(), lines.end());
    short_.clear();
    core::RouteRequest request = world_.orders->request_for(wanted.channel, wanted.method, wanted.place, wanted.store);
    request.lines = lines_;
    world_.core->plan_first(request, wanted.order.value, plan_);
    if (plan_.outcome == core::PlanOutcome::declined) {
        world_.recorder->of(wanted.channel).declined_units += units_of(lines);
        refuse(commit, lines, Refused::declined);
        lines_.clear();
        return;
    }
    if (plan_.outcome != core::PlanOutcome::planned) {
        lines_.clear();
        for (const core::OrderLine& line : lines) {
            lines_.push_back(line);
            request.lines = lines_;
            world_.core->plan_first(request, wanted.order.value, plan_);
            if (plan_.outcome == core::PlanOutcome::planned) continue;
            short_.push_back(line);
            lines_.pop_back();
        }
        if (lines_.empty()) return;
        request.lines = lines_;
        world_.core->plan_first(request, wanted.order.value, plan_);
    }
    commit.gathered_at = plan_.choice == core::SplitChoice::wait_for_transfer ? plan_.gathered_at : kNowhere;
    for (const core::PlanLine& line : plan_.lines) commit.reserved.push_back({line.node, lines_[line.line].sku, line.quantity});
    core::Outcome outcome{};
    if (commit.take == Take::hold) {
        commit.hold = HoldId((std::uint64_t{1} << 62U) | ++holds_);  // apart from the holds of carts
        outcome = world_.core->hold(commit.hold, wanted.channel, commit.reserved, world_.design.payment.cancel_unpaid_after);
    } else {
        outcome = world_.core->allocate(wanted.order, wanted.channel, commit.reserved);
    }
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    commit.accepted.insert(commit.accepted.end(), lines_.begin(), lines_.end());
    commit.there.resize(commit.accepted.size(), -1);
}

// --- optimistic ---

// The cells from which the lines would come, as they are now.
void Commits::read_cells(Commit& commit, const Wanted& wanted) {
    commit.seen.clear();
    core::RouteRequest request = world_.orders->request_for(wanted.channel, wanted.method, wanted.place, wanted.store);
    for (const core::OrderLine& line : wanted.lines) {
        request.lines = {&line, 1};
        world_.core->plan_first(request, wanted.order.value, plan_);
        for (const core::PlanLine& planned : plan_.lines)
            commit.seen.push_back({line.sku, planned.node, world_.core->ledger().atp(planned.node, line.sku), -1});
    }
}

bool Commits::changed(const Commit& commit) const {
    for (const Seen& cell : commit.seen)
        if (world_.core->ledger().atp(cell.node, cell.sku) != cell.units) return true;
    return false;
}

void Commits::try_optimistic(std::uint32_t slot) {
    Commit& commit = commits_[slot];
    const Wanted wanted = world_.shoppers->wanted(slot);
    if (!changed(commit)) {
        reserve(commit, wanted, wanted.lines);
        refuse(commit, short_, Refused::out_of_stock);
        answer(slot);
        return;
    }
    const model::ChannelDesign& design = world_.design.channels[wanted.channel.value];
    ++world_.recorder->of(wanted.channel).conflicts;
    if (commit.attempts++ >= design.attempts) {
        refuse(commit, wanted.lines, Refused::conflict);
        answer(slot);
        return;
    }
    read_cells(commit, wanted);
    const std::uint32_t draw = (wanted.visit << 10U) | commit.attempts;
    set_timer(slot, world_.draw(design.retry_after, Purpose::lock, wanted.shopper, draw), Timer::What::tries_again);
}

// --- counters and quotas ---

void Commits::take_from_counter(Commit& commit, const Wanted& wanted) {
    commit.counter = counters_.of(wanted.channel);
    for (const core::OrderLine& line : wanted.lines) {
        if (counters_.lower(commit.counter, line.sku, line.quantity)) {
            accept_ahead(commit, line, -1);
        } else {
            refuse(commit, {&line, 1}, Refused::out_of_stock);
        }
    }
}

void Commits::write_back(Commit& commit, const Wanted& wanted) {
    commit.counter = commit.read_from;
    const bool each = world_.design.bookkeeping.check_lines == Bookkeeping::CheckLines::each;
    for (const core::OrderLine& line : wanted.lines) {
        const Seen* looked = seen(commit, line.sku);  // nothing: put into the basket since, and read now
        const Quantity read = looked != nullptr ? looked->units : counters_.value(commit.counter, line.sku);
        const Quantity there = looked != nullptr ? looked->there : in_truth(wanted, line.sku);
        const Quantity left = read - (each ? 0 : units_of(commit.accepted, line.sku));
        if (left < line.quantity) {
            refuse(commit, {&line, 1}, Refused::out_of_stock);
            continue;
        }
        counters_.write(commit.counter, line.sku, left - line.quantity, line.quantity);
        accept_ahead(commit, line, there);
    }
}

void Commits::take_from_quota(Commit& commit, const Wanted& wanted) {
    commit.counter = kQuota;
    for (const core::OrderLine& line : wanted.lines) {
        if (world_.pools->sell(wanted.channel, line.sku, line.quantity)) {
            accept_ahead(commit, line, -1);
        } else {
            refuse(commit, {&line, 1}, Refused::out_of_stock);
        }
    }
}

}  // namespace lastunit::sim
