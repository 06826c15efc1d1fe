// Reads a history back, operation by operation, one chunk in memory at a time.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "model/history.pb.h"
#include "model/history/history_writer.hpp"
#include "model/history/operation.hpp"

namespace lastunit::model {

// The spans live as long as the call.
class HistoryVisitor {
   public:
    virtual ~HistoryVisitor() = default;
    virtual void operation(const Operation&) = 0;
    virtual void cell(SimTime read, const CellReadBack&) = 0;
    virtual void order(SimTime read, const OrderReadBack&) = 0;
};

// Reads the header when it is made; `read` goes through the rest, once.
class HistoryReader {
   public:
    explicit HistoryReader(const std::string& path);

    // Why the file is no history, or a damaged one: one line. Empty: all is well so far.
    const std::string& error() const { return error_; }
    const HistoryHeader& header() const { return header_; }

    // False: see `error`; what was read before it has been visited. Every number that a visitor sees is within the header's
    // bounds.
    bool read(HistoryVisitor& visitor);

    // After `read`. Torn: the writer was cut off, and what follows the last whole frame is missing.
    bool torn() const { return !ended_; }
    const std::string& torn_where() const { return torn_where_; }  // "at byte 81,002, in the middle of an entry"
    SimTime settled() const { return settled_; }                   // every operation invoked before it is there
    const HistoryEnd& end() const { return end_; }

   private:
    enum class Next : std::uint8_t { entry, no_more, damaged };
    Next next();
    bool fail(const std::string& why);
    Next tear(const std::string& where);
    // How far the columns of a chunk have been used up, and what its differences count from.
    struct ChunkPlace {
        int line = 0, order = 0, ttl = 0, available = 0;
        std::int64_t invoked = 0;
        std::uint64_t reference = 0;
    };
    bool chunk(const HistoryChunk& chunk, HistoryVisitor& visitor);
    bool operation(const HistoryChunk& chunk, int i, ChunkPlace& at, Operation& op) const;
    bool lines(const HistoryChunk& chunk, int i, ChunkPlace& at, Operation& op);
    bool stock(const HistoryReadBack& read_back, HistoryVisitor& visitor);
    bool orders(const HistoryReadBack& read_back, HistoryVisitor& visitor);
    bool is_cell(std::uint32_t node, std::uint32_t sku) const;

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string path_, error_, torn_where_, payload_;
    std::unique_ptr<std::FILE, Close> file_;
    std::uint64_t at_ = 0;
    HistoryEntry entry_;
    HistoryHeader header_;
    HistoryEnd end_;
    SimTime settled_;
    bool ended_ = false;
    std::uint64_t operations_ = 0;
    std::vector<core::Line> lines_;
    std::vector<Quantity> available_;
};

}  // namespace lastunit::model
