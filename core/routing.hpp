// Order routing: which node(s) fulfil an order. Pure: reads the ledger, changes nothing; the caller allocates what was planned.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/cover.hpp"
#include "core/ledger.hpp"
#include "core/types.hpp"

namespace lastunit::core {

enum class RoutingPolicy : std::uint8_t {
    nearest,   // each line from the nearest node that has it whole; splits as it comes; beyond the split limit, as fewest_splits
    cheapest,  // least sum of shipment fixed cost + distance and unit cost, exact over small sets, greedy beyond
    fewest_splits,  // fewest nodes; among those, the cheapest
};
const char* name_of(RoutingPolicy policy);

enum class Method : std::uint8_t { ship, pickup, locker, carry_out, reserve_in_store };
const char* name_of(Method method);
constexpr bool by_parcel(Method method) { return method == Method::ship || method == Method::locker; }
constexpr bool waits_in_store(Method method) { return method == Method::pickup || method == Method::reserve_in_store; }

// What routing needs to know of a node.
struct RouteNode {
    bool ships = true;           // may send parcels
    bool hands_over = false;     // may serve pick-up
    bool open = true;            // now
    Quantity capacity_left = 0;  // order lines it still accepts today (lines of one SKU in one order count once)
    Money fixed_cost = 0;        // per parcel that leaves it
    Money unit_cost = 0;         // per unit handled
};

// The network as routing sees it; the caller keeps `nodes[i].open` and `capacity_left` up to date.
struct RoutingNetwork {
    std::vector<RouteNode> nodes;
    Money cost_per_km = 0;                         // per parcel and kilometre
    std::vector<std::vector<std::uint32_t>> km;    // [zone][node], great-circle kilometres
    std::vector<std::vector<NodeId>> by_distance;  // [zone]: nodes, nearest first; ties by node index

    // Fills `by_distance` from `km`.
    void sort_by_distance();
};

struct OrderLine {
    Sku sku;
    Quantity quantity = 0;
};

struct RouteRequest {
    std::span<const OrderLine> lines;  // the same SKU may stand on two lines: they are checked together
    ZoneId zone;                       // destination
    Method method = Method::ship;
    NodeId place;  // the store, for pickup and reserve_in_store
    ChannelId channel;
    std::span<const NodeId> excluded;  // nodes that already failed this order
    std::uint32_t max_nodes = 4;       // split limit
    std::span<const NodeId> only;      // when not empty: the channel may use these nodes alone
};

enum class Rejection : std::uint8_t {
    none,
    not_allowed,
    excluded,
    not_shipping,
    no_handover,
    closed,
    no_capacity,
    no_stock,
    costlier,
    split_limit
};
const char* name_of(Rejection reason);

struct PlanLine {
    std::uint32_t line = 0;  // index into the request
    NodeId node;
    Quantity quantity = 0;
};

enum class PlanOutcome : std::uint8_t { planned, out_of_stock, split_limit, no_node };
const char* name_of(PlanOutcome outcome);

struct Plan {
    PlanOutcome outcome = PlanOutcome::out_of_stock;
    std::vector<PlanLine> lines;  // covers the request exactly when planned, empty otherwise
    std::uint32_t nodes = 0;      // parcels
    Money cost = 0;
};

// One row per node of the network, filled only when asked for: why it is not in the plan (or `none` if it is).
struct Explanation {
    struct Row {
        NodeId node;
        Rejection reason = Rejection::none;
        std::uint32_t km = 0;
        Quantity available = 0;  // units of the request it could give
        Money cost = 0;          // of serving all it could give
    };
    std::vector<Row> rows;
    std::string text() const;
};

class Router {
   public:
    explicit Router(RoutingPolicy policy) : policy_(policy) {}

    // `plan` is reused storage: no allocation per decision after warm-up. `explain` may be null.
    void plan(const RouteRequest&, const Ledger&, const RoutingNetwork&, Plan& plan, Explanation* explain = nullptr);

    RoutingPolicy policy() const { return policy_; }

   private:
    struct Problem;  // the arguments of one call

    void collect_demands(const Problem&);
    bool plan_nearest(const Problem&);
    bool take_whole_nearest(const Problem&, std::uint32_t demand);
    bool take_split_nearest(const Problem&, std::uint32_t demand);
    bool plan_by_search(const Problem&, CoverGoal);
    bool has_room(const Problem&, NodeId) const;
    void fill_plan(const Problem&, Plan&);
    PlanOutcome refusal(const Problem&) const;
    void explain(const Problem&, const Plan&, Explanation&) const;
    Rejection reason_by_stock(const Plan&, const Explanation::Row&, bool some_line_whole) const;

    RoutingPolicy policy_;
    // Scratch. A demand is all lines of one SKU.
    std::vector<Sku> skus_;            // per demand
    std::vector<Quantity> wanted_;     // per demand, units
    std::vector<Quantity> available_;  // per demand, of one node
    std::vector<Quantity> left_;       // per line, units not yet planned
    std::vector<CoverPiece> pieces_;   // the plan so far
    CoverSearch search_;
};

}  // namespace lastunit::core
