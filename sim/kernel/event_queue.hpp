// The pending events of a run, in the order (time, priority, sequence): a four-ary heap of 24-byte entries, which keeps a parent
// and its children in two cache lines and was measured faster here than a binary heap (benchmarks/sim_bench).
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace lastunit::sim {

// What happens at an instant, most urgent first: what arrives is known before anybody decides at the same microsecond.
enum class EventKind : std::uint8_t {
    infrastructure,  // a SimGrid activity ended; subject: its ticket
    message,         // an edge's message reaches its consumer; subject: message
    edge_tick,       // poll or snapshot; subject: edge
    hold_expiry,     // the ledger's next hold runs out
    new_day,         // local midnight: the nodes' daily capacity is whole again
    replenishment,   // subject: delivery
    returned,        // subject: return
    shift,           // a node's people start work; subject: node
    station,         // a worker finishes; subject: job
    delivered,       // subject: parcel
    collect,         // the shopper comes for it; subject: parcel
    order,           // an unplanned order is tried again; subject: order
    shopper,         // the next step of a journey; subject: shopper
    arrival,         // a shopper turns up; subject: stream
    measure,         // the warm-up is over: statistics begin
    sample,          // the time series; last, so that it sees the whole instant
};
inline constexpr unsigned kEventKinds = 16;

struct PendingEvent {
    SimTime at;
    std::uint64_t order = 0;  // priority in the top byte, then sequence
    std::uint32_t subject = 0;
    EventKind kind{};

    bool operator<(const PendingEvent& other) const { return at != other.at ? at < other.at : order < other.order; }
};

class EventQueue {
   public:
    void push(SimTime at, EventKind kind, std::uint32_t subject) {
        heap_.push_back({at, (static_cast<std::uint64_t>(kind) << 56U) | sequence_++, subject, kind});
        sift_up(heap_.size() - 1);
        if (heap_.size() > peak_) peak_ = heap_.size();
    }

    const PendingEvent& top() const { return heap_.front(); }

    PendingEvent pop() {
        const PendingEvent first = heap_.front();
        const PendingEvent last = heap_.back();
        heap_.pop_back();
        if (!heap_.empty()) sift_down(last);
        return first;
    }

    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    std::size_t peak() const { return peak_; }
    void reserve(std::size_t n) { heap_.reserve(n); }

   private:
    static constexpr std::size_t kArity = 4;

    void sift_up(std::size_t hole) {
        const PendingEvent moving = heap_[hole];
        while (hole > 0) {
            const std::size_t parent = (hole - 1) / kArity;
            if (!(moving < heap_[parent])) break;
            heap_[hole] = heap_[parent];
            hole = parent;
        }
        heap_[hole] = moving;
    }

    void sift_down(const PendingEvent& moving) {
        const std::size_t size = heap_.size();
        std::size_t hole = 0;
        for (;;) {
            const std::size_t first = hole * kArity + 1;
            if (first >= size) break;
            const std::size_t end = first + kArity < size ? first + kArity : size;
            std::size_t least = first;
            for (std::size_t child = first + 1; child < end; ++child)
                if (heap_[child] < heap_[least]) least = child;
            if (!(heap_[least] < moving)) break;
            heap_[hole] = heap_[least];
            hole = least;
        }
        heap_[hole] = moving;
    }

    std::vector<PendingEvent> heap_;
    std::uint64_t sequence_ = 0;
    std::size_t peak_ = 0;
};

}  // namespace lastunit::sim
