// How an order is committed where the channel neither decides alone nor asks the ledger once: the modes optimistic, row_lock,
// atomic_decrement, read_modify_write and escrow.
//
//   optimistic         the core is asked where it would take the lines from, and how many are free there. The commit is refused
//                      if any of those cells has changed since: the refusal tells how it is now, and the next attempt is made
//                      `retry_after` later (think time and round trip, so what it was told may be old again by then).
//   row_lock           one row per SKU, whoever sells it (sim/locks.hpp). With all rows of the basket in hand, the transaction
//                      takes `lock_time` and the core's CPU, and plans and allocates. A row that is skipped is sold on what was
//                      last committed when the transaction began. Hot SKUs are sold on the record, without any row.
//   atomic_decrement   a counter over the channel's nodes is lowered (sim/stock_counters.hpp)
//   read_modify_write  the same counter is read, and later written back
//   escrow             the channel's quota is lowered (sim/pools.hpp)
//
// What no node is known for is accepted all the same, and the core hears of it over the channel's sales edge. Counters and quotas
// lie where the channel is: they take no time of the core's.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "core/routing/router.hpp"
#include "sim/causes.hpp"
#include "sim/locks.hpp"
#include "sim/orders.hpp"
#include "sim/stock_counters.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

enum class Take : std::uint8_t {
    allocation,  // the order exists with the answer
    hold,        // until its payment: then `complete`, or `give_back`
};

// What a shopper is about to order, and from which channel. The lines are the shopper's own.
struct Wanted {
    OrderId order;
    std::uint64_t shopper = 0;
    std::uint32_t visit = 0;  // numbers the draws
    ChannelId channel;
    core::Method method{};
    std::uint16_t place = 0;
    NodeId store = kNowhere;
    std::span<const core::OrderLine> lines;
};

struct RefusedLine {
    core::OrderLine line;
    Refused why{};
};

// Lives until the shopper's next commit begins.
struct CommitAnswer {
    std::span<const core::OrderLine> accepted;  // lines of the basket; none: nothing was
    std::span<const core::Line> reserved;       // what of them is held or allocated, and where
    HoldId hold;                                // of `reserved`, with Take::hold; the holder confirms or releases it
    std::span<const RefusedLine> refused;
    Take take{};
};

class Commits {
   public:
    explicit Commits(World& world);
    void reconfigure();  // channels sell from, nodes serve, others than before

    static constexpr bool owns(model::ReservationMode mode) {
        using model::ReservationMode;
        return mode == ReservationMode::optimistic || mode == ReservationMode::row_lock ||
               mode == ReservationMode::atomic_decrement || mode == ReservationMode::read_modify_write ||
               mode == ReservationMode::escrow;
    }

    // The checkout opens: modes that read before they commit remember what they see. A commit without it reads when it begins.
    void read(std::uint32_t slot);
    // The order is placed. Shoppers::committed has the answer, at once or later.
    void begin(std::uint32_t slot, Take take);
    // The answer was accepted, and becomes an order: what its promise rests on, and what the core has yet to hear of. Lives until
    // the shopper's next commit.
    void complete(std::uint32_t slot, Promise& promise);
    // It does not: what counters and quotas gave goes back to them (a hold of the core's is its holder's to release).
    void give_back(std::uint32_t slot);

    // The core knows a node for units that a counter or quota has given, or the order ended without one.
    void settled(ChannelId channel, std::uint16_t counter, Sku sku, Quantity units, Settled how);

    // --- the kernel's calls ---
    void resume(std::uint32_t slot);  // the core has computed
    void fail(std::uint32_t slot);    // its host went off before
    void timer(std::uint32_t timer);

   private:
    struct Seen {  // of a line's SKU, when the channel looked
        Sku sku;
        NodeId node = kNowhere;  // optimistic
        Quantity units = 0;
        Quantity there = -1;  // in truth
    };
    struct Commit {
        OrderId order;
        ChannelId channel;
        Take take{};
        std::uint32_t serial = 0;  // tells timers of an earlier commit
        std::uint32_t attempts = 0;
        std::uint32_t transaction = kNoTransaction;
        std::uint16_t counter = kNoCounter;
        std::uint16_t read_from = kNoCounter;  // read_modify_write: what was looked at, and is written back to
        HoldId hold;
        NodeId gathered_at = kNowhere;  // see Promise
        bool has_read = false;
        std::vector<Seen> seen;
        std::vector<core::OrderLine> accepted;
        std::vector<core::Line> reserved;
        std::vector<core::OrderLine> ahead;  // accepted and not reserved
        std::vector<RefusedLine> refused;
        std::vector<Quantity> there;  // per accepted line
    };
    struct Timer {
        enum class What : std::uint8_t { tries_again, locked_long_enough, gives_up };
        std::uint32_t slot = 0, serial = 0;
        What what{};
    };

    Commit& of(std::uint32_t slot);
    model::ReservationMode mode(const Commit& commit) const { return world_.design.channels[commit.channel.value].reservation; }
    void set_timer(std::uint32_t slot, Duration delay, Timer::What what);
    void ask_core(std::uint32_t slot);
    void answer(std::uint32_t slot);
    void refuse(Commit& commit, std::span<const core::OrderLine> lines, Refused why);
    void accept_ahead(Commit& commit, const core::OrderLine& line, Quantity there);
    Quantity on_record(const Wanted& wanted, Sku sku) const;
    Quantity in_truth(const Wanted& wanted, Sku sku) const;
    const Seen* seen(const Commit& commit, Sku sku) const;

    // Plans as many of the lines as the record gives, in order, and reserves them; `short_` has the others.
    void reserve(Commit& commit, const Wanted& wanted, std::span<const core::OrderLine> lines);

    void read_cells(Commit& commit, const Wanted& wanted);
    void try_optimistic(std::uint32_t slot);
    bool changed(const Commit& commit) const;

    void begin_transaction(std::uint32_t slot, const Wanted& wanted);
    void sell_hot(Commit& commit, const Wanted& wanted);
    void locked(std::uint32_t slot);
    void finish_transaction(std::uint32_t slot);
    void give_up(std::uint32_t slot);
    void unlock(Commit& commit);
    bool hot(ChannelId channel, Sku sku) const;

    void take_from_counter(Commit& commit, const Wanted& wanted);
    void write_back(Commit& commit, const Wanted& wanted);
    void take_from_quota(Commit& commit, const Wanted& wanted);

    World& world_;
    StockCounters counters_;
    Locks locks_;
    std::deque<Commit> commits_;  // [slot]
    Pool<Timer> timers_;
    std::vector<std::uint32_t> rank_;  // [sku]: of popularity; empty where no SKU is hot
    std::uint64_t holds_ = 0;

    // Scratch, reused.
    core::Plan plan_;
    std::vector<core::OrderLine> lines_, short_;
    std::vector<Sku> rows_;
    std::vector<std::uint32_t> granted_;
};

}  // namespace lastunit::sim
