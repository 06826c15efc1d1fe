// The frame around each entry of a history file (model/history.proto).
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "core/crc32c.hpp"

namespace lastunit::model {

inline constexpr std::string_view kHistoryMagic = "LUHIST1\n";
inline constexpr std::size_t kFrameBytes = 12;
// No entry is larger: a length beyond it is damage, not a reason to ask for memory.
inline constexpr std::uint32_t kMostEntryBytes = 256U << 20U;

inline void put_u32(char* at, std::uint32_t number) {
    for (unsigned i = 0; i < 4; ++i) at[i] = static_cast<char>(number >> (8 * i));
}
inline std::uint32_t get_u32(const char* at) {
    std::uint32_t number = 0;
    for (unsigned i = 0; i < 4; ++i) number |= std::uint32_t{static_cast<unsigned char>(at[i])} << (8 * i);
    return number;
}
inline std::uint32_t crc_of(std::string_view bytes) { return core::crc32c(std::as_bytes(std::span(bytes.data(), bytes.size()))); }

inline std::array<char, kFrameBytes> frame_of(std::string_view payload) {
    std::array<char, kFrameBytes> frame{};
    put_u32(frame.data(), static_cast<std::uint32_t>(payload.size()));
    put_u32(frame.data() + 4, crc_of(payload));
    put_u32(frame.data() + 8, crc_of({frame.data(), 8}));
    return frame;
}

}  // namespace lastunit::model
