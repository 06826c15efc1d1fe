// The inventory ledger: what the retailer's core believes about its stock, per (node, SKU).
//
// A deterministic state machine. No clock, no thread, no I/O, no randomness: time comes in as `now`, everything that happened
// goes out as events. One command is applied at a time; `now` never goes backwards.
//
// Every command follows one shape: expire what is due, answer a repeated key, validate everything (refusals in the order of
// `Outcome`), pass the point of no failure, mutate, emit. A refused command changes nothing but its key's remembered answer.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/assert.hpp"
#include "core/types.hpp"

namespace lastunit::core {

// The answer to a command, listed in the order in which refusals are checked: the first that applies is the answer.
enum class Outcome : std::uint8_t {
    applied,
    // the request itself
    key_reused,  // the key was used before for another command or other arguments
    empty,       // no lines
    quantity_not_positive,
    ttl_not_positive,
    unknown_node,
    unknown_sku,
    unknown_channel,
    same_node,  // a transfer to itself
    // what it refers to
    hold_exists,  // the hold id was used before
    unknown_hold,
    hold_expired,
    hold_ended,     // released or confirmed before
    unknown_order,  // no allocation of that order covers the line
    unknown_transfer,
    not_picked,  // ship before pick
    already_picked,
    // stock
    not_enough_on_hand,   // quarantine or transfer of held or allocated units, a count below the units already picked
    not_enough_in_state,  // more taken out of quarantine than is in it
    out_of_stock,         // ATP below the request, and no backorder asked for
    over_limit,           // a count of the cell would pass kMaxUnits
};
const char* name_of(Outcome outcome);

// Bound of every count of a cell, so that no sum of them overflows a Quantity.
inline constexpr Quantity kMaxUnits = 100'000'000;

// Identifies one intended change for ever: the same key with the same arguments gives the same answer and changes nothing.
// `client` names the sender, `sequence` is the sender's own number. {0, 0} means "no key": never remembered.
struct Key {
    std::uint64_t client = 0;
    std::uint64_t sequence = 0;
    bool operator==(const Key&) const = default;
};

// One line of a multi-line command. Lines with the same (node, SKU) are summed before they are checked.
struct Line {
    NodeId node;
    Sku sku;
    Quantity quantity = 0;
    bool operator==(const Line&) const = default;
};

// Ledger states of one (node, SKU), in units. None is ever negative.
struct Cell {
    Quantity on_hand = 0;      // recorded at the node, picked-not-shipped included
    Quantity held = 0;         // in live holds
    Quantity allocated = 0;    // committed to orders, not yet shipped
    Quantity safety = 0;       // never promised
    Quantity inbound = 0;      // on its way here
    Quantity quarantined = 0;  // here, not sellable; not part of on_hand
    Quantity shortage = 0;     // max(0, held + allocated - on_hand) that a `sell`, `adjust` or backorder made explicit
    Quantity fenced = 0;       // sum of the channels' ring-fenced units not yet consumed

    // Available to promise to a channel without a ring-fence of its own.
    Quantity atp() const {
        const Quantity free = on_hand - held - allocated - safety - fenced;
        return free > 0 ? free : 0;
    }
};

enum class Backorder : std::uint8_t { refuse, accept };
enum class ReturnTo : std::uint8_t { shelf, quarantine };
enum class TransferFrom : std::uint8_t { shelf, quarantine };

enum class EventKind : std::uint8_t {
    received,
    adjusted,
    held,
    extended,
    released,
    expired,
    confirmed,
    allocated,
    deallocated,
    picked,
    shipped,
    sold,
    transfer_sent,
    transfer_received,
    returned,
    quarantined,
    unquarantined,
    safety_set,
    fence_set,
    inbound_expected,
    disposed,
};
const char* name_of(EventKind kind);

// One state change of one (node, SKU): the append-only journal record. `delta` is signed, in units; the cell's ATP after the
// event is carried so that a listener needs no second look-up.
struct Event {
    SimTime at;
    EventKind kind{};
    ChannelId channel = kNoChannel;  // the channel that caused it (a hold's end: the holder's), where one did
    NodeId node;
    Sku sku;
    Quantity delta = 0;  // units of the command's own meaning; a change, so maybe negative, for adjusted and *_set
    Quantity atp_after = 0;
    std::uint64_t reference = 0;  // hold, order or transfer id, by kind
};
using Events = std::vector<Event>;  // appended to; the caller clears it

struct LedgerConfig {
    std::uint32_t nodes = 0;
    std::uint32_t skus = 0;
    std::uint32_t channels = 0;
    // How long an idempotency key is remembered. Longer costs about 64 bytes per command; shorter than the longest retry is
    // unsafe.
    Duration key_retention = hours(24);
};

// Totals over the life of the ledger, for the conservation check: received + returned + adjusted = on_hand + quarantined +
// in_transit + sold + shipped + disposed, unit by unit. `sold` counts the units that were on record; those in the shopper's hand
// without one are `sold_beyond_record`.
struct Conservation {
    std::int64_t received = 0, returned = 0, adjusted = 0, sold = 0, sold_beyond_record = 0, shipped = 0, disposed = 0;
    std::int64_t on_hand = 0, quarantined = 0, in_transit = 0;
};

class Ledger {
   public:
    explicit Ledger(const LedgerConfig& config);
    ~Ledger();
    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;

