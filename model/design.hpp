// One complete choice of architecture: how each channel decides, and by which edges stock changes and sales travel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/routing/policy.hpp"
#include "core/routing/protection.hpp"
#include "core/routing/rounding.hpp"
#include "core/routing/rules.hpp"
#include "core/routing/split_policy.hpp"
#include "core/types.hpp"
#include "model/distribution.hpp"

namespace lastunit::model {

// Where the decision to sell is made, and what stands behind it. See scenarios/scenario.proto for each.
enum class ReservationMode : std::uint8_t {
    none,                // track only: the channel decides on what it sees at the order's instant and tells the core afterwards
    check_then_act,      // reads when the checkout opens, commits after `window` without looking again
    ledger,              // the core plans and allocates all lines in one command when the order is placed
    reserve_on_cart,     // the core holds at add-to-cart for `hold_ttl`; paying confirms the hold
    reserve_on_order,    // the core holds when the order is placed, for `hold_ttl`; the payment's answer confirms it
    reserve_on_payment,  // the core is first asked when the payment has succeeded
    optimistic,          // reads when the checkout opens; refused and tried again if the record changed before the commit
    row_lock,            // waits for the SKUs' rows, keeps them for `lock_time`
    atomic_decrement,    // one counter per SKU over the channel's nodes; the sending node is decided later
    escrow,              // the channel's own quota of the SKU; the core hears of it later
    read_modify_write,   // writes back what it read, less the order: the last write wins
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
    retry,   // the core is asked once more, as `ledger` does
    accept,  // it is paid: accepted without looking
};

enum class OnDecline : std::uint8_t { release, keep };                  // the hold of a declined payment
enum class OtherDevice : std::uint8_t { blocks, takes_over, ignored };  // a hold of the same shopper in another session
enum class LockOrder : std::uint8_t { sorted, as_listed };
enum class OnLocked : std::uint8_t { wait, skip };

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
    std::vector<NodeId> shows;       // the stock it counts when it shows availability; empty = what it may sell
    bool extends_holds = false;      // every step of the shopper renews the hold's ttl
    OnDecline on_decline = OnDecline::release;
    OtherDevice other_device = OtherDevice::blocks;
    // row_lock
    Distribution lock_time;  // a transaction keeps its rows
    Duration lock_timeout = seconds(30);
    LockOrder lock_order = LockOrder::sorted;
    OnLocked on_locked = OnLocked::wait;
    std::uint32_t hot_skus = 0;  // the most popular: sold without lock, on the record, told over the sales edge
    // optimistic
    std::uint32_t attempts = 3;
    Distribution retry_after;
};

// When an order exists, and how the shop learns that it was paid.
struct Payment {
    enum class Flow : std::uint8_t { pay_first, order_first };
    Flow flow = Flow::pay_first;
    Distribution webhook;     // the provider's answer until the shop hears of it
    double webhook_lost = 0;  // probability
    double webhook_repeated = 0;
    Distribution repeated_after;
    bool idempotent = true;  // false: a repeated webhook books the sale once more
    Duration ask_every{0};   // asks the provider about unpaid orders; 0 = never
    Duration cancel_unpaid_after = hours(1);
    bool refunds = true;  // false: who paid and got no order stays charged
};

// Quotas per (channel, SKU) of the channels that reserve by escrow.
struct Pools {
    std::vector<double> shares;   // [channel]; 0 for channels without a quota; the others sum to one
    Duration rebalance_every{0};  // 0 = never
    Duration rebalance_phase{0};
    bool random_phase = false;
    std::uint32_t refill_below = 0;  // 0 = never
    Distribution refill_time;
};

// How carefully the systems keep the books: every default is sound, every other value a published failure.
struct Bookkeeping {
    enum class CheckLines : std::uint8_t { summed, each };
    enum class Netting : std::uint8_t { per_node, over_nodes };
    enum class Shows : std::uint8_t { atp, on_hand };
    enum class CancelRestocks : std::uint8_t { exactly, first_node, twice, todays_nodes };
    enum class Reroute : std::uint8_t { moves_allocation, keeps_allocation };
    enum class ShortPick : std::uint8_t { releases_once, releases_twice };
    enum class Split : std::uint8_t { tracks_parcels, first_parcel_closes };
    enum class PickNeeds : std::uint8_t { allocation, atp_left };
    CheckLines check_lines = CheckLines::summed;
    Netting netting = Netting::per_node;
    Shows shows = Shows::atp;
    CancelRestocks cancel_restocks = CancelRestocks::exactly;
    Reroute reroute = Reroute::moves_allocation;
    ShortPick short_pick = ShortPick::releases_once;
    Split split = Split::tracks_parcels;
    PickNeeds pick_needs = PickNeeds::allocation;
};

