// The pending events of a run, in the order (time, kind, sequence).
//
// Two tiers: events of the current half minute lie in a four-ary heap of 24-byte entries, later ones unsorted in one bucket per
// half minute. Most of what is pending is far away (parcels on the road, tomorrow's shifts); kept out of the heap, it costs one
// append, and the heap stays small enough for the processor's first cache. Measured beside a bare binary heap in
// benchmarks/sim_bench.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace lastunit::sim {

// What happens at an instant, most urgent first: what arrives is known before anybody decides at the same microsecond.
enum class EventKind : std::uint8_t {
    measure,         // the warm-up is over: statistics begin
    sample,          // a step of the time series ends; what happens at this very instant belongs to the next
    infrastructure,  // a SimGrid activity ended; subject: its ticket
    fault,           // a fault begins or ends; subject: its window
    message,         // a message's latency is over: its next stage begins; subject: message
    edge_tick,       // poll or snapshot; subject: edge
    edge_timer,      // a batch is due, a rate limit lets the next one go, a message is sent again; subject: timer
    hold_expiry,     // the ledger's next hold runs out
    new_day,         // local midnight: the nodes' daily capacity is whole again
    accuracy,        // truth and record part: shrink, damage, misplacement; subject: which
    cycle_count,     // subject: node
    rebalance,       // the channels' quotas are dealt out anew; subject: kNone, or channel and SKU of a refill
    replenishment,   // subject: delivery
    returned,        // subject: delivery
    shift,           // a node's people start work; subject: node. Its team's roster turns; subject: nodes + node
    station,         // a worker finishes; subject: job
    delivered,       // subject: parcel
    collect,         // the shopper comes for it; subject: parcel
    order,           // an unplanned order is tried again; subject: order
    take_back,       // the shopper cancels the order; subject: order
    lock,            // a row lock's wait is over, or its transaction; subject: transaction
    shopper,         // the next step of a journey; subject: shopper
    desk,            // a waiting shopper hangs up, or a talk is over; subject: call
    arrival,         // a shopper turns up; subject: stream, kNone for the replayed log
    webhook,         // a payment's news comes once more; subject: order
    collection,      // a carrier is at a dock; subject: dock
    locker,          // the shopper comes to the locker; subject: parcel
    wave,            // waiting order lines go to the pickers; subject: node
    walk_out,        // a shopper at the till has waited long enough; subject: visit
    trip,            // what was on its way between nodes is there; subject: trip
    inspected,       // somebody has looked at what came back; subject: job
    inspectors,      // a node's people start to; subject: node
    review,          // of stock; subject: rule, kNone: of what has changed
    truck,           // leaves; subject: departure
    reprice,         // the linear program behind the prices of stock is solved again
    reoptimise,      // orders on which nobody works yet are planned anew
    answer,          // of a live back end; subject: question
};
inline constexpr unsigned kEventKinds = 35;

struct PendingEvent {
    SimTime at;
    std::uint64_t rank = 0;  // kind in the top byte, then sequence
    std::uint32_t subject = 0;
    EventKind kind{};

    bool operator<(const PendingEvent& other) const { return at != other.at ? at < other.at : rank < other.rank; }
};

class EventQueue {
   public:
    void push(SimTime at, EventKind kind, std::uint32_t subject) {
        const PendingEvent event{at, (static_cast<std::uint64_t>(kind) << 56U) | sequence_++, subject, kind};
        const std::size_t bucket = bucket_of(at);
        if (bucket <= current_) {
            heap_.push_back(event);
            sift_up(heap_.size() - 1);
        } else {
            append(bucket, event);
        }
        if (++size_ > peak_) peak_ = size_;
        if (heap_.empty()) refill();
    }

    const PendingEvent& top() const { return heap_.front(); }

    PendingEvent pop() {
        const PendingEvent first = heap_.front();
        const PendingEvent last = heap_.back();
        heap_.pop_back();
        --size_;
        if (!heap_.empty()) {
            sift_down(0, last);
        } else if (size_ > 0) {
            refill();
        }
        return first;
    }

    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    std::size_t peak() const { return peak_; }

    template <class Visit> void each(Visit visit) const {  // in no order: for audits
        for (const PendingEvent& event : heap_) visit(event);
        for (std::size_t i = current_ + 1; i < buckets_.size(); ++i)
            for (const PendingEvent& event : buckets_[i]) visit(event);
    }

   private:
    static constexpr std::size_t kArity = 4;
    static constexpr unsigned kBucketBits = 25;                     // 2^25 us = 33.6 s
    static constexpr std::size_t kBuckets = std::size_t{1} << 14U;  // 6.4 days; the last one takes all that is later

    static std::size_t bucket_of(SimTime at) {
        const auto bucket = static_cast<std::size_t>(at.us < 0 ? 0 : at.us >> kBucketBits);
        return bucket < kBuckets ? bucket : kBuckets - 1;
    }

    // A bucket's storage is that of one already worked off.
    void append(std::size_t bucket, const PendingEvent& event) {
        if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
        std::vector<PendingEvent>& events = buckets_[bucket];
        if (events.capacity() == 0 && !spare_.empty()) {
            events.swap(spare_.back());
            spare_.pop_back();
        }
        events.push_back(event);
    }

    // The heap is empty: the next bucket that is not becomes the heap.
    void refill() {
        while (buckets_[++current_].empty()) {
        }
        heap_.swap(buckets_[current_]);
        spare_.emplace_back();
        spare_.back().swap(buckets_[current_]);
        for (std::size_t i = heap_.size() / kArity + 1; i-- > 0;)
            if (i < heap_.size()) sift_down(i, heap_[i]);
    }

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

    void sift_down(std::size_t hole, const PendingEvent moving) {
        const std::size_t size = heap_.size();
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

    std::vector<PendingEvent> heap_;                  // events of buckets up to `current_`
    std::vector<std::vector<PendingEvent>> buckets_;  // later ones
    std::vector<std::vector<PendingEvent>> spare_;    // empty, with storage
    std::size_t current_ = 0;
    std::size_t size_ = 0;
    std::size_t peak_ = 0;
    std::uint64_t sequence_ = 0;
};

}  // namespace lastunit::sim
