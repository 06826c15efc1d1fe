// Which rank does which task, and which tasks have to be done by another because their rank is lost. Time is an argument.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <vector>

namespace lastunit::cli {

// A rank is given tasks from its first sign of life until it has been silent for too long. Then it is lost, its tasks are to be
// done again, and it gets none until it is heard again. A rank that was only slow does no harm: a task that is done twice has the
// same answer twice, and the first one counts.
class HandOut {
   public:
    using Time = std::chrono::steady_clock::time_point;
    using Span = std::chrono::steady_clock::duration;

    // Rank 0 is this process: always there, never lost.
    HandOut(std::size_t ranks, Span silence);

    // Tasks 0 .. count - 1 from here on. What ranks still do for an earlier round is forgotten.
    void begin(std::size_t count);

    void heard(std::size_t rank, Time now);
    // This process could not listen for so long: nobody is lost because of it.
    void excuse(Span away);
    // The next task for this rank when it is there and has fewer than `at_once`. Those of lost ranks first.
    std::optional<std::size_t> next_for(std::size_t rank, std::size_t at_once);
    // Whether it is the first answer to this task.
    bool answered(std::size_t rank, std::size_t task);
    struct Loss {
        std::size_t rank = 0;
        std::size_t tasks = 0;  // that have to be done again
    };
    // The ranks that have been silent for too long since the last call.
    std::vector<Loss> lose_silent(Time now);

    bool all_done() const { return done_count_ == done_.size(); }

   private:
    struct Rank {
        bool there = false;
        Time last = {};
        std::set<std::size_t> tasks;
    };
    Span silence_;
    std::vector<Rank> ranks_;
    std::vector<bool> done_;
    std::size_t done_count_ = 0, next_ = 0;
    std::set<std::size_t> again_;
};

}  // namespace lastunit::cli
