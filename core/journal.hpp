// Ledger events as fixed-size records, for an append-only journal.
//
// A record is 48 bytes, little-endian on every machine:
//
//   0 sequence u64 | 8 at_us i64 | 16 reference u64 | 24 sku u32 | 28 delta i32 | 32 atp_after i32 | 36 node u16 | 38 kind u8 |
//   39 channel u8 | 40 magic u32 ("LUJ1") | 44 CRC-32C of bytes 0..43
//
// The sequence is the writer's running number: a gap is a lost record, a repeat a record written twice.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/ledger.hpp"

namespace lastunit::core {

inline constexpr std::size_t kJournalRecordBytes = 48;
using JournalBytes = std::array<std::byte, kJournalRecordBytes>;

struct JournalRecord {
    std::uint64_t sequence = 0;
    Event event;
};

// Listed in the order of checking.
enum class JournalError : std::uint8_t {
    none,
    not_a_record,  // the magic differs: other format or version, or torn
    damaged,       // the checksum does not match
    unknown_kind,  // sound, but written by a newer program
};
const char* name_of(JournalError error);

JournalBytes encode(const JournalRecord& record);

// `record` is written only when the answer is `none`.
JournalError decode(std::span<const std::byte, kJournalRecordBytes> bytes, JournalRecord& record);

}  // namespace lastunit::core
