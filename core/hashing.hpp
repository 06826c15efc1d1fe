// Integer mixing for the ledger's own tables. Pinned here so that no table depends on the standard library's hash.
#pragma once

#include <cstdint>

namespace lastunit::core {

// A bijection with full avalanche: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
constexpr std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

// Hash of an identity that callers mostly count up. Eight neighbours stay in neighbouring slots (one or two cache lines of a
// table), the groups of eight are scattered.
constexpr std::uint64_t hash_identity(std::uint64_t id, std::uint64_t salt = 0) {
    return (mix((id >> 3) + 0x9e3779b97f4a7c15ULL + salt) & ~std::uint64_t{7}) | (id & 7);
}

// Folds a command's arguments into 64 bits, to tell a retry from another command under the same key.
class ArgumentHash {
   public:
    constexpr explicit ArgumentHash(std::uint64_t command) : hash_(mix(command + 1)) {}
    constexpr ArgumentHash& add(std::uint64_t value) {
        hash_ = (hash_ ^ value) * 0x9ddfea08eb382d69ULL;
        hash_ ^= hash_ >> 32;
        return *this;
    }
    constexpr std::uint64_t value() const { return mix(hash_); }

   private:
    std::uint64_t hash_;
};

}  // namespace lastunit::core
