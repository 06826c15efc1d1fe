#include "core/command_record.hpp"

#include <array>

#include "core/bytes.hpp"
#include "core/crc32c.hpp"

namespace lastunit::core {

namespace {

enum Field : unsigned {
    kNode = 1U << 0,
    kTo = 1U << 1,
    kSku = 1U << 2,
    kQuantity = 1U << 3,
    kId = 1U << 4,
    kOrder = 1U << 5,
    kChannel = 1U << 6,
    kTtl = 1U << 7,
    kLines = 1U << 8,
};
constexpr unsigned kCell = kNode | kSku | kQuantity;

// By CommandKind.
constexpr std::array<unsigned, kCommandKinds> kFields{
    kCell,                           // expect
    kCell,                           // receive
    kCell,                           // adjust
    kCell,                           // take_return
    kCell,                           // quarantine
    kCell,                           // unquarantine
    kCell | kTo | kId,               // transfer_out
    kId,                             // transfer_in
    kId | kChannel | kTtl | kLines,  // hold
    kId | kTtl,                      // extend
    kId,                             // release
    kId | kOrder,                    // confirm
    kOrder | kChannel | kLines,      // allocate
    kOrder | kLines,                 // deallocate
    kCell | kOrder,                  // pick
    kCell | kOrder,                  // ship
    kCell | kChannel,                // sell
    kCell,                           // set_safety
    kCell | kChannel,                // set_channel_allocation
    kCell,                           // dispose
    0,                               // advance
};

std::uint8_t options_of(const Command& command) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(command.backorder) | static_cast<unsigned>(command.return_to) << 1 |
                                     static_cast<unsigned>(command.transfer_from) << 2);
}

// Writes into room that is known to suffice.
class Cursor {
   public:
    explicit Cursor(std::byte* at) : at_(at) {}
    template <class Integer> void put(Integer value) {
        store(at_, value);
        at_ += sizeof value;
    }

   private:
    std::byte* at_;
};

std::size_t size_of(const Command& command) {
    const unsigned fields = kFields[static_cast<unsigned>(command.kind)];
    return kCommandHeaderBytes + 18 + ((fields & kNode) != 0 ? 2 : 0) + ((fields & kTo) != 0 ? 2 : 0) +
           ((fields & kSku) != 0 ? 4 : 0) + ((fields & kQuantity) != 0 ? 4 : 0) + ((fields & kId) != 0 ? 8 : 0) +
           ((fields & kOrder) != 0 ? 8 : 0) + ((fields & kChannel) != 0 ? 1 : 0) + ((fields & kTtl) != 0 ? 8 : 0) +
           ((fields & kLines) != 0 ? 2 + command.lines.size() * kLineBytes : 0);
}

template <class Into> void put_fields(Into& to, const Command& command) {
    const unsigned fields = kFields[static_cast<unsigned>(command.kind)];
    if ((fields & kNode) != 0) to.put(command.node.value);
    if ((fields & kTo) != 0) to.put(command.to.value);
    if ((fields & kSku) != 0) to.put(command.sku.value);
    if ((fields & kQuantity) != 0) to.put(command.quantity);
    if ((fields & kId) != 0) to.put(command.id);
    if ((fields & kOrder) != 0) to.put(command.order);
    if ((fields & kChannel) != 0) to.put(command.channel.value);
    if ((fields & kTtl) != 0) to.put(command.ttl.us);
    if ((fields & kLines) == 0) return;
    to.put(static_cast<std::uint16_t>(command.lines.size()));
    for (const Line& line : command.lines) {
        to.put(line.node.value);
        to.put(line.sku.value);
        to.put(line.quantity);
    }
}

