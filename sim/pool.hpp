// Slots that are reused: an entity keeps its index while it lives, and its storage is kept for the next one.
#pragma once

#include <cstdint>
#include <vector>

namespace lastunit::sim {

template <class T> class Pool {
   public:
    std::uint32_t take() {
        ++live_;
        if (free_.empty()) {
            slots_.emplace_back();
            return static_cast<std::uint32_t>(slots_.size() - 1);
        }
        const std::uint32_t index = free_.back();
        free_.pop_back();
        return index;
    }
    void give_back(std::uint32_t index) {
        free_.push_back(index);
        --live_;
    }
    T& operator[](std::uint32_t index) { return slots_[index]; }
    const T& operator[](std::uint32_t index) const { return slots_[index]; }
    std::uint32_t live() const { return live_; }
    void prefetch(std::uint32_t index) const {
        const char* slot = reinterpret_cast<const char*>(&slots_[index]);
        for (std::size_t line = 0; line < sizeof(T); line += 64) __builtin_prefetch(slot + line);
    }

   private:
    std::vector<T> slots_;
    std::vector<std::uint32_t> free_;
    std::uint32_t live_ = 0;
};

}  // namespace lastunit::sim
