// Integers as little-endian bytes on every machine, into a growing buffer and out of a bounded one.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace lastunit::core {

template <class Integer> Integer little_endian(Integer value) {
    if constexpr (std::endian::native == std::endian::little || sizeof(Integer) == 1) {
        return value;
    } else {
        auto raw = static_cast<std::make_unsigned_t<Integer>>(value);
        std::make_unsigned_t<Integer> turned = 0;
        for (std::size_t i = 0; i < sizeof raw; ++i, raw = static_cast<decltype(raw)>(raw >> 8))
            turned = static_cast<decltype(turned)>(turned << 8 | (raw & 0xff));
        return static_cast<Integer>(turned);
    }
}

template <class Integer> void store(std::byte* at, Integer value) {
    value = little_endian(value);
    std::memcpy(at, &value, sizeof value);
}

template <class Integer> Integer load(const std::byte* at) {
    Integer value;
    std::memcpy(&value, at, sizeof value);
    return little_endian(value);
}

// Appends to a buffer that it does not own.
class ByteWriter {
   public:
    explicit ByteWriter(std::vector<std::byte>& out) : out_(out) {}

    template <class Integer> void put(Integer value) {
        const std::size_t at = out_.size();
        out_.resize(at + sizeof value);
        store(out_.data() + at, value);
    }

   private:
    std::vector<std::byte>& out_;
};

// Reading past the end gives zeros and turns `good` off for ever.
class ByteReader {
   public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class Integer> Integer get() {
        if (bytes_.size() - at_ < sizeof(Integer)) {
            good_ = false;
            at_ = bytes_.size();
            return 0;
        }
        at_ += sizeof(Integer);
        return load<Integer>(bytes_.data() + at_ - sizeof(Integer));
    }
    std::size_t left() const { return bytes_.size() - at_; }
    bool good() const { return good_; }

   private:
    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
    bool good_ = true;
};

}  // namespace lastunit::core
