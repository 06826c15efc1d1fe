// Commands as records of an append-only journal. The ledger is deterministic: the commands in their order, each with its key and
// its time, give the same state and the same answers again.
//
// A record, little-endian on every machine:
//
//   0 CRC-32C u32 of all that follows | 4 length u32 of the whole record | 8 magic u32 ("LUC1") | 12 behind u32 | 16 sequence u64
//   | 24 now_us i64 | 32 kind u8 | 33 options u8 | 34 key client u64, key sequence u64 | then, where the kind has them: node u16,
//   to u16, sku u32, quantity i32, id u64, order u64, channel u8, ttl_us i64, lines (count u16, each node u16, sku u32, quantity
//   i32)
//
// `sequence` is the ledger's number of the call (Ledger::sequence): a gap is a lost record. `sequence - behind` was the last
// record that the writer knew to be durable when it wrote this one. That tells the two kinds of broken record apart: one whose
// followers prove that it had been durable is damage; one that no sound follower vouches for is the torn end of a journal, never
// acknowledged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/command.hpp"

namespace lastunit::core {

inline constexpr std::uint32_t kCommandMagic = 0x3143554c;  // "LUC1" as bytes
inline constexpr std::size_t kCommandHeaderBytes = 32;
inline constexpr std::size_t kMostLines = 1000;  // of a command in a journal
inline constexpr std::size_t kLineBytes = 10;
// No record is longer.
inline constexpr std::size_t kMostRecordBytes = kCommandHeaderBytes + 18 + 37 + 2 + kMostLines * kLineBytes;

struct CommandRecord {
    std::uint64_t sequence = 0;
    std::uint64_t durable = 0;  // the last sequence known to be on disk when this was written
    SimTime now;
    Command command;  // its lines live in the caller's scratch
};

// At most kMostLines lines; durable <= sequence, and less than 2^32 before it.
void append(std::vector<std::byte>& out, const CommandRecord& record);

// Listed in the order of checking.
enum class RecordError : std::uint8_t {
    none,
    incomplete,    // the bytes end inside it
    not_a_record,  // the magic or the length is none
    damaged,       // the checksum does not match
    unknown_kind,  // sound, but written by a newer program
};
const char* name_of(RecordError error);

// Reads the record at the start of `bytes`; its length goes to `size`. `record` and `size` are written only when the answer is
// `none`.
RecordError read(std::span<const std::byte> bytes, CommandRecord& record, std::vector<Line>& lines, std::size_t& size);

}  // namespace lastunit::core
