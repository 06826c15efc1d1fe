// What the simulator foretells of a live run: the same shoppers in virtual time, with service times measured at low load.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/run_record.pb.h"
#include "model/scenario.hpp"

namespace lastunit::cli {

// How a design names the back end that was measured.
inline constexpr const char* kMeasuredHost = "system-under-load";

using Calibration = std::vector<model::CalibratedOperation>;

// The back end as a host of the core: `servers` of it work at once, each command takes `service` of the clock. One at a time
// takes as long as measured at low load; all together do as many per second as measured at saturation.
struct CoreCapacity {
    double service_s = 0;
    std::uint32_t servers = 1;
};

// Of the operations that the scenario's channels ask of the core: holds and confirmations where one reserves by holds,
// allocations everywhere; each kind weighs the same. Throws BadInput when none of them was measured.
CoreCapacity core_capacity(const Calibration& calibration, const model::Scenario& scenario);

// The scenario on that back end at that speed: times of the clock are `speed` times longer in the scenario. Channels reserve as
// the live run's do (sim/live.hpp); where the back end's mode checks first and acts then (check_then_act, get_decr), so do they,
// with the service time between.
model::Scenario on_measured_system(model::Scenario scenario, const CoreCapacity& capacity, double speed, const std::string& mode);

// Simulates in a process of its own (SimGrid has one engine per process). Nothing: Ctrl-C came. Throws BadInput with what went
// wrong.
std::optional<model::RunRecord> foretell(const model::Scenario& scenario, std::uint64_t seed);

// Predicted beside measured. Both records' times are the scenario's; the figures' are the clock's.
model::LoadPrediction beside(const model::RunRecord& predicted, const model::RunRecord& measured, const Calibration& calibration,
                             double speed);

}  // namespace lastunit::cli
