#include "drivers/redis/script.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace lastunit::drivers::redis {

namespace assets {
extern const std::string_view common_lua, holds_lua, orders_lua, stock_lua;
}

namespace {

void add_block(const unsigned char* block, std::uint32_t (&state)[5]) {
    std::uint32_t w[80];
    for (std::size_t i = 0; i < 16; ++i)
        w[i] = std::uint32_t{block[4 * i]} << 24 | std::uint32_t{block[4 * i + 1]} << 16 | std::uint32_t{block[4 * i + 2]} << 8 |
               block[4 * i + 3];
    for (std::size_t i = 16; i < 80; ++i) w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (std::size_t i = 0; i < 80; ++i) {
        const std::uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
        static constexpr std::uint32_t kRound[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
        const std::uint32_t next = std::rotl(a, 5) + f + e + kRound[i / 20] + w[i];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

// FIPS 180-4. Redis names scripts by it; a name is all it is here.
std::string sha1(std::string text) {
    std::uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    const std::uint64_t bits = text.size() * 8;
    text += '\x80';
    while (text.size() % 64 != 56) text += '\0';
    for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(bits >> shift & 0xff);
    for (std::size_t at = 0; at < text.size(); at += 64) {
        unsigned char block[64];
        std::memcpy(block, text.data() + at, sizeof block);
        add_block(block, state);
    }
    std::string hex;
    for (const std::uint32_t word : state)
        for (int shift = 28; shift >= 0; shift -= 4) hex += "0123456789abcdef"[word >> shift & 15];
    return hex;
}

}  // namespace

const std::string& script_text() {
    static const std::string text = [] {
        std::string all;
        for (const std::string_view part : {assets::common_lua, assets::holds_lua, assets::orders_lua, assets::stock_lua})
            all.append(part);
        return all;
    }();
    return text;
}

const std::string& script_sha() {
    static const std::string sha = sha1(script_text());
    return sha;
}

}  // namespace lastunit::drivers::redis
