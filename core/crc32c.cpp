#include "core/crc32c.hpp"

#include <array>
#include <cstring>

namespace lastunit::core {

namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
    constexpr std::uint32_t kPolynomial = 0x82f63b78;  // reflected
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? (value >> 1) ^ kPolynomial : value >> 1;
        table[byte] = value;
    }
    return table;
}
constexpr std::array<std::uint32_t, 256> kTable = make_table();

std::uint32_t by_table(std::span<const std::byte> bytes, std::uint32_t crc) {
    for (const std::byte byte : bytes) crc = (crc >> 8) ^ kTable[(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xffU];
    return crc;
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("sse4.2"))) std::uint32_t by_instruction(std::span<const std::byte> bytes, std::uint32_t crc) {
    std::uint64_t wide = crc;
    while (bytes.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data(), sizeof word);
        wide = __builtin_ia32_crc32di(wide, word);
        bytes = bytes.subspan(8);
    }
    crc = static_cast<std::uint32_t>(wide);
    for (const std::byte byte : bytes) crc = __builtin_ia32_crc32qi(crc, std::to_integer<unsigned char>(byte));
    return crc;
}
using Way = std::uint32_t (*)(std::span<const std::byte>, std::uint32_t);
const Way kWay = __builtin_cpu_supports("sse4.2") ? by_instruction : by_table;
#else
constexpr auto kWay = by_table;
#endif

}  // namespace

std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t before) { return ~kWay(bytes, ~before); }
std::uint32_t crc32c(std::span<const std::byte> bytes) { return crc32c(bytes, 0); }

}  // namespace lastunit::core