    // --- stock comes and goes ---
    Outcome expect(Key, SimTime now, NodeId, Sku, Quantity, Events&);          // announces inbound units
    Outcome receive(Key, SimTime now, NodeId, Sku, Quantity, Events&);         // inbound first, then as a surprise
    Outcome adjust(Key, SimTime now, NodeId, Sku, Quantity counted, Events&);  // a count: on_hand becomes `counted`
    Outcome take_return(Key, SimTime now, NodeId, Sku, Quantity, ReturnTo, Events&);
    Outcome quarantine(Key, SimTime now, NodeId, Sku, Quantity, Events&);
    Outcome unquarantine(Key, SimTime now, NodeId, Sku, Quantity, Events&);
    Outcome dispose(Key, SimTime now, NodeId, Sku, Quantity, Events&);  // quarantined units leave for good: written off, sold off
    Outcome transfer_out(Key, SimTime now, std::uint64_t transfer, NodeId from, NodeId to, Sku, Quantity, Events&,
                         TransferFrom = TransferFrom::shelf);
    Outcome transfer_in(Key, SimTime now, std::uint64_t transfer, Events&);

    // --- soft reservations ---
    // All lines or none. The hold ends exactly once: released, confirmed or expired at now + ttl.
    Outcome hold(Key, SimTime now, HoldId, ChannelId, std::span<const Line>, Duration ttl, Events&);
    Outcome extend(Key, SimTime now, HoldId, Duration ttl, Events&);  // the new end is now + ttl
    Outcome release(Key, SimTime now, HoldId, Events&);
    Outcome confirm(Key, SimTime now, HoldId, OrderId, Events&);  // hold -> allocation

    // --- hard commitments ---
    // All lines or none. With Backorder::accept a line beyond ATP is allocated all the same and the shortage is explicit.
    Outcome allocate(Key, SimTime now, OrderId, ChannelId, std::span<const Line>, Backorder, Events&);
    Outcome deallocate(Key, SimTime now, OrderId, std::span<const Line>, Events&);  // picked units go back to the shelf
    // The unit is in the picker's hand: never refused for stock. What the record lacks of it is adjusted in, with an event of its
    // own.
    Outcome pick(Key, SimTime now, OrderId, Line, Events&);
    Outcome ship(Key, SimTime now, OrderId, Line, Events&);  // picked units leave on_hand
    // The unit is already in the shopper's hand: never refused for stock. Beyond on_hand, it counts as sold_beyond_record.
    Outcome sell(Key, SimTime now, NodeId, Sku, Quantity, ChannelId, Events&);

    // --- policy ---
    Outcome set_safety(Key, SimTime now, NodeId, Sku, Quantity, Events&);
    // Ring-fences `quantity` units for one channel: others cannot promise them; 0 lifts the fence. The channel consumes its own
    // fence before free units, and what it gives back returns to the fence it came from; once that fence is set anew, to the free
    // units.
    Outcome set_channel_allocation(Key, SimTime now, NodeId, Sku, ChannelId, Quantity, Events&);

    // --- time ---
    // Expires every hold due at or before `now`, in (end, hold) order, each event at its own end. Commands do this themselves.
    void advance(SimTime now, Events&);
    SimTime next_expiry() const;  // kNever when no hold lives; may be early, never late

    // --- reading ---
    const Cell& cell(NodeId node, Sku sku) const {
        LASTUNIT_ASSERT(node.value < nodes_ && sku.value < skus_, "no such cell");
        return cells_[std::size_t{sku.value} * nodes_ + node.value];
    }
    Quantity atp(NodeId node, Sku sku) const { return cell(node, sku).atp(); }
    // What this channel may promise: free units plus its own fence.
    Quantity atp(NodeId node, Sku sku, ChannelId channel) const {
        const Cell& at = cell(node, sku);
        return at.fenced == 0 ? at.atp() : atp_with_fence(node, sku, channel);
    }
    // One per node, in node order (contiguous: a network scan costs one stride).
    std::span<const Cell> cells_of(Sku sku) const {
        LASTUNIT_ASSERT(sku.value < skus_, "no such SKU");
        return {cells_ + std::size_t{sku.value} * nodes_, nodes_};
    }
    Quantity fence_of(NodeId, Sku, ChannelId) const;  // units of the channel's own fence not yet consumed
    std::uint64_t live_holds() const;
    bool lives(HoldId) const;  // neither released, confirmed nor expired by the last command
    std::uint64_t open_orders() const;
    std::uint64_t commands() const;  // applied and refused, repeats excluded
    // Calls that moved time, from 1: commands (repeats included) and advance(). A journal of calls numbers its records so.
    std::uint64_t sequence() const;
    // The call that gave the last command's answer: the last one, or for a repeated key the one that was answered first.
    std::uint64_t answered_at() const;
    SimTime now() const;  // of the last call
    Conservation conservation() const;

    // Checks every invariant of the whole ledger; empty when all hold, else one line per violation. O(cells + holds + orders).
    std::vector<std::string> audit() const;

    const LedgerConfig& config() const;

    struct State;
    explicit Ledger(std::unique_ptr<State> state);  // ledger_snapshot.hpp
    const State& state() const { return *state_; }

   private:
    Quantity atp_with_fence(NodeId, Sku, ChannelId) const;

    std::unique_ptr<State> state_;
    const Cell* cells_;  // the state's cells, here so that reading one is inline; never moves
    std::uint32_t nodes_;
    std::uint32_t skus_;
};

}  // namespace lastunit::core
