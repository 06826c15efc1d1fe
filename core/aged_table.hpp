// Remembers things for a fixed time: a ring of entries in order of arrival with an open-addressing index on it. Because time
// never goes backwards and every entry lives equally long, the oldest entry is always the next to be forgotten: O(1), no sweep.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace lastunit::core {

// `Hash` is a stateless functor: std::uint64_t operator()(const Name&) const.
template <class Name, class Value, class Hash> class AgedTable {
   public:
    AgedTable() : ring_(16), index_(32) {}

    const Value* find(const Name& name) const {
        const std::uint64_t hash = Hash{}(name);
        const std::uint32_t tag = tag_of(hash);
        for (std::size_t at = hash & index_mask(); index_[at].tag != 0; at = (at + 1) & index_mask())
            if (index_[at].tag == tag && entry(index_[at].number).name == name) return &entry(index_[at].number).value;
        return nullptr;
    }

    // `name` is not remembered; `at` is not before that of any earlier entry.
    void remember(const Name& name, const Value& value, SimTime at) {
        if (last_ - first_ == ring_.size()) grow();
        entry(last_) = {name, value, at};
        index(last_);
        ++last_;
    }

    // Forgets what was remembered at or before `bound`.
    void forget_until(SimTime bound) {
        if (first_ == last_ || entry(first_).at > bound) return;
        do {
            unindex(first_);
            ++first_;
        } while (first_ != last_ && entry(first_).at <= bound);
        // In a steady state each command forgets one: fetch the next one's slot meanwhile.
        if (first_ != last_) prefetch(entry(first_).name);
    }

    // Starts to load where `find` and `remember` will look, to overlap with other work.
    void prefetch(const Name& name) const { __builtin_prefetch(&index_[Hash{}(name)&index_mask()]); }

    std::size_t size() const { return last_ - first_; }

    // visit(name, value, at), oldest first: remembered in this order elsewhere, they make the same table.
    template <class Visit> void for_each(Visit visit) const {
        for (std::uint32_t number = first_; number != last_; ++number)
            visit(entry(number).name, entry(number).value, entry(number).at);
    }

   private:
    struct Entry {
        Name name{};
        Value value{};
        SimTime at;
    };
    struct Slot {
        std::uint32_t tag = 0;     // low bits of the hash, which say where the entry would like to be; 0: free
        std::uint32_t number = 0;  // low bits of the entry's running number
    };

    // The top bit marks a used slot: the index may hold 2^31 of them.
    static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash) | 0x80000000U; }
    std::size_t index_mask() const { return index_.size() - 1; }
    Entry& entry(std::uint32_t number) { return ring_[number & (ring_.size() - 1)]; }
    const Entry& entry(std::uint32_t number) const { return ring_[number & (ring_.size() - 1)]; }

    void index(std::uint32_t number) {
        const std::uint64_t hash = Hash{}(entry(number).name);
        std::size_t at = hash & index_mask();
        while (index_[at].tag != 0) at = (at + 1) & index_mask();
        index_[at] = {tag_of(hash), number};
    }

    void unindex(std::uint32_t number) {
        std::size_t hole = Hash{}(entry(number).name) & index_mask();
        while (index_[hole].number != number || index_[hole].tag == 0) hole = (hole + 1) & index_mask();
        for (std::size_t next = (hole + 1) & index_mask(); index_[next].tag != 0; next = (next + 1) & index_mask()) {
            const std::size_t home = index_[next].tag & index_mask();
            if (((next - home) & index_mask()) < ((next - hole) & index_mask())) continue;
            index_[hole] = index_[next];
            hole = next;
        }
        index_[hole] = {};
    }

    void grow() {
        std::vector<Entry> larger(ring_.size() * 2);
        for (std::uint32_t number = first_; number != last_; ++number) larger[number & (larger.size() - 1)] = entry(number);
        ring_.swap(larger);
        index_.assign(ring_.size() * 2, {});
        for (std::uint32_t number = first_; number != last_; ++number) index(number);
    }

    std::vector<Entry> ring_;  // a power of two
    std::vector<Slot> index_;  // twice as many
    std::uint32_t first_ = 0;  // running numbers, modulo 2^32: the ring never holds that many
    std::uint32_t last_ = 0;
};

}  // namespace lastunit::core
