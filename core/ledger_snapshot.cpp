#include "core/ledger_snapshot.hpp"

#include "core/bytes.hpp"
#include "core/crc32c.hpp"
#include "core/ledger_state.hpp"

namespace lastunit::core {

namespace {

using State = Ledger::State;

constexpr std::uint32_t kMagic = 0x3153554c;  // "LUS1" as bytes
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kPiece = std::size_t{1} << 20;

class Writer {
   public:
    explicit Writer(const ByteSink& sink) : sink_(sink), to_(buffer_) { buffer_.reserve(kPiece + 64); }

    template <class... Integer> void put(Integer... values) {
        (to_.put(values), ...);
        if (buffer_.size() >= kPiece) flush();
    }
    void finish() {
        put(kMagic);
        flush();
        to_.put(crc_);
        sink_(buffer_);
    }

   private:
    void flush() {
        crc_ = crc32c(buffer_, crc_);
        sink_(buffer_);
        buffer_.clear();
    }

    const ByteSink& sink_;
    std::vector<std::byte> buffer_;
    ByteWriter to_;
    std::uint32_t crc_ = 0;
};

void save_totals(const State& s, Writer& to) {
    const Conservation& t = s.totals;
    to.put(s.now.us, s.commands, s.sequence, s.answered, s.fence_settings);
    to.put(t.received, t.returned, t.adjusted, t.sold, t.sold_beyond_record, t.shipped, t.disposed, t.on_hand, t.quarantined,
           t.in_transit);
}

void save_cells(const State& s, Writer& to) {
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        const Cell& c = s.cells[i];
        to.put(c.on_hand, c.held, c.allocated, c.safety, c.inbound, c.quarantined, c.shortage, c.fenced, s.sides[i].picked,
               s.sides[i].arriving);
    }
}

void save_records(const State& s, Writer& to) {
    to.put(static_cast<std::uint64_t>(s.holds.size() + s.orders.size()));
    for (std::uint32_t slot = 0; slot < s.records.size(); ++slot) {
        const State::Record& record = s.records[slot];
        if (record.use == State::Use::free) continue;
        const bool held = record.use == State::Use::hold;
        to.put(static_cast<std::uint8_t>(record.use), record.id, record.channel.value,
               held ? s.wheel.end_of(slot).us : std::int64_t{0}, static_cast<std::uint32_t>(record.lines.all().size()));
        for (const Commitment& line : record.lines.all())
            to.put(line.node.value, line.channel.value, line.sku.value, line.quantity, line.picked, line.fenced, line.fence);
    }
}

void save_tables(const State& s, Writer& to) {
    to.put(static_cast<std::uint64_t>(s.fences.size()));
    s.fences.for_each([&](std::uint64_t name, const State::Fence& fence) { to.put(name, fence.units, fence.setting); });
    to.put(static_cast<std::uint64_t>(s.transfers.size()));
    for (const auto& [id, lines] : s.transfers) {
        to.put(id, static_cast<std::uint32_t>(lines.size()));
        for (const State::Transit& line : lines) to.put(line.to.value, line.sku.value, line.quantity);
    }
    to.put(static_cast<std::uint64_t>(s.ended.size()));
    s.ended.for_each(
        [&](HoldId hold, Outcome answer, SimTime at) { to.put(hold.value, static_cast<std::uint8_t>(answer), at.us); });
    to.put(static_cast<std::uint64_t>(s.keys.size()));
    s.keys.for_each([&](const Key& key, const Answer& answer, SimTime at) {
        to.put(key.client, key.sequence, answer.packed, answer.sequence, at.us);
    });
}

// --- and back. Sizes are checked against what is left before anything is made of them.

class Reader {
   public:
    explicit Reader(std::span<const std::byte> bytes) : from_(bytes) {}

    template <class... Integer> void get(Integer&... values) { ((values = from_.get<Integer>()), ...); }
    template <class Integer> Integer next() { return from_.get<Integer>(); }
    // A count of things of at least `least` bytes each; 0 when so many cannot be there.
    std::uint64_t count(std::size_t least) {
        const auto n = from_.get<std::uint64_t>();
        if (n <= from_.left() / least) return n;
        sound_ = false;
        return 0;
    }
    void require(bool condition) { sound_ = sound_ && condition; }
    bool sound() const { return sound_ && from_.good(); }
    std::size_t left() const { return from_.left(); }

   private:
    ByteReader from_;
    bool sound_ = true;
};

void restore_totals(State& s, Reader& from) {
    Conservation& t = s.totals;
    from.get(s.now.us, s.commands, s.sequence, s.answered, s.fence_settings);
    from.get(t.received, t.returned, t.adjusted, t.sold, t.sold_beyond_record, t.shipped, t.disposed, t.on_hand, t.quarantined,
             t.in_transit);
}

void restore_cells(State& s, Reader& from) {
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        Cell& c = s.cells[i];
        from.get(c.on_hand, c.held, c.allocated, c.safety, c.inbound, c.quarantined, c.shortage, c.fenced, s.sides[i].picked,
                 s.sides[i].arriving);
    }
}

