// Warehouses and stores at work: the way of every allocated parcel, from the request to a node until it leaves. It is picked
// (line by line), packed and dispatched at `Stations`, then travels to the door (`Carriage`) or waits in the store to be fetched.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/histogram.hpp"
#include "sim/operations/parcel.hpp"
#include "sim/orders.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct NodeFigures {
    std::uint64_t sent = 0, sent_km = 0;  // parcels that left, and how far
    std::uint64_t parcels = 0, shipped = 0, handed_over = 0, sold_at_till = 0, failed_picks = 0, oversold = 0;
    std::array<model::Histogram, 3> wait;  // by StationKind
    model::Histogram sojourn;
    // Person-seconds of its team and of the workers that stations have of their own, in the measured part of the run; staffed_s:
    // see Teams::close. After the horizon: at work on what was left.
    double staffed_s = 0, busy_s = 0, overtime_s = 0, worked_off_s = 0;
    double own_overtime_s = 0, own_worked_off_s = 0;  // of the latter two: of stations' own workers
    double pick_busy_s = 0;

    void worked(const World::Parts& parts) {
        busy_s += parts.measured.seconds();
        worked_off_s += parts.after.seconds();
    }
    std::uint64_t served = 0, walked_out = 0, walked_out_units = 0;  // shoppers at till and counter; at the till
    model::Histogram serve_wait;
    std::uint64_t backlog_peak = 0;  // order lines
};

class Operations {
   public:
    explicit Operations(World& world);

    // A parcel in three calls: open it, add the pieces, begin.
    std::uint32_t open_parcel(std::uint32_t order, NodeId node);
    void add(std::uint32_t parcel, std::uint32_t piece);
    void begin(std::uint32_t parcel);
    bool untouched(std::uint32_t parcel) const;            // nobody has begun to work on it
    void withdraw(std::uint32_t parcel);                   // an untouched one is gone, its pieces wait no longer
    void join(std::uint32_t parcel, std::uint32_t piece);  // a piece cut off one of a parcel that has begun, and is not picked

    void sold_at_till(NodeId node, Quantity units, Quantity oversold) {
        figures_[node.value].sold_at_till += static_cast<std::uint64_t>(units);
        figures_[node.value].oversold += static_cast<std::uint64_t>(oversold);
    }

    // Stations report.
    void refused(std::uint32_t parcel);                                    // its people have looked at the request, and say no
    void touch(std::uint32_t parcel) { parcels_[parcel].touched = true; }  // somebody begins to pick
    void pick_over(std::uint32_t piece);
    void piece_there(std::uint32_t piece);  // it was picked at another node, and has come to its parcel's
    void leave_out(std::uint32_t piece);    // cancelled before anybody picked it
    void packed(std::uint32_t parcel);
    void dispatched(std::uint32_t parcel);

    // Carriage reports.
    void left(std::uint32_t parcel);                                 // the node
    void at_door(std::uint32_t parcel);                              // received
    void gone(std::uint32_t parcel) { parcels_.give_back(parcel); }  // fetched from a locker, or on its way back

    void handed_over(std::uint32_t parcel);    // the team reports: its shopper has it
    void back_on_shelf(std::uint32_t parcel);  // ... nobody fetched it
    void collect(std::uint32_t parcel);        // the shopper is there, or will never come

    Parcel& parcel(std::uint32_t index) { return parcels_[index]; }
    const Parcel& parcel(std::uint32_t index) const { return parcels_[index]; }
    NodeFigures& figures(NodeId node) { return figures_[node.value]; }
    const NodeFigures& figures(NodeId node) const { return figures_[node.value]; }

   private:
    bool refuses(const Parcel& parcel) const;
    void piece_settled(std::uint32_t parcel);
    void ready(std::uint32_t parcel);
    void add_costs(const Parcel& parcel);  // but for a carrier's: see Docks

    World& world_;
    Pool<Parcel> parcels_;
    std::vector<NodeFigures> figures_;
};

}  // namespace lastunit::sim
