#include "core/journal.hpp"

#include <catch2/catch.hpp>
#include <cstring>

#include "core/crc32c.hpp"

using namespace lastunit;
using namespace lastunit::core;

namespace {
const Event kEvent{.at = SimTime{-2},
                   .kind = EventKind::sold,
                   .channel = ChannelId(7),
                   .node = NodeId(513),
                   .sku = Sku(70'000),
                   .delta = -3,
                   .atp_after = 12,
                   .reference = 0x0123456789abcdefULL};
}

TEST_CASE("crc32c: the check value of the standard") {
    const char* digits = "123456789";
    CHECK(crc32c(std::as_bytes(std::span(digits, 9))) == 0xe3069283U);
    const std::array<std::byte, 32> zeros{};
    CHECK(crc32c(zeros) == 0x8a9136aaU);  // RFC 3720, B.4
}

TEST_CASE("journal: what was written is read") {
    JournalRecord read;
    REQUIRE(decode(encode({42, kEvent}), read) == JournalError::none);
    CHECK(read.sequence == 42);
    CHECK(read.event.at == kEvent.at);
    CHECK(read.event.kind == kEvent.kind);
    CHECK(read.event.channel == kEvent.channel);
    CHECK(read.event.node == kEvent.node);
    CHECK(read.event.sku == kEvent.sku);
    CHECK(read.event.delta == kEvent.delta);
    CHECK(read.event.atp_after == kEvent.atp_after);
    CHECK(read.event.reference == kEvent.reference);
}

TEST_CASE("journal: the bytes are little-endian, where the header says") {
    const JournalBytes bytes = encode({1, kEvent});
    CHECK(bytes[0] == std::byte{1});
    CHECK(bytes[8] == std::byte{0xfe});
    CHECK(bytes[16] == std::byte{0xef});
    CHECK(bytes[36] == std::byte{0x01});
    CHECK(bytes[37] == std::byte{0x02});
    CHECK(bytes[39] == std::byte{7});
    CHECK(std::memcmp(&bytes[40], "LUJ1", 4) == 0);
}

TEST_CASE("journal: any flipped bit is refused, and the record left alone") {
    const JournalBytes sound = encode({42, kEvent});
    for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
        JournalBytes flipped = sound;
        flipped[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
        JournalRecord read{7, {}};
        INFO("bit " << bit);
        CHECK(decode(flipped, read) != JournalError::none);
        CHECK(read.sequence == 7);
    }
}

TEST_CASE("journal: each error for its cause") {
    JournalRecord read;
    CHECK(decode(JournalBytes{}, read) == JournalError::not_a_record);
    JournalBytes bytes = encode({1, kEvent});
    bytes[0] ^= std::byte{1};
    CHECK(decode(bytes, read) == JournalError::damaged);
    Event newer = kEvent;
    newer.kind = static_cast<EventKind>(200);
    CHECK(decode(encode({1, newer}), read) == JournalError::unknown_kind);
}
