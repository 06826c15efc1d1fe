// Writes a history (model/history.proto) while a live run goes on: half a microsecond an operation, no allocation once warm, one
// write per chunk. Not thread-safe: one thread appends, or each has a file of its own (a shard).
#pragma once

#include <cstdint>
#include <cstdio>
#include <span>
#include <string>

#include "model/history.pb.h"
#include "model/history/operation.hpp"

namespace lastunit::model {

// The back end's own word on one cell, when it was asked at the end. kNotSaid: it does not know this state.
inline constexpr std::int64_t kNotSaid = INT64_MIN;
struct CellReadBack {
    NodeId node;
    Sku sku;
    std::int64_t on_hand = kNotSaid, held = kNotSaid, allocated = kNotSaid, shipped = kNotSaid, available = kNotSaid;
};
struct OrderReadBack {
    std::uint64_t order = 0;
    std::span<const core::Line> lines;
};

class HistoryWriter {
   public:
    // A chunk of more operations is a little denser; what a crash may tear off is one chunk. A file that is there is replaced.
    HistoryWriter(const std::string& path, const HistoryHeader& header, std::uint32_t operations_per_chunk = 4096);
    ~HistoryWriter();
    HistoryWriter(const HistoryWriter&) = delete;
    HistoryWriter& operator=(const HistoryWriter&) = delete;

    // Once an operation is over (or given up), in any order of time.
    void append(const Operation& operation);
    // Promises that every operation invoked before `until` has been appended. Call it now and then with the oldest operation in
    // flight; without it a torn history proves nothing.
    void settled(SimTime until);
    // Hands what was appended to the operating system.
    void flush();

    // After the last operation: the back end's final state. Every cell and order that the run touched must be there; every cell
    // says the same states. `read` is when the back end was asked.
    void read_back_stock(SimTime read, std::span<const CellReadBack> cells);
    void read_back_orders(SimTime read, std::span<const OrderReadBack> orders);

    // Ends the history. What went wrong since it was opened; empty: all is well. Without it the file is a torn one.
    std::string close();
    std::uint64_t operations() const { return end_.operations(); }

   private:
    void write(const HistoryEntry& entry);

    std::string path_, error_, bytes_;
    std::FILE* file_ = nullptr;
    std::uint32_t per_chunk_;
    HistoryEntry entry_;  // the chunk being filled
    HistoryEnd end_;
    std::int64_t last_invoked_ = 0, settled_ = 0;
    std::uint64_t last_reference_ = 0;
};

}  // namespace lastunit::model
