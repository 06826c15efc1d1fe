// One routing question as the policies see it: the nodes in order of distance, what bars each, what it has and costs. Private to
// core/routing/*.cpp.
#pragma once

#include <algorithm>
#include <span>
#include <string>

#include "core/assert.hpp"
#include "core/routing/router.hpp"

namespace lastunit::core {

struct Router::Problem {
    static constexpr NodeId kNobody{UINT16_MAX};

    Problem(const RouteRequest& asked, const Ledger& stock, const RoutingNetwork& where)
        : request(asked), ledger(stock), network(where), sends_parcels(by_parcel(asked.method)), max_nodes(asked.max_nodes) {
        LASTUNIT_ASSERT(!sends_parcels || asked.zone.value < where.by_distance.size(),
                        "no zone " + std::to_string(asked.zone.value));
        LASTUNIT_ASSERT(sends_parcels || asked.place.value < where.nodes.size(), "no place " + std::to_string(asked.place.value));
        const auto& tariffs = asked.method == Method::locker ? where.to_locker : where.to_door;
        if (sends_parcels && !tariffs.empty()) tariff = tariffs[asked.zone.value].data();
        protects = !where.protection.empty() && asked.method != Method::carry_out;
    }

    // Nearest first; the place alone when nothing is sent.
    std::span<const NodeId> nodes() const {
        if (sends_parcels) return network.by_distance[request.zone.value];
        return {&request.place, 1};
    }

    // Why the node may not serve this order whatever its stock; `none` if it may.
    Rejection barred(NodeId node) const {
        if (!sends_parcels && node != request.place) return Rejection::not_allowed;
        if (!request.only.empty() && !contains(request.only, node)) return Rejection::not_allowed;
        return barred_though_allowed(node);
    }
    Rejection barred_though_allowed(NodeId node) const {
        const RouteNode& about = network.nodes[node.value];
        if (!request.excluded.empty() && contains(request.excluded, node)) return Rejection::excluded;
        if (node == without) return Rejection::excluded;
        if (sends_parcels && !about.ships) return Rejection::not_shipping;
        if (tariff != nullptr && tariff[node.value].parcel == kNotSent) return Rejection::out_of_reach;
        const bool hands_over = waits_in_store(request.method);
        if (hands_over && !about.hands_over) return Rejection::no_handover;
        if (!about.open) return Rejection::closed;
        if (about.capacity_left <= 0) return Rejection::no_capacity;
        return spills(node) && about.spillover_left <= 0 ? Rejection::spillover : Rejection::none;
    }
    // The order comes to it from another node's zone.
    bool spills(NodeId node) const { return sends_parcels && !network.home.empty() && network.home[request.zone.value] != node; }
    // Order lines that it accepts of this order.
    Quantity room(NodeId node) const {
        const RouteNode& about = network.nodes[node.value];
        return spills(node) ? std::min(about.capacity_left, about.spillover_left) : about.capacity_left;
    }

    // What this question may take: without what is kept for walk-in shoppers.
    Quantity atp(NodeId node, Sku sku) const {
        const Quantity here = ledger.atp(node, sku, request.channel);
        return protects && !takes_protected() ? std::max(0, here - kept(node, sku)) : here;
    }
    Quantity kept(NodeId node, Sku sku) const {
        return protects ? network.protection.units(node, network.class_of(sku), request.time_of_day) : 0;
    }
    bool takes_protected() const { return pass == Pass::second && network.protection.strength == Strength::soft; }

    std::uint32_t km(NodeId node) const {
        return request.zone.value < network.km.size() ? network.km[request.zone.value][node.value] : 0;
    }
    // Nothing is paid per parcel where none is sent.
    Money parcel_cost(NodeId node) const {
        return sends_parcels ? network.nodes[node.value].fixed_cost + distance_cost(node) : 0;
    }
    Money distance_cost(NodeId node) const {
        if (tariff != nullptr) return tariff[node.value].parcel;
        return sends_parcels ? network.cost_per_km * km(node) : 0;
    }
    // Of sending one unit, for its mass.
    Money sending_cost(NodeId node, Sku sku) const {
        if (tariff == nullptr || network.grams.empty()) return 0;
        return mass_cost(tariff[node.value].per_kg, network.grams[sku.value]);
    }
    bool weighs() const { return tariff != nullptr && !network.grams.empty(); }
    Money unit_cost(NodeId node) const {
        const Money sending = sends_parcels && !network.zone_cost.empty() ? network.zone_cost[request.zone.value][node.value] : 0;
        return network.nodes[node.value].unit_cost + sending;
    }
    Money price(NodeId node, Sku sku) const { return network.stock.prices.empty() ? 0 : network.stock.prices[cell(node, sku)]; }
    std::size_t cell(NodeId node, Sku sku) const { return std::size_t{sku.value} * network.nodes.size() + node.value; }

    static bool contains(std::span<const NodeId> nodes, NodeId node) {
        return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
    }

    const RouteRequest& request;
    const Ledger& ledger;
    const RoutingNetwork& network;
    bool sends_parcels;
    const Sending* tariff = nullptr;  // [node], to where this order goes
    bool protects = false;
    Pass pass = Pass::first;
    std::uint32_t max_nodes;
    NodeId without = kNobody;  // left out as well: by the search for the runner-up
};

// Pieces are few: a scan beats any set.
inline bool first_of_its_node(std::span<const Piece> pieces, std::size_t i) {
    return std::none_of(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const Piece& piece) { return piece.node == pieces[i].node; });
}
inline std::uint32_t count_nodes(std::span<const Piece> pieces) {
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) count += first_of_its_node(pieces, i) ? 1U : 0U;
    return count;
}

}  // namespace lastunit::core
