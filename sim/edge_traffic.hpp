// What travels over an edge, and what is in its way.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/types.hpp"

namespace lastunit::sim {

inline constexpr std::uint8_t kNoEdge = 255;

struct EdgeItem {
    std::uint32_t cell = 0;     // SKU-major index; sales edges: the order
    Quantity value = 0;         // absolute ATP or signed change
    Quantity acknowledged = 0;  // absolute: of the channel's own sales here, units that the core had heard of when it told this
    SimTime since;              // when the source changed
};

struct EdgeMessage {
    std::uint8_t edge = 0;
    std::uint8_t stage = 0;
    bool copy = false;           // came twice
    std::uint16_t sendings = 0;  // the first included
    std::uint16_t epoch = 0;     // of its edge, when it was last sent
    std::uint64_t number = 0;    // on its edge, from 1
    std::uint64_t draw = 0;      // keys its random draws: edge and number, or edge and order
    SimTime sent;                // first
    SimTime stamp;               // the same by the sender's clock
    std::vector<EdgeItem> items;
};

// What waits at one edge. Empty and idle unless the design or a fault asks for it.
struct EdgeGate {
    std::uint32_t cuts = 0;               // faults that let nothing through
    std::uint16_t epoch = 0;              // counts their beginnings: what was under way then has failed
    std::uint32_t stuck = 0;              // faults of the consumer
    std::deque<std::uint32_t> unapplied;  // arrived at a stuck consumer

    std::deque<std::uint32_t> unsent;  // wait for the rate limit
    SimTime next_sending;
    bool sending_timed = false;

    std::uint32_t batch = 0;  // number of the batch that is being filled
    bool batch_timed = false;
};

// What an edge will do later.
struct EdgeTimer {
    enum class What : std::uint8_t { send_batch, send_next, send_again, deliver_copy };
    What what{};
    std::uint8_t edge = 0;
    std::uint32_t subject = 0;  // send_batch: number of the batch; send_again, deliver_copy: message
};

// A channel's own sales in one cell of its view.
struct OwnSales {
    Quantity deducted = 0;      // units by which the channel has lowered its view, ever
    Quantity acknowledged = 0;  // of these, units that the core has heard of
    Quantity overwritten = 0;   // `deducted` when a message last overwrote sales that it did not know of
};

}  // namespace lastunit::sim
