// A small network to route orders in: zone 0 (and 1, mirrored), four nodes at 5, 10, 20 and 40 km, one parcel per km. Node 2 is
// cheap, node 3 has everything.
#pragma once

#include <string>
#include <vector>

#include "core/routing/router.hpp"
#include "tests/core/fixture.hpp"

namespace lastunit::core::testing {

struct RoutingWorld {
    RoutingWorld() {
        network.nodes.assign(4, RouteNode{.hands_over = true, .capacity_left = 9, .fixed_cost = 1000, .unit_cost = 10});
        network.nodes[2].fixed_cost = 100;
        network.km = {{5, 10, 20, 40}, {40, 20, 10, 5}};
        network.cost_per_km = 1;
        network.sort_by_distance();
        stock(0, 0, 1);
        stock(1, 0, 2);
        stock(1, 1, 1);
        stock(2, 0, 1);
        stock(2, 1, 1);
        stock(3, 0, 4);
        stock(3, 1, 4);
        stock(3, 2, 2);
        stock(0, 2, 1);
    }
    void stock(std::uint16_t node, std::uint32_t sku, Quantity units) {
        ledger.receive(kNoKey, SimTime{0}, NodeId(node), Sku(sku), units, events);
    }
    void count(std::uint16_t node, std::uint32_t sku, Quantity units) {
        ledger.adjust(kNoKey, SimTime{0}, NodeId(node), Sku(sku), units, events);
    }
    const Plan& plan(Router router, std::vector<OrderLine> lines) {
        wanted = std::move(lines);
        request.lines = wanted;
        router.plan(request, ledger, network, result, &why);
        return result;
    }
    const Plan& plan(RoutingPolicy policy, std::vector<OrderLine> lines) { return plan(Router(policy), std::move(lines)); }
    const Plan& plan(const Rules& rules, std::vector<OrderLine> lines) { return plan(Router(rules), std::move(lines)); }
    // Nodes in the order of the plan's lines.
    std::vector<int> nodes() const {
        std::vector<int> all;
        for (const PlanLine& line : result.lines) all.push_back(line.node.value);
        return all;
    }
    std::vector<Rejection> reasons() const {
        std::vector<Rejection> all;
        for (const auto& row : why.rows) all.push_back(row.reason);
        return all;
    }
    std::string outcome() const { return name_of(result.outcome); }

    Ledger ledger{LedgerConfig{.nodes = 4, .skus = 3, .channels = 2}};
    Events events;
    RoutingNetwork network;
    RouteRequest request;
    std::vector<OrderLine> wanted;
    Plan result;
    Explanation why;
};

inline const OrderLine kOneA{Sku(0), 1};
inline const OrderLine kOneB{Sku(1), 1};
inline const OrderLine kOneC{Sku(2), 1};

}  // namespace lastunit::core::testing
