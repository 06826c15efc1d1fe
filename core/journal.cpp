#include "core/journal.hpp"

#include <type_traits>

#include "core/crc32c.hpp"

namespace lastunit::core {

namespace {

constexpr std::uint32_t kMagic = 0x314a554c;  // "LUJ1" as bytes
constexpr std::size_t kMagicAt = 40;
constexpr std::size_t kChecksumAt = 44;

template <class Integer> void put(JournalBytes& bytes, std::size_t at, Integer value) {
    const auto raw = static_cast<std::make_unsigned_t<Integer>>(value);
    for (std::size_t i = 0; i < sizeof raw; ++i)
        bytes[at + i] = static_cast<std::byte>(static_cast<std::uint64_t>(raw) >> (8 * i));
}

template <class Integer> Integer get(std::span<const std::byte, kJournalRecordBytes> bytes, std::size_t at) {
    std::uint64_t raw = 0;
    for (std::size_t i = 0; i < sizeof(Integer); ++i) raw |= std::to_integer<std::uint64_t>(bytes[at + i]) << (8 * i);
    return static_cast<Integer>(raw);
}

}  // namespace

const char* name_of(JournalError error) {
    switch (error) {
        case JournalError::none:
            return "none";
        case JournalError::not_a_record:
            return "not_a_record";
        case JournalError::damaged:
            return "damaged";
        case JournalError::unknown_kind:
            return "unknown_kind";
    }
    return "?";
}

JournalBytes encode(const JournalRecord& record) {
    const Event& event = record.event;
    JournalBytes bytes{};
    put(bytes, 0, record.sequence);
    put(bytes, 8, event.at.us);
    put(bytes, 16, event.reference);
    put(bytes, 24, event.sku.value);
    put(bytes, 28, event.delta);
    put(bytes, 32, event.atp_after);
    put(bytes, 36, event.node.value);
    put(bytes, 38, static_cast<std::uint8_t>(event.kind));
    put(bytes, 39, event.channel.value);
    put(bytes, kMagicAt, kMagic);
    put(bytes, kChecksumAt, crc32c(std::span(bytes).first<kChecksumAt>()));
    return bytes;
}

JournalError decode(std::span<const std::byte, kJournalRecordBytes> bytes, JournalRecord& record) {
    if (get<std::uint32_t>(bytes, kMagicAt) != kMagic) return JournalError::not_a_record;
    if (get<std::uint32_t>(bytes, kChecksumAt) != crc32c(bytes.first<kChecksumAt>())) return JournalError::damaged;
    const auto kind = get<std::uint8_t>(bytes, 38);
    if (kind > static_cast<std::uint8_t>(EventKind::disposed)) return JournalError::unknown_kind;
    record.sequence = get<std::uint64_t>(bytes, 0);
    Event& event = record.event;
    event.at.us = get<std::int64_t>(bytes, 8);
    event.reference = get<std::uint64_t>(bytes, 16);
    event.sku.value = get<std::uint32_t>(bytes, 24);
    event.delta = get<std::int32_t>(bytes, 28);
    event.atp_after = get<std::int32_t>(bytes, 32);
    event.node.value = get<std::uint16_t>(bytes, 36);
    event.kind = static_cast<EventKind>(kind);
    event.channel.value = get<std::uint8_t>(bytes, 39);
    return JournalError::none;
}

}  // namespace lastunit::core
