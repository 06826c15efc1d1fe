#include "model/history/history_reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "model/history/history_frame.hpp"

namespace lastunit::model {

namespace {

constexpr std::int64_t kMostUs = std::int64_t{1} << 53U;  // 285 years: sums of a few times never overflow

bool at_end(std::FILE* file) {
    const int next = std::fgetc(file);
    if (next == EOF) return true;
    std::ungetc(next, file);
    return false;
}

std::string damaged_at(std::uint64_t byte, const std::string& what) {
    return "is damaged at byte " + std::to_string(byte) + ": " + what;
}

}  // namespace

HistoryReader::HistoryReader(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "rb")) {
    if (file_ == nullptr) {
        fail(std::string("cannot be read: ") + std::strerror(errno));
        return;
    }
    std::array<char, 8> magic{};
    if (std::fread(magic.data(), 1, magic.size(), file_.get()) != magic.size() ||
        std::string_view(magic.data(), magic.size()) != kHistoryMagic) {
        fail("is no history of lastunit: it does not begin with LUHIST1");
        return;
    }
    at_ = magic.size();
    const Next first = next();
    if (first == Next::damaged) return;
    if (first == Next::no_more || !entry_.has_header()) {
        fail("has no header: nothing was recorded");
        return;
    }
    header_.Swap(entry_.mutable_header());
    if (header_.schema_version() != 1) {
        fail("is a history of schema " + std::to_string(header_.schema_version()) + "; this lastunit reads 1");
        return;
    }
    const HistoryStock& stock = header_.initial();
    const auto fits = [&](int size) { return size == 0 || size == stock.node_size(); };
    bool sound = stock.sku_size() == stock.node_size() && stock.on_hand_size() == stock.node_size() &&
                 fits(stock.safety_size()) && fits(stock.allocated_size()) && header_.nodes_size() <= 65'535;
    for (int i = 0; sound && i < stock.node_size(); ++i) sound = is_cell(stock.node(i), stock.sku(i));
    if (!sound) fail("is damaged: its initial stock does not fit together");
}

bool HistoryReader::fail(const std::string& why) {
    error_ = path_ + " " + why;
    return false;
}

HistoryReader::Next HistoryReader::tear(const std::string& where) {
    torn_where_ = "at byte " + std::to_string(at_) + ", " + where;
    return Next::no_more;
}

bool HistoryReader::is_cell(std::uint32_t node, std::uint32_t sku) const {
    return node < static_cast<std::uint32_t>(header_.nodes_size()) && sku < static_cast<std::uint32_t>(header_.skus_size());
}

// A frame that is cut short by the end of the file, or the last one with a payload that does not match (its pages reached the
// disk in another order), is torn. Anything else that does not match is damage.
HistoryReader::Next HistoryReader::next() {
    std::array<char, kFrameBytes> frame{};
    const std::size_t got = std::fread(frame.data(), 1, frame.size(), file_.get());
    if (got == 0) return tear("between entries");
    if (got < frame.size()) return tear("in the middle of an entry");
    const std::uint32_t length = get_u32(frame.data());
    if (get_u32(frame.data() + 8) != crc_of({frame.data(), 8}) || length > kMostEntryBytes) {
        fail(damaged_at(at_, "the frame's checksum does not match"));
        return Next::damaged;
    }
    payload_.resize(length);
    if (std::fread(payload_.data(), 1, length, file_.get()) < length) return tear("in the middle of an entry");
    if (crc_of(payload_) != get_u32(frame.data() + 4)) {
        if (at_end(file_.get())) return tear("the last entry is not whole");
        fail(damaged_at(at_, "the entry's checksum does not match"));
        return Next::damaged;
    }
    if (!entry_.ParseFromString(payload_)) {
        fail(damaged_at(at_, "the entry is no HistoryEntry"));
        return Next::damaged;
    }
    at_ += kFrameBytes + length;
    return Next::entry;
}

bool HistoryReader::read(HistoryVisitor& visitor) {
    if (!error_.empty()) return false;
    for (;;) {
        const std::uint64_t from = at_;
        const Next found = next();
        if (found == Next::damaged) return false;
        if (found == Next::no_more) return true;
        bool sound = true;
        if (entry_.has_chunk())
            sound = chunk(entry_.chunk(), visitor);
        else if (entry_.has_read_back())
            sound = stock(entry_.read_back(), visitor) && orders(entry_.read_back(), visitor);
        else if (entry_.has_end()) {
            end_ = entry_.end();
            ended_ = true;
            sound = end_.operations() == operations_ && at_end(file_.get());
            if (sound) return true;
        } else
            sound = false;
        if (!sound) return fail(damaged_at(from, "an entry does not fit together"));
    }
}

bool HistoryReader::chunk(const HistoryChunk& c, HistoryVisitor& visitor) {
    const auto n = static_cast<int>(c.kinds().size());
    if (static_cast<int>(c.answers().size()) != n || c.process_size() != n || static_cast<int>(c.channels().size()) != n ||
        c.client_size() != n || c.sequence_size() != n || c.invoked_us_size() != n || c.took_us_size() != n ||
        c.dispatch_lag_us_size() != n || c.reference_size() != n || static_cast<int>(c.lines().size()) != n ||
        c.sku_size() != c.node_size() || c.quantity_size() != c.node_size())
        return false;
    ChunkPlace at;
    for (int i = 0; i < n; ++i) {
        Operation op;
        if (!operation(c, i, at, op) || !lines(c, i, at, op)) return false;
        visitor.operation(op);
    }
    operations_ += static_cast<std::uint64_t>(n);
    settled_ = {std::clamp(c.settled_us(), settled_.us, kMostUs)};
    return at.line == c.node_size() && at.order == c.order_size() && at.ttl == c.ttl_us_size() &&
           at.available == c.available_size();
}

