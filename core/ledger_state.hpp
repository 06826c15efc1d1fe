// What the ledger's commands work on. Private to core/ledger*.cpp.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/aged_table.hpp"
#include "core/assert.hpp"
#include "core/command.hpp"
#include "core/commitment.hpp"
#include "core/hashing.hpp"
#include "core/id_map.hpp"
#include "core/ledger.hpp"
#include "core/timer_wheel.hpp"

namespace lastunit::core {

struct KeyHash {
    std::uint64_t operator()(const Key& key) const { return hash_identity(key.sequence, mix(key.client)); }
};
struct HoldHash {
    std::uint64_t operator()(HoldId hold) const { return hash_identity(hold.value); }
};

// A command's remembered answer: 56 bits of its arguments' hash and the outcome, and the call that gave it first.
struct Answer {
    std::uint64_t packed = 0;
    std::uint64_t sequence = 0;
    static Answer of(std::uint64_t arguments, Outcome outcome, std::uint64_t sequence) {
        return {(arguments & ~std::uint64_t{0xff}) | static_cast<std::uint64_t>(outcome), sequence};
    }
    bool same_arguments(std::uint64_t arguments) const { return ((packed ^ arguments) >> 8) == 0; }
    Outcome outcome() const { return static_cast<Outcome>(packed & 0xff); }
};

struct Ledger::State {
    // What a cell needs beyond what readers see.
    struct Side {
        Quantity picked = 0;    // of on_hand and allocated
        Quantity arriving = 0;  // of inbound: on transfers, which `receive` must not consume
    };
    struct Fence {
        Quantity units = 0;         // not yet consumed
        std::uint32_t setting = 0;  // number of the command that set it
    };
    enum class Take : std::uint8_t { unpicked, picked };
    enum class Use : std::uint8_t { free, hold, order };
    // A live hold or an open order; confirming a hold turns one into the other in place.
    struct Record {
        std::uint64_t id = 0;
        ChannelId channel;  // of a hold
        Use use = Use::free;
        std::uint32_t next_free = 0;
        CommitmentList lines;
    };
    struct Transit {
        NodeId to;
        Sku sku;
        Quantity quantity = 0;
    };
    struct Owned {
        std::int64_t units = 0, picked = 0;
    };

    explicit State(const LedgerConfig& config);

    // The shape of every command. `body` validates, then mutates; it runs only when the key is new.
    template <class Body> Outcome command(Key key, SimTime at, const ArgumentHash& arguments, Events& events, Body body) {
        if (!(key == Key{})) keys.prefetch(key);
        answered = ++sequence;
        expire(at, events);
        if (key == Key{}) {
            ++commands;
            return body();
        }
        keys.forget_until(at - config.key_retention);
        const std::uint64_t hash = arguments.value();
        if (const Answer* answer = keys.find(key)) {
            if (answer->same_arguments(hash)) {
                answered = answer->sequence;
                return answer->outcome();
            }
            ++commands;
            return Outcome::key_reused;
        }
        ++commands;
        const Outcome outcome = body();
        keys.remember(key, Answer::of(hash, outcome, sequence), at);
        return outcome;
    }

    // --- time (ledger_holds.cpp)
    void expire(SimTime at, Events& events) {
        LASTUNIT_ASSERT(at >= now, "now " + std::to_string(at.us) + " is before " + std::to_string(now.us));
        now = at;
        ended.forget_until(at - config.key_retention);
        expire_due(events);
    }
    void expire_due(Events& events);
    Outcome hold_refusal(HoldId hold) const;
    void end_hold(std::uint32_t slot, Outcome later_answer, SimTime at);
    void give_up(std::uint32_t slot, EventKind kind, SimTime at, Events& events);

    // --- validation (ledger_state.cpp): `applied` when nothing is wrong
    Outcome check(NodeId node, Sku sku) const {
        if (node.value >= config.nodes) return Outcome::unknown_node;
        return sku.value < config.skus ? Outcome::applied : Outcome::unknown_sku;
    }
    Outcome check(NodeId node, Sku sku, Quantity quantity, Quantity least) const {
        return quantity < least ? Outcome::quantity_not_positive : check(node, sku);
    }
    Outcome check_lines(std::span<const Line> lines) const;
    Outcome check_channel(ChannelId channel) const {
        return channel.value < config.channels ? Outcome::applied : Outcome::unknown_channel;
    }
    // Sums the lines of one (node, SKU) and puts them in the order of the cells.
    std::span<const Line> merged(std::span<const Line> lines);