enum class Holds : std::uint8_t { journaled, in_memory };   // through a crash of the core
enum class CutOff : std::uint8_t { refuse, sell_on_view };  // a channel that cannot reach the core

enum class EdgeKind : std::uint8_t {
    push,      // every change travels at once
    poll,      // the consumer asks every `interval`; the answer is the state when the question reaches the source
    snapshot,  // the source sends its absolute state every `interval`; it overwrites whatever the consumer believed
    cache,     // the consumer asks when a copy older than `ttl` is read, and serves the old copy only while nobody answers
};
const char* name_of(EdgeKind kind);

enum class Content : std::uint8_t {
    absolute,  // "7 left": overwrites
    delta,     // "one less": adds; the consumer's own sales are left out
};
const char* name_of(Content content);

enum class Ordering : std::uint8_t {
    in_order,      // per (node, SKU): a slow message does not undo a newer one
    as_arrived,    // it does
    newest_stamp,  // the one with the newest stamp of its sender's clock stays
};

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
    double duplicated = 0;        // probability that a message arrives twice
    Distribution duplicated_after;
    Ordering ordering = Ordering::in_order;
    Duration batch_every{0};               // push: items wait for each other up to this long; 0 = sent at once
    std::uint32_t batch_size = 0;          // ... or until there are so many; also the most items of a message; 0 = no limit
    double rate_limit = 0;                 // messages per second that may be sent; the others queue; 0 = no limit
    std::uint32_t attempts = 1;            // sendings of a message in all
    Duration retry_after = seconds(1);     // before the second; doubles each time
    Duration dead_letter_resent_after{0};  // what failed for good is sent again; 0 = dropped
    bool watermark = false;                // absolute messages tell which of the channel's own sales they count
};

// Infrastructure that SimGrid simulates.
inline constexpr std::uint32_t kThreadsPerCore = 16;  // as servers' worker pools usually are (assumption)
struct Host {
    std::string name;
    std::uint32_t cores = 1;
    std::uint32_t threads = kThreadsPerCore;  // steps it works on at once, sharing its cores; the others queue, first come first
                                              // served. The loader's default is so many per core
};
struct Link {
    std::string name;
    std::uint16_t a = 0, b = 0;  // hosts
    Duration latency{0};
    double bytes_per_second = 0;
};

enum class PickupFromElsewhere : std::uint8_t { never, transfer };

// How least-cost routing looks ahead: what it takes a unit of stock to be worth to later orders.
enum class Foresight : std::uint8_t {
    none,
    primal_dual,  // prices from the stock that is left
    bid_price,    // the duals of a linear program over the demand that is left
    rounded,      // the program's own plan, drawn order by order
};

struct Prices {
    Foresight foresight = Foresight::none;
    core::Rounding rounding = core::Rounding::independent;
    std::optional<Money> value;  // primal_dual: absent = derived from the network
    Duration every = hours(1);   // between two solves
    std::uint32_t skus = 500;    // in the program
    std::uint32_t samples = 4;   // draws of the demand per solve; 0 = its expectation
    bool learns = true;          // corrects the forecast by what was seen
    double spill = 0;            // rounded: share of an order's units that may come from elsewhere than drawn
};

struct Design {
    std::string name;
    core::RoutingPolicy routing = core::RoutingPolicy::nearest;
    core::Rules rules;                              // of `routing: rules`
    core::Protection protection;                    // units kept for walk-in shoppers; classes are the catalogue's size classes
    std::optional<core::SplitPolicy> split_policy;  // of orders that one node cannot serve; none = they are split
    Prices prices;
    Duration reoptimise_every{0};         // 0 = never
    Money reoptimise_gain = 0;            // least saving that moves an order
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
    bool pickup_becomes_ship = false;   // a pick-up that its store cannot fulfil is sent from elsewhere
    PickupFromElsewhere pickup_from_elsewhere = PickupFromElsewhere::never;
    Distribution pickup_transfer;          // where no truck goes
    Duration pickup_transfer_promise{-1};  // accepted until ready; below 0: run.ready_promise
    Payment payment;
    Pools pools;
    Bookkeeping bookkeeping;
    Holds holds = Holds::journaled;
    CutOff cut_off = CutOff::refuse;
    // Paid whether or not anybody orders: licences, hosting, people who run the integration.
    struct RunningCost {
        std::string name;
        Money per_year = 0;
    };
    std::vector<RunningCost> running_costs;
};

}  // namespace lastunit::model
