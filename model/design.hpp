// One complete choice of architecture: how each channel decides, and by which edges stock changes and sales travel.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/routing.hpp"
#include "core/types.hpp"
#include "model/distribution.hpp"

namespace lastunit::model {

// When and where a unit is reserved on the way to an accepted order.
enum class ReservationMode : std::uint8_t {
    none,              // track only: the channel decides on what it sees at the order's instant and tells the core afterwards
    check_then_act,    // reads when the checkout opens, commits after `window` without looking again
    atomic,            // the core checks and allocates in one command when the order is placed
    reserve_on_cart,   // the core holds at add-to-cart for `hold_ttl`; paying confirms the hold
    reserve_on_order,  // the core holds when the order is placed, for `hold_ttl`; the payment's answer confirms it
};
const char* name_of(ReservationMode mode);

enum class DecidesOn : std::uint8_t {
    view,   // the channel's own copy of the stock, as old as its last message
    core,   // the core's record, now
    shelf,  // the shopper sees the shelf: the truth at the store (pos)
};
const char* name_of(DecidesOn what);

// What becomes of an order whose hold ran out before it was paid.
enum class ExpiredHold : std::uint8_t {
    refuse,  // the cart is gone; the payment is returned
    retry,   // the core is asked once more, as `atomic` does
};

struct ChannelDesign {
    ReservationMode reservation = ReservationMode::none;
    DecidesOn decides_on = DecidesOn::view;
    Distribution window;   // check_then_act: read to commit
    Duration hold_ttl{0};  // reserve_on_*
    ExpiredHold expired_hold = ExpiredHold::refuse;
    Quantity buffer = 0;             // safety buffer: units the channel does not show, over its whole node set
    Quantity node_buffer = 0;        // the same per node
    bool deducts_own_sales = false;  // lowers its own view at once when it sells
    std::vector<NodeId> nodes;       // the stock it may sell; empty = all
};

enum class EdgeKind : std::uint8_t {
    push,      // every change travels at once
    poll,      // the consumer asks every `interval`; the answer is the state when the question reaches the source
    snapshot,  // the source sends its absolute state every `interval`; it overwrites whatever the consumer believed
    cache,     // the consumer asks when a copy older than `ttl` is read, and serves the old copy to nobody
};
const char* name_of(EdgeKind kind);

enum class Content : std::uint8_t {
    absolute,  // "7 left": overwrites
    delta,     // "one less": adds; the consumer's own sales are left out
};
const char* name_of(Content content);

inline constexpr std::uint8_t kCore = 255;  // the end of an edge that is the core, not a channel
inline constexpr std::uint16_t kNoHost = 65535;

// Towards a channel an edge carries stock changes (core -> view); from a channel, the channel's sales (channel -> core).
struct Edge {
    std::string name;
    std::uint8_t from = kCore;  // channel index or kCore
    std::uint8_t to = kCore;
    EdgeKind kind = EdgeKind::push;
    Content content = Content::absolute;
    Duration interval{0};         // poll, snapshot
    Duration phase{0};            // of the first poll or snapshot after the start
    bool random_phase = false;    // uniform in [0, interval), drawn per run
    Duration ttl{0};              // cache
    Distribution latency;         // added to whatever the infrastructure takes, per message
    double loss = 0;              // probability that a message never arrives
    std::vector<NodeId> nodes;    // whose stock or sales it carries; empty = all
    std::uint16_t via = kNoHost;  // broker host that every message passes: its cores are shared, its queue is real
    Duration service{0};          // CPU time on `via`, one core, per item of a message: one changed (node, SKU), or one order
    std::uint32_t bytes = 0;      // per item, for the links on the way
};

// Infrastructure that SimGrid simulates.
struct Host {
    std::string name;
    std::uint32_t cores = 1;
};
struct Link {
    std::string name;
    std::uint16_t a = 0, b = 0;  // hosts
    Duration latency{0};
    double bytes_per_second = 0;
};

struct Design {
    std::string name;
    core::RoutingPolicy routing = core::RoutingPolicy::nearest;
    std::uint32_t max_split = 4;          // nodes per order
    bool shared_carts = false;            // a switch of channel keeps the cart
    std::vector<ChannelDesign> channels;  // [channel]
    std::vector<Edge> edges;
    std::vector<Host> hosts;
    std::vector<Link> links;
    std::uint16_t core_host = kNoHost;  // where the core runs
    Duration core_service{0};           // CPU time on it, one core, per command; each order of a sales message is one
    std::uint32_t max_reroutes = 3;     // after a failed pick, before the order is cancelled
    Duration cancel_after{0};           // an order that found no node is retried until then, and cancelled
    Duration retry_every{0};            // how often
};

}  // namespace lastunit::model
