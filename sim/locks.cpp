#include "sim/locks.hpp"

#include "core/assert.hpp"

namespace lastunit::sim {

std::uint32_t Locks::open(std::uint32_t owner, std::span<const Sku> rows) {
    const std::uint32_t index = transactions_.take();
    Transaction& transaction = transactions_[index];
    transaction.owner = owner;
    transaction.taken = 0;
    transaction.next = kNoTransaction;
    transaction.waits = false;
    transaction.rows.assign(rows.begin(), rows.end());
    return index;
}

bool Locks::acquire(std::uint32_t index) {
    Transaction& transaction = transactions_[index];
    LASTUNIT_ASSERT(!transaction.waits, "a transaction waits for one row at a time");
    while (transaction.taken < transaction.rows.size()) {
        const std::uint64_t row = transaction.rows[transaction.taken].value;
        Row* held = rows_.find(row);
        if (held != nullptr) {
            (held->last == kNoTransaction ? held->first : transactions_[held->last].next) = index;
            held->last = index;
            transaction.waits = true;
            return false;
        }
        rows_.insert(row, {});
        ++transaction.taken;
    }
    return true;
}

void Locks::close(std::uint32_t index, std::vector<std::uint32_t>& granted) {
    if (transactions_[index].waits) stop_waiting(index);
    for (std::uint32_t i = 0; i < transactions_[index].taken; ++i) pass_on(transactions_[index].rows[i], granted);
    transactions_.give_back(index);
}

// The queues are short where this matters little, and walked from the front where they are long: who gives up has waited longest.
void Locks::stop_waiting(std::uint32_t index) {
    Transaction& transaction = transactions_[index];
    Row& row = *rows_.find(transaction.rows[transaction.taken].value);
    std::uint32_t before = kNoTransaction;
    for (std::uint32_t at = row.first; at != index; at = transactions_[at].next) before = at;
    (before == kNoTransaction ? row.first : transactions_[before].next) = transaction.next;
    if (row.last == index) row.last = before;
    transaction.next = kNoTransaction;
    transaction.waits = false;
}

void Locks::pass_on(Sku sku, std::vector<std::uint32_t>& granted) {
    Row& row = *rows_.find(sku.value);
    const std::uint32_t next = row.first;
    if (next == kNoTransaction) {
        rows_.erase(sku.value);
        return;
    }
    Transaction& transaction = transactions_[next];
    row.first = transaction.next;
    if (row.first == kNoTransaction) row.last = kNoTransaction;
    transaction.next = kNoTransaction;
    transaction.waits = false;
    ++transaction.taken;
    if (acquire(next)) granted.push_back(transaction.owner);
}

}  // namespace lastunit::sim
