#include "model/history/history_writer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/assert.hpp"
#include "model/history/history_frame.hpp"

namespace lastunit::model {

namespace {

constexpr std::size_t kOrdersPerEntry = 100'000;  // keeps an entry at some megabytes

std::int64_t difference(std::uint64_t from, std::uint64_t to) { return static_cast<std::int64_t>(to - from); }

}  // namespace

HistoryWriter::HistoryWriter(const std::string& path, const HistoryHeader& header, std::uint32_t operations_per_chunk)
    : path_(path), file_(std::fopen(path.c_str(), "wb")), per_chunk_(operations_per_chunk) {
    if (file_ == nullptr) {
        error_ = std::strerror(errno);
        return;
    }
    if (std::fwrite(kHistoryMagic.data(), 1, kHistoryMagic.size(), file_) != kHistoryMagic.size()) error_ = std::strerror(errno);
    HistoryEntry first;
    *first.mutable_header() = header;
    first.mutable_header()->set_schema_version(1);
    write(first);
    if (error_.empty() && std::fflush(file_) != 0) error_ = std::strerror(errno);
}

HistoryWriter::~HistoryWriter() {
    if (file_ == nullptr) return;
    flush();
    std::fclose(file_);
}

void HistoryWriter::write(const HistoryEntry& entry) {
    if (!error_.empty() || file_ == nullptr) return;
    entry.SerializeToString(&bytes_);
    const auto frame = frame_of(bytes_);
    if (std::fwrite(frame.data(), 1, frame.size(), file_) != frame.size() ||
        std::fwrite(bytes_.data(), 1, bytes_.size(), file_) != bytes_.size())
        error_ = std::strerror(errno);
}

void HistoryWriter::append(const Operation& op) {
    HistoryChunk& chunk = *entry_.mutable_chunk();
    LASTUNIT_ASSERT(op.lines.size() < 256, "more than 255 lines");
    chunk.mutable_kinds()->push_back(static_cast<char>(op.kind));
    chunk.mutable_answers()->push_back(static_cast<char>(op.answer));
    chunk.add_process(op.process);
    chunk.mutable_channels()->push_back(static_cast<char>(op.channel.value));
    chunk.add_client(op.key.client);
    chunk.add_sequence(op.key.sequence);
    chunk.add_invoked_us(op.invoked.us - last_invoked_);
    last_invoked_ = op.invoked.us;
    chunk.add_took_us(op.completed == kNever ? 0 : 1 + static_cast<std::uint64_t>((op.completed - op.invoked).us));
    chunk.add_dispatch_lag_us((op.invoked - op.intended).us);
    chunk.add_reference(difference(last_reference_, op.reference));
    last_reference_ = op.reference;
    chunk.mutable_lines()->push_back(static_cast<char>(op.lines.size()));
    if (op.kind == OperationKind::confirm) chunk.add_order(difference(op.reference, op.order));
    if (op.kind == OperationKind::hold || op.kind == OperationKind::extend)
        chunk.add_ttl_us(static_cast<std::uint64_t>(op.ttl.us));
    for (const core::Line& line : op.lines) {
        chunk.add_node(line.node.value);
        chunk.add_sku(line.sku.value);
        chunk.add_quantity(static_cast<std::uint32_t>(line.quantity));
    }
    if (op.kind == OperationKind::read && op.answer == OperationAnswer::applied) {
        LASTUNIT_ASSERT(op.available.size() == op.lines.size(), "a read answers each of its lines");
        for (const Quantity units : op.available) chunk.add_available(static_cast<std::uint32_t>(units));
    }
    end_.set_operations(end_.operations() + 1);
    if (chunk.kinds().size() >= per_chunk_) flush();
}

void HistoryWriter::settled(SimTime until) { settled_ = until.us; }

void HistoryWriter::flush() {
    if (!entry_.has_chunk() || entry_.chunk().kinds().empty()) return;
    entry_.mutable_chunk()->set_settled_us(settled_);
    write(entry_);
    entry_.mutable_chunk()->Clear();  // keeps its memory
    last_invoked_ = 0;
    last_reference_ = 0;
    if (error_.empty() && file_ != nullptr && std::fflush(file_) != 0) error_ = std::strerror(errno);
}

void HistoryWriter::read_back_stock(SimTime read, std::span<const CellReadBack> cells) {
    flush();
    HistoryEntry entry;
    entry.mutable_read_back()->set_read_us(read.us);
    HistoryStock& stock = *entry.mutable_read_back()->mutable_stock();
    for (const CellReadBack& cell : cells) {
        stock.add_node(cell.node.value);
        stock.add_sku(cell.sku.value);
        if (cell.on_hand != kNotSaid) stock.add_on_hand(cell.on_hand);
        if (cell.held != kNotSaid) stock.add_held(cell.held);
        if (cell.allocated != kNotSaid) stock.add_allocated(cell.allocated);
        if (cell.shipped != kNotSaid) stock.add_shipped(cell.shipped);
        if (cell.available != kNotSaid) stock.add_available(cell.available);
    }
    write(entry);
    end_.set_stock_listed(true);
}

void HistoryWriter::read_back_orders(SimTime read, std::span<const OrderReadBack> orders) {
    flush();
    for (std::size_t from = 0; from < orders.size(); from += kOrdersPerEntry) {
        HistoryEntry entry;
        entry.mutable_read_back()->set_read_us(read.us);
        HistoryOrders& columns = *entry.mutable_read_back()->mutable_orders();
        std::uint64_t last = 0;
        for (const OrderReadBack& order : orders.subspan(from, std::min(kOrdersPerEntry, orders.size() - from))) {
            columns.add_order(difference(last, order.order));
            last = order.order;
            columns.add_lines(static_cast<std::uint32_t>(order.lines.size()));
            for (const core::Line& line : order.lines) {
                columns.add_node(line.node.value);
                columns.add_sku(line.sku.value);
                columns.add_quantity(static_cast<std::uint32_t>(line.quantity));
            }
        }
        write(entry);
    }
    end_.set_orders_listed(true);
}

std::string HistoryWriter::close() {
    if (file_ != nullptr) {
        flush();
        HistoryEntry entry;
        *entry.mutable_end() = end_;
        write(entry);
        if (std::fclose(file_) != 0 && error_.empty()) error_ = std::strerror(errno);
        file_ = nullptr;
    }
    return error_.empty() ? error_ : "cannot write " + path_ + ": " + error_;
}

}  // namespace lastunit::model