    // --- cells
    std::size_t index(NodeId node, Sku sku) const { return std::size_t{sku.value} * config.nodes + node.value; }
    Cell& cell(NodeId node, Sku sku) { return cells[index(node, sku)]; }
    Side& side(NodeId node, Sku sku) { return sides[index(node, sku)]; }
    // Units at the node that nobody has been promised.
    static Quantity uncommitted(const Cell& cell) { return std::max(0, cell.on_hand - cell.held - cell.allocated); }
    // Cells are the one table too large for the processor's cache: commands start to load theirs before anything else.
    void prefetch(std::span<const Line> lines) const {
        for (const Line& line : lines.first(std::min<std::size_t>(lines.size(), 4)))
            if (check(line.node, line.sku) == Outcome::applied) __builtin_prefetch(&cells[index(line.node, line.sku)]);
    }
    static void settle(Cell& cell) { cell.shortage = std::max(0, cell.held + cell.allocated - cell.on_hand); }
    void emit(Events& events, EventKind kind, NodeId node, Sku sku, Quantity delta, std::uint64_t reference = 0,
              ChannelId channel = kNoChannel) {
        emit_at(now, events, kind, node, sku, delta, reference, channel);
    }
    void emit_at(SimTime at, Events& events, EventKind kind, NodeId node, Sku sku, Quantity delta, std::uint64_t reference,
                 ChannelId channel) {
        events.push_back({at, kind, channel, node, sku, delta, cell(node, sku).atp(), reference});
    }
    void change_on_hand(Cell& cell, Quantity delta) {
        cell.on_hand += delta;
        totals.on_hand += delta;
    }
    void change_quarantined(Cell& cell, Quantity delta) {
        cell.quarantined += delta;
        totals.quarantined += delta;
    }

    // --- fences (ledger_state.cpp)
    std::uint64_t fence_key(NodeId node, Sku sku, ChannelId channel) const {
        return std::uint64_t{index(node, sku)} << 8 | channel.value;
    }
    Quantity atp(NodeId node, Sku sku, ChannelId channel) const;
    // Takes up to the line's units from its channel's fence and notes in the line what it took.
    void consume_fence(Cell& cell, Commitment& line);
    void give_back_fence(Cell& cell, const Commitment& line, Quantity units);

    // --- records (ledger_state.cpp)
    std::uint32_t new_record(std::uint64_t id, Use use);
    void free_record(std::uint32_t slot);
    // What an order has of a cell, over its lines.
    Owned owned(std::uint64_t order, NodeId node, Sku sku) const;
    void add_to_order(Record& order, const Commitment& line);
    void take_back(Record& order, const Line& line);
    void drop_if_empty(std::uint32_t slot);

    LedgerConfig config;
    std::vector<Cell> cells;  // SKU-major
    std::vector<Side> sides;
    SimTime now{INT64_MIN};
    std::uint64_t commands = 0;
    std::uint64_t sequence = 0;  // calls, of which `answered` gave the last answer
    std::uint64_t answered = 0;
    Conservation totals;
    AgedTable<Key, Answer, KeyHash> keys;
    AgedTable<HoldId, Outcome, HoldHash> ended;  // what a late command on an ended hold is told
    std::vector<Record> records;
    std::uint32_t first_free;
    IdMap<std::uint32_t> holds;   // hold -> record
    IdMap<std::uint32_t> orders;  // order -> record
    TimerWheel wheel;             // by record
    IdMap<Fence> fences;
    std::uint32_t fence_settings = 0;
    std::map<std::uint64_t, std::vector<Transit>> transfers;  // ordered: few are open at a time
    std::vector<Line> merge_scratch;
    std::vector<std::uint32_t> due_scratch;
};

}  // namespace lastunit::core
