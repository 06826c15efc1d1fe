// How long each operation takes a back end when nothing else is asked of it, and how much of its time one takes when it has as
// much as it can do: what the simulator needs to foretell a live run.
//
// The back end must have been prepared with this stock and serve nobody else meanwhile. Everything is given back: what is held
// is released or confirmed, what is allocated deallocated, what is sold received again, so that the stock is as before. Keys,
// ended holds and counters remain, and where an answer stayed unknown some units may: before a run that is audited, prepare() has
// to follow. Hot SKUs are not measured here: operations go round all cells that have units.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/driver.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers {

struct LowLoadOptions {
    std::uint64_t client = 0;            // as DispatcherOptions::client; not 0
    std::uint32_t samples = 200;         // of each kind, one at a time
    std::uint32_t warm_up = 20;          // of each kind before them, not counted
    std::uint32_t outstanding = 64;      // at saturation
    std::uint32_t at_saturation = 2000;  // operations of each kind; 0: `busy_ms` is not measured
    Duration at_most = seconds(60);      // in all: a slow back end gets fewer samples, never fewer than one
};

struct LowLoad {
    // In the order of the core's commands: receive, hold, extend, release, confirm, allocate, deallocate, sell; those that the
    // back end has.
    std::vector<model::CalibratedOperation> operations;
    std::uint64_t failed = 0;   // operations that were not applied; their times are not counted
    std::string first_failure;  // "hold: out_of_stock"
};

// Throws DriverError where the back end is not there, or the stock is empty.
LowLoad measure_low_load(Driver& driver, const InitialStock& stock, const LowLoadOptions& options);

}  // namespace lastunit::drivers
