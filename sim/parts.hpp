// The parts of one run, joined: each knows the others through the world. Who runs what when is the main loop's (simulation.cpp).
#pragma once

#include "sim/accuracy.hpp"
#include "sim/causes.hpp"
#include "sim/channels.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/costs.hpp"
#include "sim/counts.hpp"
#include "sim/desks.hpp"
#include "sim/edges.hpp"
#include "sim/faults.hpp"
#include "sim/operations/carriage.hpp"
#include "sim/operations/inspection.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/replenishment.hpp"
#include "sim/operations/returns.hpp"
#include "sim/operations/stations.hpp"
#include "sim/operations/stock_figures.hpp"
#include "sim/operations/supply.hpp"
#include "sim/operations/teams.hpp"
#include "sim/operations/transfers.hpp"
#include "sim/operations/waves.hpp"
#include "sim/orders.hpp"
#include "sim/payments.hpp"
#include "sim/pools.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"
#include "sim/walk_ins.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct Parts {
    Parts(const model::Scenario& scenario, std::uint64_t seed, Probe* probe);
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    void handle(const PendingEvent& event);  // every kind but `measure` and `sample`, which are the main loop's
    // What the infrastructure has finished becomes events. At the time of the next pending event. False: nothing was.
    bool advance_infrastructure(SimTime until);

    World world;
    Faults faults;
    Causes causes;
    RecordError record_error;
    Accuracy accuracy;
    Counts counts;
    Recorder recorder;
    Costs costs;
    WalkIns walk_ins;
    CoreSystem core;
    Edges edges;
    Channels channels;
    Orders orders;
    Payments payments;
    Operations operations;
    Stations stations;
    Teams teams;
    Waves waves;
    Carriage carriage;
    Supply supply;
    Returns returns;
    Inspection inspection;
    Transfers transfers;
    Replenishment replenishment;
    StockFigures stock_figures;
    Pools pools;
    Commits commits;
    Desks desks;
    Shoppers shoppers;

   private:
    void resume(std::uint32_t ticket);
};

}  // namespace lastunit::sim
