// A small ledger to drive by hand: two nodes, two SKUs, two channels, five units of SKU 0 at node 0.
#pragma once

#include <initializer_list>

#include "core/ledger.hpp"

namespace lastunit::core::testing {

inline constexpr NodeId kDc{0};
inline constexpr NodeId kStore{1};
inline constexpr Sku kShirt{0};
inline constexpr Sku kShoe{1};
inline constexpr ChannelId kWeb{0};
inline constexpr ChannelId kPos{1};
inline constexpr Key kNoKey{};

struct SmallLedger {
    SmallLedger() { ledger.receive(kNoKey, at(0), kDc, kShirt, 5, events); }

    static SimTime at(std::int64_t s) { return SimTime{0} + seconds(s); }
    const Cell& shirts() const { return ledger.cell(kDc, kShirt); }
    Outcome hold(std::int64_t s, std::uint64_t id, Quantity units, ChannelId channel = kWeb) {
        const Line line{kDc, kShirt, units};
        return ledger.hold(kNoKey, at(s), HoldId(id), channel, {&line, 1}, seconds(10), events);
    }
    Outcome allocate(std::int64_t s, std::uint64_t order, Quantity units, Backorder backorder = Backorder::refuse) {
        const Line line{kDc, kShirt, units};
        return ledger.allocate(kNoKey, at(s), OrderId(order), kWeb, {&line, 1}, backorder, events);
    }
    Outcome deallocate(std::int64_t s, std::uint64_t order, Quantity units) {
        const Line line{kDc, kShirt, units};
        return ledger.deallocate(kNoKey, at(s), OrderId(order), {&line, 1}, events);
    }
    bool sound() const { return ledger.audit().empty(); }

    Ledger ledger{LedgerConfig{.nodes = 2, .skus = 2, .channels = 2, .key_retention = seconds(100)}};
    Events events;
};

}  // namespace lastunit::core::testing
