// What a live run looks like at this moment: for the terminal, not for the record.
#pragma once

#include <cstdint>

namespace lastunit::drivers {

struct LiveFigures {
    double elapsed_s = 0;  // since time 0
    // Since the beginning.
    std::uint64_t intended = 0, applied = 0, refused = 0;
    std::uint64_t unknown = 0;     // for good
    std::uint64_t no_answer = 0;   // attempts that were never answered
    std::uint64_t overloaded = 0;  // attempts that were refused before they were looked at
    std::uint64_t in_flight = 0;   // operations intended and not settled, those that wait for another one among them
    std::uint64_t waiting = 0;     // of these: not sent at the moment (their turn, their pause, or no line to the back end)
    // Of the last `over_s` seconds that are complete (5 at most; fewer when the run is younger); quantiles are at most 3 % off,
    // and 0 when nothing was answered.
    double over_s = 0;
    double rate_intended = 0, rate_answered = 0, rate_refused = 0;  // per second
    double service_p50_ms = 0, service_p99_ms = 0;
    double response_p50_ms = 0, response_p99_ms = 0;
    double lag_p99_ms = 0;
};

}  // namespace lastunit::drivers
