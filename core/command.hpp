// A command of the ledger as data: what a journal keeps, a network carries and a replay applies again.
#pragma once

#include <cstdint>
#include <span>

#include "core/ledger.hpp"

namespace lastunit::core {

// The numbers are part of a remembered key's fingerprint and of the journal: new kinds go to the end.
enum class CommandKind : std::uint8_t {
    expect,
    receive,
    adjust,
    take_return,
    quarantine,
    unquarantine,
    transfer_out,
    transfer_in,
    hold,
    extend,
    release,
    confirm,
    allocate,
    deallocate,
    pick,
    ship,
    sell,
    set_safety,
    set_channel_allocation,
    dispose,
    advance,  // only time passes
};
inline constexpr unsigned kCommandKinds = static_cast<unsigned>(CommandKind::advance) + 1;
const char* name_of(CommandKind kind);

// A kind uses the fields that its function of the ledger takes; the others are left at their defaults.
struct Command {
    CommandKind kind = CommandKind::advance;
    Backorder backorder = Backorder::refuse;
    ReturnTo return_to = ReturnTo::shelf;
    TransferFrom transfer_from = TransferFrom::shelf;
    ChannelId channel{};
    NodeId node{};
    NodeId to{};  // transfer_out
    Sku sku{};
    Quantity quantity = 0;
    Key key{};
    std::uint64_t id = 0;     // hold or transfer
    std::uint64_t order = 0;  // also of pick and ship, with node, sku, quantity
    Duration ttl{0};
    std::span<const Line> lines{};  // of hold, allocate, deallocate; not owned
};

// `advance` is always applied.
Outcome apply(Ledger& ledger, SimTime now, const Command& command, Events& events);

}  // namespace lastunit::core
