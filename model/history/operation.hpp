// One operation of a recorded history, as a load generator saw it: what was asked, what was answered, and when.
#pragma once

#include <cstdint>
#include <span>

#include "core/ledger.hpp"
#include "core/types.hpp"

namespace lastunit::model {

// In the order of HistoryKind (model/history.proto).
enum class OperationKind : std::uint8_t {
    hold,
    extend,
    release,
    confirm,  // hold -> order
    allocate,
    deallocate,
    sell,  // the unit is in the shopper's hand
    receive,
    take_return,
    adjust,  // a count: on_hand becomes the line's quantity
    read,    // availability
};
inline constexpr std::uint8_t kOperationKinds = 11;

// In the order of HistoryAnswer. Refused: everything from out_of_stock on.
enum class OperationAnswer : std::uint8_t {
    applied,
    unknown,  // no answer, or none that says which: it may have taken effect, may still, or never will
    out_of_stock,
    unknown_hold,
    hold_expired,
    hold_ended,
    hold_exists,
    unknown_order,
    key_reused,
    overloaded,  // refused before it was executed: the same key may be sent again
    invalid,
    other_refusal,
};
inline constexpr std::uint8_t kOperationAnswers = 12;

const char* name_of(OperationKind kind);
const char* name_of(OperationAnswer answer);
inline bool is_refusal(OperationAnswer answer) { return answer >= OperationAnswer::out_of_stock; }

// Each attempt is an operation of its own; attempts of one intended change share the key.
struct Operation {
    std::uint32_t process = 0;  // whoever sends one operation after the other: a connection, a shopper
    ChannelId channel = kNoChannel;
    OperationKind kind{};
    OperationAnswer answer = OperationAnswer::unknown;
    core::Key key;                          // {0, 0}: none
    SimTime intended;                       // when the schedule wanted it sent
    SimTime invoked;                        // when it was sent
    SimTime completed = kNever;             // when the answer was there; kNever: none came
    std::uint64_t reference = 0;            // hold, extend, release, confirm: the hold; allocate, deallocate: the order
    std::uint64_t order = 0;                // confirm alone
    Duration ttl{0};                        // hold and extend
    std::span<const core::Line> lines;      // none for extend, release and confirm: the hold's
    std::span<const Quantity> available{};  // the answer of a read, one per line
};

}  // namespace lastunit::model
