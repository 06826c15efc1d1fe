#include <cstring>

#include "drivers/postgres/statements.hpp"

namespace lastunit::drivers::postgres {

namespace {
constexpr std::uint32_t kOidOfInt4 = 23;
constexpr int kBinary = 1;
constexpr int kText = 0;
}  // namespace

template <class Integer> void Parameters::put(Integer value) {
    for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
        bytes_.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xff));
}
template void Parameters::put(std::uint32_t);

Parameters& Parameters::end() {
    lengths_.push_back(static_cast<int>(bytes_.size() - begins_.back()));
    formats_.push_back(kBinary);
    return *this;
}

Parameters& Parameters::add(std::int64_t value) {
    begins_.push_back(bytes_.size());
    put(value);
    return end();
}
Parameters& Parameters::add(std::int32_t value) {
    begins_.push_back(bytes_.size());
    put(value);
    return end();
}
Parameters& Parameters::add(std::int16_t value) {
    begins_.push_back(bytes_.size());
    put(value);
    return end();
}
Parameters& Parameters::add(bool value) {
    begins_.push_back(bytes_.size());
    bytes_.push_back(value ? 1 : 0);
    return end();
}
Parameters& Parameters::add(const char* text) {
    begins_.push_back(bytes_.size());
    bytes_.insert(bytes_.end(), text, text + std::strlen(text) + 1);
    lengths_.push_back(0);  // libpq looks for the zero
    formats_.push_back(kText);
    return *this;
}

// One dimension, no nulls, from subscript 1.
void Parameters::begin_array(std::size_t size) {
    begins_.push_back(bytes_.size());
    put(std::uint32_t{1});
    put(std::uint32_t{0});
    put(kOidOfInt4);
    put(static_cast<std::uint32_t>(size));
    put(std::uint32_t{1});
}

void Parameters::clear() {
    bytes_.clear();
    begins_.clear();
    lengths_.clear();
    formats_.clear();
}

const char* const* Parameters::values() {
    values_.clear();
    for (const std::size_t begin : begins_) values_.push_back(bytes_.data() + begin);
    return values_.data();
}

}  // namespace lastunit::drivers::postgres
