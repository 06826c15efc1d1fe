// A compact open-addressing map from a 64-bit identity to a small value: linear probing, at most half full, no tombstones (an
// erased entry's followers move back). Memory grows with the largest population, and stays.
#pragma once

#include <cstdint>
#include <vector>

#include "core/hashing.hpp"

namespace lastunit::core {

template <class Value> class IdMap {
   public:
    IdMap() : entries_(16) {}

    Value* find(std::uint64_t id) {
        const std::size_t at = position_of(id);
        return entries_[at].used != 0 ? &entries_[at].value : nullptr;
    }
    const Value* find(std::uint64_t id) const {
        const std::size_t at = position_of(id);
        return entries_[at].used != 0 ? &entries_[at].value : nullptr;
    }

    // `id` is not in the map. Moves values: pointers from `find` die.
    Value& insert(std::uint64_t id, Value value) {
        if ((size_ + 1) * 2 > entries_.size()) grow();
        const std::size_t at = position_of(id);
        entries_[at] = {id, value, 1};
        ++size_;
        return entries_[at].value;
    }

    void erase(std::uint64_t id) {
        std::size_t hole = position_of(id);
        if (entries_[hole].used == 0) return;
        for (std::size_t next = (hole + 1) & mask(); entries_[next].used != 0; next = (next + 1) & mask()) {
            const std::size_t home = hash_identity(entries_[next].id) & mask();
            if (((next - home) & mask()) < ((next - hole) & mask())) continue;
            entries_[hole] = entries_[next];
            hole = next;
        }
        entries_[hole].used = 0;
        --size_;
    }

    std::size_t size() const { return size_; }

    // In table order, which means nothing: only for sums.
    template <class Visit> void for_each(Visit visit) const {
        for (const Entry& entry : entries_)
            if (entry.used != 0) visit(entry.id, entry.value);
    }

   private:
    struct Entry {
        std::uint64_t id = 0;
        Value value{};
        std::uint32_t used = 0;
    };

    std::size_t mask() const { return entries_.size() - 1; }

    // Where `id` is, or the free entry where it would be.
    std::size_t position_of(std::uint64_t id) const {
        std::size_t at = hash_identity(id) & mask();
        while (entries_[at].used != 0 && entries_[at].id != id) at = (at + 1) & mask();
        return at;
    }

    void grow() {
        std::vector<Entry> old(entries_.size() * 2);
        old.swap(entries_);
        for (const Entry& entry : old)
            if (entry.used != 0) entries_[position_of(entry.id)] = entry;
    }

    std::vector<Entry> entries_;  // a power of two
    std::size_t size_ = 0;
};

}  // namespace lastunit::core
