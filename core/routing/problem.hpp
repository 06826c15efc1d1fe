// One routing question as the policies see it: the nodes in order of distance, and what bars each. Private to core/routing/*.cpp.
#pragma once

#include <algorithm>
#include <span>
#include <string>

#include "core/assert.hpp"
#include "core/routing/router.hpp"

namespace lastunit::core {

struct Router::Problem {
    Problem(const RouteRequest& asked, const Ledger& stock, const RoutingNetwork& where)
        : request(asked), ledger(stock), network(where), sends_parcels(by_parcel(asked.method)) {
        LASTUNIT_ASSERT(!sends_parcels || asked.zone.value < where.by_distance.size(),
                        "no zone " + std::to_string(asked.zone.value));
        LASTUNIT_ASSERT(sends_parcels || asked.place.value < where.nodes.size(), "no place " + std::to_string(asked.place.value));
    }

    // Nearest first; the place alone when nothing is sent.
    std::span<const NodeId> nodes() const {
        if (sends_parcels) return network.by_distance[request.zone.value];
        return {&request.place, 1};
    }

    // Why the node may not serve this order whatever its stock; `none` if it may.
    Rejection barred(NodeId node) const {
        const RouteNode& about = network.nodes[node.value];
        if (!sends_parcels && node != request.place) return Rejection::not_allowed;
        if (!request.only.empty() && !contains(request.only, node)) return Rejection::not_allowed;
        if (!request.excluded.empty() && contains(request.excluded, node)) return Rejection::excluded;
        if (sends_parcels && !about.ships) return Rejection::not_shipping;
        const bool hands_over = waits_in_store(request.method);
        if (hands_over && !about.hands_over) return Rejection::no_handover;
        if (!about.open) return Rejection::closed;
        return about.capacity_left > 0 ? Rejection::none : Rejection::no_capacity;
    }

    Quantity atp(NodeId node, Sku sku) const { return ledger.atp(node, sku, request.channel); }
    std::uint32_t km(NodeId node) const {
        return request.zone.value < network.km.size() ? network.km[request.zone.value][node.value] : 0;
    }
    // Nothing is paid per parcel where none is sent.
    Money parcel_cost(NodeId node) const {
        return sends_parcels ? network.nodes[node.value].fixed_cost + network.cost_per_km * km(node) : 0;
    }

    static bool contains(std::span<const NodeId> nodes, NodeId node) {
        return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
    }

    const RouteRequest& request;
    const Ledger& ledger;
    const RoutingNetwork& network;
    bool sends_parcels;
};

// Pieces are few: a scan beats any set.
inline bool first_of_its_node(std::span<const CoverPiece> pieces, std::size_t i) {
    return std::none_of(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const CoverPiece& piece) { return piece.node == pieces[i].node; });
}
inline std::uint32_t count_nodes(std::span<const CoverPiece> pieces) {
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) count += first_of_its_node(pieces, i) ? 1U : 0U;
    return count;
}

}  // namespace lastunit::core
