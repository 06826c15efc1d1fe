// The way of a commit, whatever its mode. row_lock is in commit_locks.cpp; what is taken from where, in commit_stock.cpp.
#include "sim/commits.hpp"

#include <algorithm>
#include <numeric>

#include "sim/core_system.hpp"
#include "sim/faults.hpp"
#include "sim/pools.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::Purpose;
using model::ReservationMode;

Commits::Commits(World& world) : world_(world), counters_(world) {
    const auto& channels = world.design.channels;
    if (std::none_of(channels.begin(), channels.end(), [](const auto& channel) { return channel.hot_skus > 0; })) return;
    const model::Catalogue& catalogue = world.scenario.catalogue;
    std::vector<std::uint32_t> by_popularity(catalogue.skus.size());
    std::iota(by_popularity.begin(), by_popularity.end(), 0U);
    std::stable_sort(by_popularity.begin(), by_popularity.end(), [&](std::uint32_t a, std::uint32_t b) {
        return catalogue.popularity.share(a) > catalogue.popularity.share(b);
    });
    rank_.resize(by_popularity.size());
    for (std::uint32_t i = 0; i < by_popularity.size(); ++i) rank_[by_popularity[i]] = i;
}

void Commits::reconfigure() {
    counters_.reconfigure();
    world_.pools->reconfigure();
}

Commits::Commit& Commits::of(std::uint32_t slot) {
    while (commits_.size() <= slot) commits_.emplace_back();
    return commits_[slot];
}

// --- before ---

void Commits::read(std::uint32_t slot) {
    const Wanted wanted = world_.shoppers->wanted(slot);
    Commit& commit = of(slot);
    commit.order = wanted.order;
    commit.channel = wanted.channel;
    commit.seen.clear();
    commit.has_read = true;
    switch (mode(commit)) {
        case ReservationMode::optimistic:
            read_cells(commit, wanted);
            break;
        case ReservationMode::read_modify_write:
            commit.read_from = counters_.of(wanted.channel);
            for (const core::OrderLine& line : wanted.lines)
                commit.seen.push_back(
                    {line.sku, kNowhere, counters_.value(commit.read_from, line.sku), in_truth(wanted, line.sku)});
            break;
        default:
            break;
    }
}

void Commits::begin(std::uint32_t slot, Take take) {
    const Wanted wanted = world_.shoppers->wanted(slot);
    Commit& commit = of(slot);
    if (!commit.has_read || commit.order != wanted.order || commit.channel != wanted.channel) read(slot);
    commit.has_read = false;
    commit.take = take;
    ++commit.serial;
    commit.attempts = 1;
    commit.transaction = kNoTransaction;
    commit.counter = kNoCounter;
    commit.hold = HoldId{};
    commit.accepted.clear();
    commit.reserved.clear();
    commit.ahead.clear();
    commit.refused.clear();
    commit.there.clear();
    commit.gathered_at = kNowhere;
    switch (mode(commit)) {
        case ReservationMode::optimistic:
            ask_core(slot);
            break;
        case ReservationMode::row_lock:
            begin_transaction(slot, wanted);
            break;
        case ReservationMode::atomic_decrement:
            take_from_counter(commit, wanted);
            answer(slot);
            break;
        case ReservationMode::read_modify_write:
            write_back(commit, wanted);
            answer(slot);
            break;
        case ReservationMode::escrow:
            take_from_quota(commit, wanted);
            answer(slot);
            break;
        default:
            LASTUNIT_ASSERT(false, "the channel commits by itself");
    }
}

// --- on the way ---

void Commits::set_timer(std::uint32_t slot, Duration delay, Timer::What what) {
    const std::uint32_t timer = timers_.take();
    timers_[timer] = {slot, commits_[slot].serial, what};
    world_.after(delay, EventKind::lock, timer);
}

