// What waits at one station, class by class; within a class first come first served, or the one that is due first.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/types.hpp"
#include "model/staffing.hpp"

namespace lastunit::sim {

class JobQueue {
   public:
    explicit JobQueue(const model::Station& station);

    bool empty() const { return waiting_ == 0; }
    void push(std::uint32_t job, std::size_t rank, SimTime due);  // rank: of its class; due: read by due_first alone
    std::uint32_t front() const;
    std::size_t front_rank() const;
    std::uint32_t pop();

    // Calls `visit(job)` for jobs among which the one is that has waited longest.
    template <class Visit> void oldest(Visit visit) const {
        for (const Line& line : lines_) {
            if (!line.fifo.empty()) visit(line.fifo.front());
            for (const Entry& entry : line.by_due) visit(entry.job);
        }
    }

    template <class Visit> void each(Visit visit) const {
        for (const Line& line : lines_) {
            for (const std::uint32_t job : line.fifo) visit(job);
            for (const Entry& entry : line.by_due) visit(entry.job);
        }
    }

    // Whatever `leaves(job)` says goes; the others keep their order.
    template <class Leaves> void erase_if(Leaves leaves) {
        for (Line& line : lines_) {
            waiting_ -= std::erase_if(line.fifo, leaves);
            const std::size_t gone = std::erase_if(line.by_due, [&](const Entry& entry) { return leaves(entry.job); });
            if (gone > 0) std::make_heap(line.by_due.begin(), line.by_due.end());
            waiting_ -= gone;
        }
    }

   private:
    struct Entry {
        SimTime due;
        std::uint64_t sequence = 0;
        std::uint32_t job = 0;
        bool operator<(const Entry& other) const {  // of a heap whose largest comes first
            return due != other.due ? other.due < due : other.sequence < sequence;
        }
    };
    struct Line {
        std::deque<std::uint32_t> fifo;
        std::vector<Entry> by_due;  // a heap
        bool empty() const { return fifo.empty() && by_due.empty(); }
    };

    model::ServiceOrder order_;
    std::vector<Line> lines_;  // [class]; the last one: of no class
    std::size_t waiting_ = 0;
    std::uint64_t sequence_ = 0;
};

// The class of an order, or `station.classes.size()`: of none.
std::size_t rank_of(const model::Station& station, std::uint8_t method, ChannelId channel);

}  // namespace lastunit::sim
