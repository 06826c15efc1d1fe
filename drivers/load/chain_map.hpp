// Which operation is the last one of each chain that is under way: a flat hash map that allocates only while it grows.
#pragma once

#include <cstdint>
#include <vector>

namespace lastunit::drivers {

// Chains that share a number do no harm: their operations wait for each other.
class ChainMap {
   public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    ChainMap() { slots_.resize(1024); }

    // Makes `last` the chain's last operation, and says which was before; kNone: the chain is new.
    std::uint32_t exchange(std::uint64_t chain, std::uint32_t last) {
        if (used_ * 2 >= slots_.size()) grow();
        for (std::size_t at = home(chain);; at = next(at)) {
            Slot& slot = slots_[at];
            if (slot.last == kNone) {
                slot = {chain, last};
                ++used_;
                return kNone;
            }
            if (slot.chain == chain) {
                const std::uint32_t before = slot.last;
                slot.last = last;
                return before;
            }
        }
    }
    // The chain must be there.
    void erase(std::uint64_t chain) {
        std::size_t hole = home(chain);
        while (slots_[hole].chain != chain || slots_[hole].last == kNone) hole = next(hole);
        // What lies behind the hole and was pushed past it moves into it, so that no search ends too early.
        for (std::size_t at = next(hole); slots_[at].last != kNone; at = next(at)) {
            const std::size_t wanted = home(slots_[at].chain);
            if (((at - wanted) & mask()) < ((at - hole) & mask())) continue;
            slots_[hole] = slots_[at];
            hole = at;
        }
        slots_[hole].last = kNone;
        --used_;
    }
    std::size_t size() const { return used_; }

   private:
    struct Slot {
        std::uint64_t chain = 0;
        std::uint32_t last = kNone;
    };
    std::size_t mask() const { return slots_.size() - 1; }
    std::size_t home(std::uint64_t chain) const {
        std::uint64_t hash = chain * 0x9e3779b97f4a7c15ULL;  // 2^64 / golden ratio: neighbours go far apart
        return static_cast<std::size_t>(hash ^ (hash >> 32)) & mask();
    }
    std::size_t next(std::size_t at) const { return (at + 1) & mask(); }
    void grow() {
        std::vector<Slot> old(slots_.size() * 2);
        old.swap(slots_);
        used_ = 0;
        for (const Slot& slot : old)
            if (slot.last != kNone) exchange(slot.chain, slot.last);
    }

    std::vector<Slot> slots_;  // a power of two
    std::size_t used_ = 0;
};

}  // namespace lastunit::drivers
