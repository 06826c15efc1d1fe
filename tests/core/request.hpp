// A ledger command that owns its lines and has its time, so that tables and random sequences can be written, kept and applied
// again.
#pragma once

#include <string>
#include <vector>

#include "core/command.hpp"

namespace lastunit::core::testing {

using Do = CommandKind;
inline constexpr int kKinds = 20;  // those before `advance`: time passes with every command

struct Request {
    Do what{};
    Key key{};
    SimTime now{};
    NodeId node{};
    NodeId to{};
    Sku sku{};
    ChannelId channel{};
    Quantity quantity = 0;
    std::uint64_t id = 0;  // hold or transfer
    std::uint64_t order = 0;
    Duration ttl{0};
    std::vector<Line> lines{};
    Backorder backorder = Backorder::refuse;
    ReturnTo return_to = ReturnTo::shelf;
    TransferFrom transfer_from = TransferFrom::shelf;
};

// Same command and same arguments, whatever the time.
bool same_intent(const Request& a, const Request& b);
Outcome apply(Ledger& ledger, const Request& request, Events& events);
std::string describe(const Request& request);

}  // namespace lastunit::core::testing
