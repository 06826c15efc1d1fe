// A set of configurations of a linearizability search: fixed numbers of 64-bit words, each once, in the order of insertion.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/hashing.hpp"

namespace lastunit::reports::audit {

class Configurations {
   public:
    void reset(std::size_t words) {
        words_ = words;
        count_ = 0;
        storage_.clear();
        if (!table_.empty()) table_.clear();
    }
    std::size_t size() const { return count_; }
    std::uint64_t* at(std::size_t i) { return storage_.data() + i * words_; }
    const std::uint64_t* at(std::size_t i) const { return storage_.data() + i * words_; }

    // Forgets what was inserted after the first `count`.
    void truncate(std::size_t count) {
        count_ = count;
        storage_.resize(count * words_);
        table_.clear();
    }

    // Whether it is new. `words` may lie in another set, never in this one.
    bool insert(const std::uint64_t* words) {
        if (count_ < kFew) {
            for (std::size_t i = 0; i < count_; ++i)
                if (std::equal(words, words + words_, at(i))) return false;
        } else {
            if (table_.size() < 2 * (count_ + 1)) grow();
            std::size_t slot = place_of(words);
            for (; table_[slot] != 0; slot = (slot + 1) & (table_.size() - 1))
                if (std::equal(words, words + words_, at(table_[slot] - 1))) return false;
            table_[slot] = static_cast<std::uint32_t>(count_ + 1);
        }
        storage_.insert(storage_.end(), words, words + words_);
        ++count_;
        return true;
    }

   private:
    static constexpr std::size_t kFew = 8;  // compared one by one

    std::size_t place_of(const std::uint64_t* words) const {
        std::uint64_t hash = 0;
        for (std::size_t i = 0; i < words_; ++i) hash = core::mix(hash * 3 + words[i] + 0x9e3779b97f4a7c15ULL);
        return hash & (table_.size() - 1);
    }
    void grow() {
        table_.assign(std::max<std::size_t>(64, table_.size() * 2), 0);
        for (std::size_t i = 0; i < count_; ++i) {
            std::size_t slot = place_of(at(i));
            while (table_[slot] != 0) slot = (slot + 1) & (table_.size() - 1);
            table_[slot] = static_cast<std::uint32_t>(i + 1);
        }
    }

    std::size_t words_ = 0, count_ = 0;
    std::vector<std::uint64_t> storage_;
    std::vector<std::uint32_t> table_;  // 1 + index; 0 = free; only beyond a few
};

}  // namespace lastunit::reports::audit