void Commits::timer(std::uint32_t index) {
    const Timer timer = timers_[index];
    timers_.give_back(index);
    if (commits_[timer.slot].serial != timer.serial) return;
    switch (timer.what) {
        case Timer::What::tries_again:
        case Timer::What::locked_long_enough:
            ask_core(timer.slot);
            break;
        case Timer::What::gives_up:
            give_up(timer.slot);
            break;
    }
}

// A commit that has waited may find the core gone.
void Commits::ask_core(std::uint32_t slot) {
    if (!world_.faults->reaches_core(commits_[slot].channel)) {
        fail(slot);
        return;
    }
    if (!world_.core->occupy(Ticket::Owner::commit, slot)) resume(slot);
}

void Commits::resume(std::uint32_t slot) {
    if (mode(commits_[slot]) == ReservationMode::optimistic) {
        try_optimistic(slot);
    } else {
        finish_transaction(slot);
    }
}

// Nobody knows what became of it: the shopper is told to try later.
void Commits::fail(std::uint32_t slot) {
    Commit& commit = commits_[slot];
    unlock(commit);
    commit.ahead.clear();  // the hot lines of a basket share its fate
    commit.accepted.clear();
    commit.there.clear();
    commit.refused.clear();
    refuse(commit, world_.shoppers->wanted(slot).lines, Refused::unreachable);
    answer(slot);
}

void Commits::answer(std::uint32_t slot) {
    Commit& commit = commits_[slot];
    ++commit.serial;  // whatever timer still runs is not this one's
    world_.shoppers->committed(slot, {commit.accepted, commit.reserved, commit.hold, commit.refused, commit.take});
}

// --- after ---

void Commits::complete(std::uint32_t slot, Promise& promise) {
    const Commit& commit = commits_[slot];
    promise.decided = mode(commit) == ReservationMode::escrow ? Decided::on_quota : Decided::on_record;
    promise.ahead = commit.ahead;
    promise.counter = commit.counter;
    promise.gathered_at = commit.gathered_at;
    const bool looked_before = std::any_of(commit.there.begin(), commit.there.end(), [](Quantity units) { return units >= 0; });
    if (looked_before) promise.there_when_checked = commit.there;
}

void Commits::give_back(std::uint32_t slot) {
    Commit& commit = commits_[slot];
    if (commit.counter == kNoCounter) return;
    for (const core::OrderLine& line : commit.ahead)
        settled(commit.channel, commit.counter, line.sku, line.quantity, Settled::returned);
    commit.ahead.clear();
}

void Commits::settled(ChannelId channel, std::uint16_t counter, Sku sku, Quantity units, Settled how) {
    if (counter == kQuota) {
        world_.pools->settle(channel, sku, units, how);
    } else {
        counters_.settle(counter, sku, units, how);
    }
}

// --- lines ---

void Commits::refuse(Commit& commit, std::span<const core::OrderLine> lines, Refused why) {
    for (const core::OrderLine& line : lines) commit.refused.push_back({line, why});
}

void Commits::accept_ahead(Commit& commit, const core::OrderLine& line, Quantity there) {
    commit.accepted.push_back(line);
    commit.ahead.push_back(line);
    commit.there.push_back(there);
}

Quantity Commits::on_record(const Wanted& wanted, Sku sku) const {
    const std::span<const core::Cell> cells = world_.core->ledger().cells_of(sku);
    Quantity units = 0;
    for (const NodeId node : world_.orders->promise_nodes(wanted.channel, wanted.method, wanted.store))
        units += std::max(0, cells[node.value].atp() - world_.core->kept(node, sku));
    return units;
}

Quantity Commits::in_truth(const Wanted& wanted, Sku sku) const {
    if (!world_.judges) return -1;
    return world_.truth.atp(sku, world_.orders->promise_nodes(wanted.channel, wanted.method, wanted.store));
}

const Commits::Seen* Commits::seen(const Commit& commit, Sku sku) const {
    const auto found = std::find_if(commit.seen.begin(), commit.seen.end(), [&](const Seen& one) { return one.sku == sku; });
    return found == commit.seen.end() ? nullptr : &*found;
}

}  // namespace lastunit::sim
