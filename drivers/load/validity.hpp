// When the figures of a live run are not those of its schedule.
//
// A rate that was not held is lag: who sends 1 % less than was intended is late by 1 % of the time gone by, within seconds more
// than any limit here. So there is no limit on the rate itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/load/dispatcher.hpp"

namespace lastunit::drivers {

struct ValidityFigures {
    std::uint64_t lag_p99_ns = 0, service_p99_ns = 0;
    std::uint64_t intended = 0;
    std::uint64_t beyond_most_in_flight = 0;  // operations that were refused at once for that
    std::string history_error{};
};

// One line each, for the user; empty: the schedule was held.
std::vector<std::string> reasons_for_invalid(const ValidityFigures& figures, const DispatcherOptions& options);

}  // namespace lastunit::drivers
