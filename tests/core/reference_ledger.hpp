// The ledger again, as plainly as it can be written: ordered maps, one tag per unit, everything summed anew when it is asked for.
// Slow and obvious; the property test holds the real one against it.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "tests/core/request.hpp"

namespace lastunit::core::testing {

class ReferenceLedger {
   public:
    explicit ReferenceLedger(const LedgerConfig& config) : config_(config) {}

    Outcome apply(const Request& request);
    void advance(SimTime now);

    Cell cell(NodeId node, Sku sku) const;
    Quantity atp(NodeId node, Sku sku, ChannelId channel) const;
    std::uint64_t commands() const { return commands_; }
    std::size_t live_holds() const { return holds_.size(); }
    std::size_t open_orders() const { return orders_.size(); }
    SimTime earliest_end() const;
    bool remembers(const Key& key) const { return keys_.contains({key.client, key.sequence}); }
    // (end, hold) of every expiry so far, in order.
    const std::vector<std::pair<SimTime, std::uint64_t>>& expiries() const { return expiries_; }
    std::int64_t sold_beyond_record() const { return sold_beyond_record_; }

   private:
    using Place = std::pair<std::uint32_t, std::uint16_t>;  // SKU, node
    struct Stock {
        Quantity on_hand = 0, safety = 0, expected = 0, quarantined = 0;
    };
    struct Units {  // of one channel at one place
        Place place;
        std::uint8_t channel = 0;
        std::vector<int> fences;  // per unit: the fence setting it came from, 0 for free units; fenced ones first
        Quantity picked = 0;
    };
    struct Hold {
        std::uint8_t channel = 0;
        SimTime end;
        std::vector<Units> lines;
    };
    struct Fence {
        Quantity units = 0;
        int setting = 0;
    };
    struct Remembered {
        Request request;
        Outcome outcome{};
        SimTime at;
    };
    struct Ended {
        Outcome answer{};
        SimTime at;
    };

    Outcome run(const Request& r);
    Outcome check_place(NodeId node, Sku sku) const;
    Outcome check_lines(const std::vector<Line>& lines) const;
    std::map<Place, std::int64_t> summed(const std::vector<Line>& lines) const;
    Outcome on_cell(const Request& r);
    Outcome on_transfer(const Request& r);
    Outcome on_hold(const Request& r);
    Outcome on_order(const Request& r);
    Outcome policy(const Request& r);
    Units take(Place place, std::uint8_t channel, Quantity quantity);
    void give_back(const Units& from, int fence);
    void add_to_order(std::uint64_t order, const Units& units);
    void end_hold(std::uint64_t hold, Outcome later);
    Quantity units_of(std::uint64_t order, Place place) const;
    Quantity picked_of(std::uint64_t order, Place place) const;
    Quantity picked_at(Place place) const;
    Quantity held_at(Place place) const;
    Quantity allocated_at(Place place) const;

    LedgerConfig config_;
    std::map<Place, Stock> stock_;
    std::map<std::uint64_t, Hold> holds_;
    std::map<std::uint64_t, Ended> ended_;
    std::map<std::uint64_t, std::vector<Units>> orders_;
    std::map<std::pair<Place, std::uint8_t>, Fence> fences_;
    std::map<std::uint64_t, std::map<Place, Quantity>> transfers_;
    std::map<std::pair<std::uint64_t, std::uint64_t>, Remembered> keys_;
    std::vector<std::pair<SimTime, std::uint64_t>> expiries_;
    std::uint64_t commands_ = 0;
    std::int64_t sold_beyond_record_ = 0;
    int settings_ = 0;
    SimTime now_{INT64_MIN};
};

}  // namespace lastunit::core::testing