void get_fields(ByteReader& from, Command& command, std::vector<Line>& lines) {
    const unsigned fields = kFields[static_cast<unsigned>(command.kind)];
    if ((fields & kNode) != 0) command.node.value = from.get<std::uint16_t>();
    if ((fields & kTo) != 0) command.to.value = from.get<std::uint16_t>();
    if ((fields & kSku) != 0) command.sku.value = from.get<std::uint32_t>();
    if ((fields & kQuantity) != 0) command.quantity = from.get<std::int32_t>();
    if ((fields & kId) != 0) command.id = from.get<std::uint64_t>();
    if ((fields & kOrder) != 0) command.order = from.get<std::uint64_t>();
    if ((fields & kChannel) != 0) command.channel.value = from.get<std::uint8_t>();
    if ((fields & kTtl) != 0) command.ttl.us = from.get<std::int64_t>();
    if ((fields & kLines) == 0) return;
    lines.resize(from.get<std::uint16_t>());
    for (Line& line : lines) {
        line.node.value = from.get<std::uint16_t>();
        line.sku.value = from.get<std::uint32_t>();
        line.quantity = from.get<std::int32_t>();
    }
    command.lines = lines;
}

}  // namespace

const char* name_of(RecordError error) {
    switch (error) {
        case RecordError::none:
            return "none";
        case RecordError::incomplete:
            return "incomplete";
        case RecordError::not_a_record:
            return "not_a_record";
        case RecordError::damaged:
            return "damaged";
        case RecordError::unknown_kind:
            return "unknown_kind";
    }
    return "?";
}

void append(std::vector<std::byte>& out, const CommandRecord& record) {
    const Command& command = record.command;
    LASTUNIT_ASSERT(command.lines.size() <= kMostLines, "lines: " + std::to_string(command.lines.size()));
    LASTUNIT_ASSERT(record.durable <= record.sequence && record.sequence - record.durable <= UINT32_MAX, "durable");
    const std::size_t begin = out.size();
    const std::size_t size = size_of(command);
    out.resize(begin + size);
    Cursor to(out.data() + begin + 4);
    to.put(static_cast<std::uint32_t>(size));
    to.put(kCommandMagic);
    to.put(static_cast<std::uint32_t>(record.sequence - record.durable));
    to.put(record.sequence);
    to.put(record.now.us);
    to.put(static_cast<std::uint8_t>(command.kind));
    to.put(options_of(command));
    to.put(command.key.client);
    to.put(command.key.sequence);
    put_fields(to, command);
    store(out.data() + begin, crc32c(std::span<const std::byte>(out).subspan(begin + 4, size - 4)));
}

RecordError read(std::span<const std::byte> bytes, CommandRecord& record, std::vector<Line>& lines, std::size_t& size) {
    if (bytes.size() < kCommandHeaderBytes + 18) return RecordError::incomplete;
    const auto length = load<std::uint32_t>(bytes.data() + 4);
    if (load<std::uint32_t>(bytes.data() + 8) != kCommandMagic) return RecordError::not_a_record;
    if (length < kCommandHeaderBytes + 18 || length > kMostRecordBytes) return RecordError::not_a_record;
    if (length > bytes.size()) return RecordError::incomplete;
    if (load<std::uint32_t>(bytes.data()) != crc32c(bytes.subspan(4, length - 4))) return RecordError::damaged;
    const auto kind = load<std::uint8_t>(bytes.data() + 32);
    if (kind >= kCommandKinds) return RecordError::unknown_kind;

    Command command;
    command.kind = static_cast<CommandKind>(kind);
    const auto options = load<std::uint8_t>(bytes.data() + 33);
    command.backorder = static_cast<Backorder>(options & 1U);
    command.return_to = static_cast<ReturnTo>(options >> 1 & 1U);
    command.transfer_from = static_cast<TransferFrom>(options >> 2 & 1U);
    ByteReader from(bytes.subspan(34, length - 34));
    command.key.client = from.get<std::uint64_t>();
    command.key.sequence = from.get<std::uint64_t>();
    get_fields(from, command, lines);
    if (!from.good() || from.left() != 0) return RecordError::damaged;
    const auto behind = load<std::uint32_t>(bytes.data() + 12);
    record.sequence = load<std::uint64_t>(bytes.data() + 16);
    record.durable = record.sequence - behind;
    record.now.us = load<std::int64_t>(bytes.data() + 24);
    record.command = command;
    size = length;
    return RecordError::none;
}

}  // namespace lastunit::core
