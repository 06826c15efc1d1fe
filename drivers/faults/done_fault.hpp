// What became of one window of a fault in a live run.
#pragma once

#include <cstdint>
#include <string>

#include "model/faults.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers {

// Times on the steady clock, in nanoseconds as steady_now_ns().
struct DoneFault {
    std::string name;
    model::FaultKind kind{};
    std::int64_t from_ns = 0;   // when it had been told to begin and was begun
    std::int64_t until_ns = 0;  // when it was mended: a server answered again; 0: it is still there
    std::string done;           // "kill -9 of serve (pid 4711), back after 0.41 s"; empty where it was left out
    std::string left_out;       // why it was not done to this target
    std::string failed;         // what went wrong, e.g. the server did not come back: then the run is INVALID
};

// For the report: seconds since `start_ns`. What failed is appended to what was done.
model::LoadFault report_of(const DoneFault& fault, std::int64_t start_ns);

}  // namespace lastunit::drivers
