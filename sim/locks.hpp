// Row locks: one row per SKU, held by one transaction at a time; the others wait for it in the order in which they came.
//
// A transaction takes its rows one after the other and keeps those it has while it waits for the next. Two that take the same
// rows in a different order may therefore wait for each other for ever: whoever opened them has to give one up.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/id_map.hpp"
#include "core/types.hpp"
#include "sim/pool.hpp"

namespace lastunit::sim {

inline constexpr std::uint32_t kNoTransaction = UINT32_MAX;

class Locks {
   public:
    // `rows` in the order in which they are taken, each once; `owner` is the caller's own name for it.
    std::uint32_t open(std::uint32_t owner, std::span<const Sku> rows);
    std::uint32_t owner(std::uint32_t transaction) const { return transactions_[transaction].owner; }

    // Takes rows until one is somebody else's: then it waits in that row's queue. True: it has all.
    bool acquire(std::uint32_t transaction);
    bool has_all(std::uint32_t transaction) const {
        return transactions_[transaction].taken == transactions_[transaction].rows.size();
    }
    // Gives back what it has and waits no more. The owners of those who have all their rows now are added to `granted`, in the
    // order of their last row.
    void close(std::uint32_t transaction, std::vector<std::uint32_t>& granted);

    bool taken(Sku row) const { return rows_.find(row.value) != nullptr; }
    std::uint32_t open_transactions() const { return transactions_.live(); }

   private:
    struct Transaction {
        std::uint32_t owner = 0;
        std::uint32_t taken = 0;              // of `rows`, in order
        std::uint32_t next = kNoTransaction;  // in the queue of rows[taken]
        bool waits = false;
        std::vector<Sku> rows;
    };
    // In the map while somebody has it.
    struct Row {
        std::uint32_t first = kNoTransaction, last = kNoTransaction;  // who waits
    };

    void stop_waiting(std::uint32_t transaction);
    void pass_on(Sku row, std::vector<std::uint32_t>& granted);

    Pool<Transaction> transactions_;
    core::IdMap<Row> rows_;  // by SKU
};

}  // namespace lastunit::sim