void restore_record(State& s, Reader& from) {
    const auto use = from.next<std::uint8_t>();
    const auto id = from.next<std::uint64_t>();
    const ChannelId channel(from.next<std::uint8_t>());
    const SimTime end{from.next<std::int64_t>()};
    const auto lines = from.next<std::uint32_t>();
    const bool held = use == static_cast<std::uint8_t>(State::Use::hold);
    from.require(held || use == static_cast<std::uint8_t>(State::Use::order));
    from.require(!held || end > s.now || s.now == kNever);
    if (!from.sound()) return;
    const std::uint32_t slot = s.new_record(id, held ? State::Use::hold : State::Use::order);
    State::Record& record = s.records[slot];
    record.channel = channel;
    for (std::uint32_t i = 0; i < lines && from.sound(); ++i) {
        Commitment line;
        from.get(line.node.value, line.channel.value, line.sku.value, line.quantity, line.picked, line.fenced, line.fence);
        from.require(s.check(line.node, line.sku) == Outcome::applied);
        record.lines.push_back(line);
    }
    (held ? s.holds : s.orders).insert(id, slot);
    if (held) s.wheel.schedule(slot, end, id);
}

void restore_tables(State& s, Reader& from) {
    for (std::uint64_t n = from.count(16); n > 0; --n) {
        const auto name = from.next<std::uint64_t>();
        State::Fence fence;
        from.get(fence.units, fence.setting);
        from.require(name >> 8 < s.cells.size());
        s.fences.insert(name, fence);
    }
    for (std::uint64_t n = from.count(12); n > 0 && from.sound(); --n) {
        auto& lines = s.transfers[from.next<std::uint64_t>()];
        for (auto left = from.next<std::uint32_t>(); left > 0 && from.sound(); --left) {
            State::Transit line;
            from.get(line.to.value, line.sku.value, line.quantity);
            from.require(s.check(line.to, line.sku) == Outcome::applied);
            lines.push_back(line);
        }
    }
    for (std::uint64_t n = from.count(17); n > 0; --n) {
        const HoldId hold(from.next<std::uint64_t>());
        const auto answer = static_cast<Outcome>(from.next<std::uint8_t>());
        s.ended.remember(hold, answer, SimTime{from.next<std::int64_t>()});
    }
    for (std::uint64_t n = from.count(40); n > 0; --n) {
        Key key;
        Answer answer;
        from.get(key.client, key.sequence, answer.packed, answer.sequence);
        s.keys.remember(key, answer, SimTime{from.next<std::int64_t>()});
    }
}

std::string frame_problem(std::span<const std::byte> bytes) {
    if (bytes.size() < 16) return "it ends after " + std::to_string(bytes.size()) + " bytes";
    if (load<std::uint32_t>(bytes.data()) != kMagic) return "it does not begin as a snapshot of a ledger does";
    const auto version = load<std::uint32_t>(bytes.data() + 4);
    if (version != kVersion)
        return "its version is " + std::to_string(version) + ", this program reads " + std::to_string(kVersion);
    const std::size_t end = bytes.size() - 8;
    if (load<std::uint32_t>(bytes.data() + end) != kMagic) return "its end is missing";
    if (load<std::uint32_t>(bytes.data() + end + 4) != crc32c(bytes.first(end + 4))) return "its checksum does not match";
    return "";
}

}  // namespace

void save(const Ledger& ledger, const ByteSink& sink) {
    const State& s = ledger.state();
    Writer to(sink);
    to.put(kMagic, kVersion, s.config.nodes, s.config.skus, s.config.channels, s.config.key_retention.us);
    save_totals(s, to);
    save_cells(s, to);
    save_records(s, to);
    save_tables(s, to);
    to.finish();
}

std::optional<Ledger> restore(std::span<const std::byte> bytes, std::string& problem) {
    problem = frame_problem(bytes);
    if (!problem.empty()) return std::nullopt;
    problem = "its contents contradict each other";
    Reader from(bytes.subspan(8, bytes.size() - 16));
    LedgerConfig config;
    from.get(config.nodes, config.skus, config.channels, config.key_retention.us);
    if (config.nodes > UINT16_MAX || config.channels > UINT8_MAX) return std::nullopt;
    if (std::uint64_t{config.nodes} * config.skus > from.left() / 40) return std::nullopt;
    auto state = std::make_unique<State>(config);
    restore_totals(*state, from);
    restore_cells(*state, from);
    // The wheel stands at the present before anything is hung on it.
    state->wheel.take_due(state->now, state->due_scratch);
    for (std::uint64_t n = from.count(22); n > 0 && from.sound(); --n) restore_record(*state, from);
    restore_tables(*state, from);
    if (!from.sound() || from.left() != 0) return std::nullopt;
    problem.clear();
    return Ledger(std::move(state));
}

}  // namespace lastunit::core
