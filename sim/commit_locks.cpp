// Commits behind row locks.
#include <algorithm>

#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::Purpose;

bool Commits::hot(ChannelId channel, Sku sku) const {
    const std::uint32_t most_popular = world_.design.channels[channel.value].hot_skus;
    return most_popular > 0 && rank_[sku.value] < most_popular;
}

// On the record as it is: what others have sold ahead of it is not on it yet.
void Commits::sell_hot(Commit& commit, const Wanted& wanted) {
    for (const core::OrderLine& line : wanted.lines) {
        if (!hot(wanted.channel, line.sku)) continue;
        Quantity units = on_record(wanted, line.sku);
        for (const core::OrderLine& other : commit.ahead)
            if (other.sku == line.sku) units -= other.quantity;
        if (units >= line.quantity) {
            accept_ahead(commit, line, -1);
        } else {
            refuse(commit, {&line, 1}, Refused::out_of_stock);
        }
    }
}

void Commits::begin_transaction(std::uint32_t slot, const Wanted& wanted) {
    Commit& commit = commits_[slot];
    const model::ChannelDesign& design = world_.design.channels[wanted.channel.value];
    commit.seen.clear();
    rows_.clear();
    sell_hot(commit, wanted);
    bool locks = false;
    for (const core::OrderLine& line : wanted.lines) {
        if (hot(wanted.channel, line.sku)) continue;
        locks = true;
        if (design.on_locked == model::OnLocked::skip && locks_.taken(line.sku)) {
            if (seen(commit, line.sku) == nullptr)
                commit.seen.push_back({line.sku, kNowhere, on_record(wanted, line.sku), in_truth(wanted, line.sku)});
        } else if (std::find(rows_.begin(), rows_.end(), line.sku) == rows_.end()) {
            rows_.push_back(line.sku);
        }
    }
    if (!locks) {
        answer(slot);
        return;
    }
    if (design.lock_order == model::LockOrder::sorted) std::sort(rows_.begin(), rows_.end());
    commit.transaction = locks_.open(slot, rows_);
    if (locks_.acquire(commit.transaction)) {
        locked(slot);
    } else {
        set_timer(slot, design.lock_timeout, Timer::What::gives_up);
    }
}

void Commits::locked(std::uint32_t slot) {
    const Commit& commit = commits_[slot];
    const Wanted wanted = world_.shoppers->wanted(slot);
    const Duration keeps =
        world_.draw(world_.design.channels[commit.channel.value].lock_time, Purpose::lock, wanted.shopper, (wanted.visit << 10U));
    if (keeps.us > 0) {
        set_timer(slot, keeps, Timer::What::locked_long_enough);
    } else {
        ask_core(slot);
    }
}

void Commits::finish_transaction(std::uint32_t slot) {
    Commit& commit = commits_[slot];
    const Wanted wanted = world_.shoppers->wanted(slot);
    std::vector<core::OrderLine> lines;
    for (const core::OrderLine& line : wanted.lines)
        if (!hot(wanted.channel, line.sku)) lines.push_back(line);
    reserve(commit, wanted, lines);
    for (const core::OrderLine& line : short_) {
        const Seen* skipped = seen(commit, line.sku);
        if (skipped != nullptr && skipped->units >= line.quantity) {
            accept_ahead(commit, line, skipped->there);
        } else {
            refuse(commit, {&line, 1}, Refused::out_of_stock);
        }
    }
    unlock(commit);
    answer(slot);
}

// Waited in vain, unless it has its rows by now.
void Commits::give_up(std::uint32_t slot) {
    Commit& commit = commits_[slot];
    if (locks_.has_all(commit.transaction)) return;
    ++world_.recorder->of(commit.channel).lock_timeouts;
    unlock(commit);
    commit.ahead.clear();
    commit.accepted.clear();
    commit.there.clear();
    commit.refused.clear();
    refuse(commit, world_.shoppers->wanted(slot).lines, Refused::lock_timeout);
    answer(slot);
}

void Commits::unlock(Commit& commit) {
    if (commit.transaction == kNoTransaction) return;
    const std::uint32_t transaction = commit.transaction;
    commit.transaction = kNoTransaction;
    std::vector<std::uint32_t> granted;
    locks_.close(transaction, granted);
    for (const std::uint32_t slot : granted) locked(slot);
}

}  // namespace lastunit::sim
