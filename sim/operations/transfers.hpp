// What moves between nodes: on trucks where one goes, else by itself. On its way a unit is at no node, in the truth as on record.
//
// Stock (replenishment, returns sent on) is moved in the ledger: transfer out, transfer in. A unit of an order that goes to the
// node where its parcel is gathered has left its own node for good, in the ledger too (`ship`): over there it is a tote for one
// order, and nobody's stock.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "sim/orders.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Transfers {
   public:
    struct Load {
        Sku sku;
        Quantity units = 0;
    };
    struct Trip {
        NodeId to;
        std::uint64_t id = 0;  // of the transfer in the ledger
        std::vector<Load> stock;
        std::vector<std::uint32_t> pieces;
    };

    explicit Transfers(World& world);
    void start();  // the trucks' schedule

    // Stock for the next trucks from there: as much of it as the source then has on record free, and on its shelf; the rest waits
    // for the next. A truck has to go.
    void request(NodeId from, NodeId to, Sku sku, Quantity units);
    // Inspected, and in quarantine at `from`. `otherwise`: how long it takes where no truck goes.
    void send_on(NodeId from, NodeId to, Sku sku, Quantity units, Duration otherwise);
    void send_piece(std::uint32_t piece);  // picked, and gathered elsewhere

    // The kernel's calls.
    void departs(std::uint32_t departure);
    void arrives(std::uint32_t trip);

    struct Figures {
        std::uint64_t units = 0;             // that left a node
        std::uint64_t trips = 0;             // of trucks
        std::uint64_t loaded = 0, room = 0;  // units, of trips with a limit
        std::uint64_t gathered = 0;          // parcels that waited for units from elsewhere
    };
    const Figures& figures() const { return figures_; }
    std::uint64_t sent(NodeId node) const { return sent_[node.value]; }
    std::uint64_t received(NodeId node) const { return received_[node.value]; }
    const Trip& trip(std::uint32_t index) const { return trips_[index]; }
    template <class Visit> void each_waiting(Visit visit) const {  // piece that waits for a truck
        for (const Lane& lane : lanes_)
            for (const std::uint32_t piece : lane.pieces) visit(piece);
    }
    void count_gathered() { ++figures_.gathered; }

   private:
    struct Lane {
        NodeId from, to;
        std::deque<std::uint32_t> pieces;
        std::deque<Load> asked, sent_on;
    };
    struct Departure {
        std::uint32_t truck = 0;
        Duration at{0};  // local time of day
    };

    Lane* lane(NodeId from, NodeId to);
    std::uint32_t open_trip(NodeId to);
    void go(const Lane& lane, const model::Truck& truck, Duration takes);
    Quantity load_pieces(Lane& lane, Trip& trip, Quantity room);
    Quantity load_stock(Lane& lane, Trip& trip, Quantity room);
    Quantity load_returns(Lane& lane, Trip& trip, Quantity room);
    Quantity take_off_shelf(NodeId from, Sku sku, Quantity wanted);
    void take_out_of_quarantine(NodeId from, Trip& trip, Sku sku, Quantity units);
    void take_piece(Trip& trip, std::uint32_t piece);
    bool first_from_there(const Piece& piece) const;
    Duration until(Duration time_of_day) const;

    World& world_;
    std::vector<Lane> lanes_;
    std::map<std::pair<NodeId, NodeId>, std::uint32_t> lane_of_;
    std::vector<std::vector<std::uint32_t>> lanes_of_;  // [truck]
    std::vector<Departure> departures_;
    Pool<Trip> trips_;
    std::uint64_t last_trip_ = 0;
    std::vector<std::uint64_t> sent_, received_;  // [node], units
    Figures figures_;
};

}  // namespace lastunit::sim
