// The columns of one chunk of an event log back into records.
#pragma once

#include <string>
#include <vector>

#include "reports/event_log_reader.hpp"

namespace lastunit::reports {

// What counting back needs to know, over the chunks of a log. A chunk that does not fit together is said to be so: columns of
// different lengths, a node or an order that there is not.
class ChunkReader {
   public:
    explicit ChunkReader(const model::EventLogHeader& header);

    // False: the chunk is damaged.
    bool read(const model::EventLogChunk& chunk, LogVisitor& visitor);

    std::uint64_t records() const { return records_; }
    std::uint32_t orders() const { return orders_; }

   private:
    template <class Column> class Cursor;
    struct Cursors;

    bool record(model::LogKind kind, SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool stock(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool ledger(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool sent(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool arrived(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool mishap(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool fetched(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool order(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool oversold(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool refused(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool fate(SimTime at, Cursors& cursors, LogVisitor& visitor);
    bool fault(SimTime at, Cursors& cursors, LogVisitor& visitor);

    bool is_cell(NodeId node, Sku sku) const { return node.value < nodes_ && sku.value < skus_; }
    bool is_order(std::uint64_t back) const { return back >= 1 && back <= orders_; }
    bool is_message(std::uint8_t edge, std::uint64_t back) const { return edge < sent_.size() && back < sent_[edge]; }

    const model::EventLogHeader& header_;
    std::size_t nodes_, skus_;
    std::vector<std::uint64_t> sent_;                // [edge]
    std::vector<std::vector<std::uint32_t>> items_;  // [edge]: how many items the message of a number has
    std::uint64_t records_ = 0;
    std::uint32_t orders_ = 0;
    std::vector<LogItem> item_scratch_;
    std::vector<LogLine> line_scratch_;  // of the newest order
    std::vector<Quantity> view_scratch_;
};

}  // namespace lastunit::reports
