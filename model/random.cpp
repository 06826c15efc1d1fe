#include "model/random.hpp"

#include <Random123/philox.h>

namespace lastunit::model {

namespace {

constexpr double unit_interval(std::uint32_t high, std::uint32_t low) {
    const std::uint64_t bits = (std::uint64_t{high} << 20) | (low >> 12);
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}
static_assert(unit_interval(0, 0) > 0 && unit_interval(0xffffffff, 0xffffffff) < 1);

}  // namespace

Words philox_words(const Words& counter, std::uint64_t key) {
    const r123::Philox4x32 cipher;
    const r123::Philox4x32::ctr_type in{{counter.w[0], counter.w[1], counter.w[2], counter.w[3]}};
    const r123::Philox4x32::key_type with{{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}};
    const auto out = cipher(in, with);
    return {{out[0], out[1], out[2], out[3]}};
}

Words philox(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint32_t index) {
    const Words counter{{static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(entity >> 32), index,
                         static_cast<std::uint32_t>(purpose)}};
    return philox_words(counter, seed);
}

double uniform(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint32_t index) {
    const Words words = philox(seed, purpose, entity, index);
    return unit_interval(words.w[0], words.w[1]);
}

Stream::result_type Stream::operator()() {
    if (used_ == 4) {
        words_ = philox(seed_, purpose_, entity_, index_++);
        used_ = 0;
    }
    return words_.w[used_++];
}

double Stream::uniform() {
    const std::uint32_t high = (*this)();
    const std::uint32_t low = (*this)();
    return unit_interval(high, low);
}

}  // namespace lastunit::model
