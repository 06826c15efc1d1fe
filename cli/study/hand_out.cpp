#include "cli/study/hand_out.hpp"

namespace lastunit::cli {

HandOut::HandOut(std::size_t ranks, Span silence) : silence_(silence), ranks_(ranks) { ranks_[0].there = true; }

void HandOut::begin(std::size_t count) {
    done_.assign(count, false);
    done_count_ = next_ = 0;
    again_.clear();
    for (Rank& rank : ranks_) rank.tasks.clear();
}

void HandOut::heard(std::size_t rank, Time now) {
    ranks_[rank].there = true;
    ranks_[rank].last = now;
}

void HandOut::excuse(Span away) {
    for (Rank& rank : ranks_) rank.last += away;
}

std::optional<std::size_t> HandOut::next_for(std::size_t rank, std::size_t at_once) {
    Rank& one = ranks_[rank];
    if (!one.there || one.tasks.size() >= at_once) return std::nullopt;
    std::size_t task = 0;
    if (!again_.empty()) {
        task = *again_.begin();
        again_.erase(again_.begin());
    } else if (next_ < done_.size()) {
        task = next_++;
    } else {
        return std::nullopt;
    }
    one.tasks.insert(task);
    return task;
}

bool HandOut::answered(std::size_t rank, std::size_t task) {
    ranks_[rank].tasks.erase(task);
    if (done_[task]) return false;
    again_.erase(task);
    done_[task] = true;
    ++done_count_;
    return true;
}

std::vector<HandOut::Loss> HandOut::lose_silent(Time now) {
    std::vector<Loss> out;
    for (std::size_t i = 1; i < ranks_.size(); ++i) {
        Rank& rank = ranks_[i];
        if (!rank.there || now - rank.last <= silence_) continue;
        rank.there = false;
        Loss loss{i, 0};
        for (const std::size_t task : rank.tasks)
            if (!done_[task] && again_.insert(task).second) ++loss.tasks;
        rank.tasks.clear();
        out.push_back(loss);
    }
    return out;
}

}  // namespace lastunit::cli
