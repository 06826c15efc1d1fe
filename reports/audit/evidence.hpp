// A recorded history in memory, as the checks of an audit read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/history.pb.h"
#include "model/history/history_writer.hpp"
#include "model/history/operation.hpp"

namespace lastunit::reports::audit {

using model::OperationAnswer;
using model::OperationKind;

// A cell of the record: SKU-major, so that a SKU's nodes lie together.
using CellIndex = std::uint32_t;

// One attempt; after `join_attempts` one intended change, where it is the first attempt of its key.
struct Recorded {
    SimTime invoked, completed = kNever;  // completed: of the earliest answer that says what happened
    core::Key key;
    std::uint64_t reference = 0, order = 0;
    Duration ttl{0};
    std::uint32_t process = 0, first_line = 0, first_answer = 0;
    std::uint8_t lines = 0;
    std::uint8_t attempts = 1;
    OperationKind kind{};
    OperationAnswer answer{};
    ChannelId channel = kNoChannel;
    bool counts = true;  // false: another attempt stands for it, or it was never executed

    bool applied() const { return answer == OperationAnswer::applied; }
    bool unknown() const { return answer == OperationAnswer::unknown; }
    bool refused() const { return model::is_refusal(answer); }
};

struct FinalOrder {
    std::uint64_t order = 0;
    std::uint32_t first_line = 0, lines = 0;
};

struct InitialCell {
    std::int64_t on_hand = 0, committed = 0, safety = 0;
};

struct Evidence {
    model::HistoryHeader header;
    std::vector<Recorded> operations;  // by invocation
    std::vector<core::Line> lines;
    std::vector<Quantity> answers;     // of reads
    std::vector<InitialCell> initial;  // [cell]
    SimTime from, until;               // first invocation, last known instant

    // The back end's own final state; nothing where it was not read back.
    std::vector<model::CellReadBack> stock;
    std::vector<FinalOrder> orders;
    std::vector<core::Line> order_lines;
    std::optional<SimTime> stock_read, orders_read;

    std::string torn;  // empty: the history is whole; else in words what is missing
    std::uint64_t attempts = 0;
    std::vector<std::uint64_t> mentions;  // the order of each confirm, allocate and deallocate that counts, sorted

    // The order was read back, and one operation alone speaks of it: that operation took effect.
    bool proven_by_order(std::uint64_t order) const;
    std::size_t cells() const { return initial.size(); }
    CellIndex cell(const core::Line& line) const {
        return line.sku.value * static_cast<CellIndex>(header.nodes_size()) + line.node.value;
    }
    std::span<const core::Line> lines_of(const Recorded& op) const { return {lines.data() + op.first_line, op.lines}; }
    std::span<const core::Line> lines_of(const FinalOrder& order) const {
        return {order_lines.data() + order.first_line, order.lines};
    }
    std::string sku_name(CellIndex cell) const { return header.skus(static_cast<int>(cell) / header.nodes_size()); }
    std::string node_name(CellIndex cell) const { return header.nodes(static_cast<int>(cell) % header.nodes_size()); }
};

struct ReadEvidence {
    Evidence evidence;
    std::string error;  // one line; empty: all is well
};
// Several files are the shards of one run. Of a torn history only what it proves is kept: what was invoked before it was settled,
// and answers that came before.
ReadEvidence read_evidence(std::span<const std::string> paths);

}  // namespace lastunit::reports::audit
