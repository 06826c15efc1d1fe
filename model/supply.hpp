// How stock comes in again, and what becomes of what comes back.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/distribution.hpp"
#include "model/network.hpp"

namespace lastunit::model {

enum class Replenishment : std::uint8_t { none, base_stock };  // base_stock: each unit sold or shipped is re-ordered at once
struct Inbound {
    Replenishment policy = Replenishment::none;
    Distribution lead_time;
};

inline constexpr NodeId kSupplier{UINT16_MAX};

// A level in units, or as a share of the stock at the start.
struct StockLevel {
    Quantity units = -1;  // -1: by share
    double share = 1;
};

struct ReplenishmentRule {
    // base_stock: as soon as the position is below `up_to`; min_max: at or below `reorder_point`; periodic: the latter at reviews
    // only.
    enum class Policy : std::uint8_t { base_stock, min_max, periodic, never };
    std::vector<NodeId> nodes;
    std::vector<Sku> skus;  // empty = all
    Policy policy = Policy::base_stock;
    StockLevel up_to;
    StockLevel reorder_point;
    bool below_up_to = true;  // there is no reorder point: ordered whenever below `up_to`
    Duration review_every{0};
    Duration review_phase{0};
    bool random_phase = false;
    NodeId from = kSupplier;
    Distribution lead_time;  // of the supplier
};

struct ReturnsRule {
    enum class Then : std::uint8_t { here, forward, where_sold };
    std::vector<NodeId> nodes;
    NodeId parcels_to = kSupplier;  // where parcels of what these nodes sent go back to; kSupplier: the first warehouse
    Station inspect;
    double as_new = 1;       // probability per line
    double marked_down = 0;  // what is neither is written off
    double markdown = 0.5;   // share of the price that is lost
    Then then = Then::here;
    NodeId forward_to;
    Distribution forward_takes;  // where no truck goes
};

}  // namespace lastunit::model