bool HistoryReader::operation(const HistoryChunk& c, int i, ChunkPlace& at, Operation& op) const {
    const auto index = static_cast<std::size_t>(i);
    const auto kind = static_cast<std::uint8_t>(c.kinds()[index]);
    const auto answer = static_cast<std::uint8_t>(c.answers()[index]);
    if (kind >= kOperationKinds || answer >= kOperationAnswers) return false;
    op.kind = static_cast<OperationKind>(kind);
    op.answer = static_cast<OperationAnswer>(answer);
    op.process = c.process(i);
    op.channel = ChannelId(static_cast<std::uint8_t>(c.channels()[index]));
    op.key = {c.client(i), c.sequence(i)};
    at.invoked = static_cast<std::int64_t>(static_cast<std::uint64_t>(at.invoked) + static_cast<std::uint64_t>(c.invoked_us(i)));
    if (at.invoked < -kMostUs || at.invoked > kMostUs || c.took_us(i) > static_cast<std::uint64_t>(kMostUs)) return false;
    if (c.dispatch_lag_us(i) < -kMostUs || c.dispatch_lag_us(i) > kMostUs) return false;
    op.invoked = {at.invoked};
    if (c.took_us(i) > 0) op.completed = {at.invoked + static_cast<std::int64_t>(c.took_us(i)) - 1};
    if (op.answer != OperationAnswer::unknown && op.completed == kNever) return false;
    op.intended = {at.invoked - c.dispatch_lag_us(i)};
    at.reference += static_cast<std::uint64_t>(c.reference(i));
    op.reference = at.reference;
    if (op.kind == OperationKind::confirm) {
        if (at.order >= c.order_size()) return false;
        op.order = at.reference + static_cast<std::uint64_t>(c.order(at.order++));
    }
    if (op.kind == OperationKind::hold || op.kind == OperationKind::extend) {
        if (at.ttl >= c.ttl_us_size()) return false;
        op.ttl = {static_cast<std::int64_t>(std::min(c.ttl_us(at.ttl++), static_cast<std::uint64_t>(kMostUs)))};
    }
    return true;
}

bool HistoryReader::lines(const HistoryChunk& c, int i, ChunkPlace& at, Operation& op) {
    const int count = static_cast<std::uint8_t>(c.lines()[static_cast<std::size_t>(i)]);
    if (at.line + count > c.node_size()) return false;
    lines_.clear();
    for (const int end = at.line + count; at.line < end; ++at.line) {
        const std::uint32_t node = c.node(at.line), sku = c.sku(at.line), quantity = c.quantity(at.line);
        if (!is_cell(node, sku) || quantity > static_cast<std::uint32_t>(core::kMaxUnits)) return false;
        lines_.push_back({NodeId(static_cast<std::uint16_t>(node)), Sku(sku), static_cast<Quantity>(quantity)});
    }
    op.lines = lines_;
    available_.clear();
    if (op.kind == OperationKind::read && op.answer == OperationAnswer::applied) {
        if (at.available + count > c.available_size()) return false;
        for (int k = 0; k < count; ++k) {
            const std::uint32_t units = c.available(at.available++);
            if (units > static_cast<std::uint32_t>(core::kMaxUnits)) return false;
            available_.push_back(static_cast<Quantity>(units));
        }
    }
    op.available = available_;
    return true;
}

bool HistoryReader::stock(const HistoryReadBack& read_back, HistoryVisitor& visitor) {
    const HistoryStock& s = read_back.stock();
    const auto fits = [&](int size) { return size == 0 || size == s.node_size(); };
    if (s.sku_size() != s.node_size() || !fits(s.on_hand_size()) || !fits(s.held_size()) || !fits(s.allocated_size()) ||
        !fits(s.shipped_size()) || !fits(s.available_size()))
        return false;
    for (int i = 0; i < s.node_size(); ++i) {
        if (!is_cell(s.node(i), s.sku(i))) return false;
        CellReadBack cell{.node = NodeId(static_cast<std::uint16_t>(s.node(i))), .sku = Sku(s.sku(i))};
        if (s.on_hand_size() > 0) cell.on_hand = s.on_hand(i);
        if (s.held_size() > 0) cell.held = s.held(i);
        if (s.allocated_size() > 0) cell.allocated = s.allocated(i);
        if (s.shipped_size() > 0) cell.shipped = s.shipped(i);
        if (s.available_size() > 0) cell.available = s.available(i);
        visitor.cell({read_back.read_us()}, cell);
    }
    return true;
}

bool HistoryReader::orders(const HistoryReadBack& read_back, HistoryVisitor& visitor) {
    const HistoryOrders& o = read_back.orders();
    if (o.lines_size() != o.order_size() || o.sku_size() != o.node_size() || o.quantity_size() != o.node_size()) return false;
    int line = 0;
    std::uint64_t order = 0;
    for (int i = 0; i < o.order_size(); ++i) {
        order += static_cast<std::uint64_t>(o.order(i));
        if (o.lines(i) > static_cast<std::uint32_t>(o.node_size() - line)) return false;
        lines_.clear();
        for (const int end = line + static_cast<int>(o.lines(i)); line < end; ++line) {
            if (!is_cell(o.node(line), o.sku(line)) || o.quantity(line) > static_cast<std::uint32_t>(core::kMaxUnits))
                return false;
            lines_.push_back(
                {NodeId(static_cast<std::uint16_t>(o.node(line))), Sku(o.sku(line)), static_cast<Quantity>(o.quantity(line))});
        }
        visitor.order({read_back.read_us()}, {order, lines_});
    }
    return line == o.node_size();
}

}  // namespace lastunit::model
