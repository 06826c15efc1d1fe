// A live run while it runs: a few lines redrawn in place on a terminal, one line now and then in a log. Pure: the caller has the
// clock, the figures and the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/terminal.hpp"

namespace lastunit::reports {

// Seconds between two lines of a log that is no terminal, and between two drawings on one.
inline constexpr double kLogEvery_s = 10;
inline constexpr double kRedrawEvery_s = 0.25;

struct LiveQuantiles {
    double p50_s = 0, p99_s = 0;
};

// "Recent" is whatever span the caller keeps: a few seconds. All rates are per second of the clock, not of the scenario.
struct LiveFigures {
    std::string target_text;   // grpc://127.0.0.1:50051, without secrets
    std::string mode_text;     // of reservation; empty: the target has one
    double speed = 1;          // seconds of the scenario per second of the clock
    double time_of_day_s = 0;  // of the scenario, local
    double horizon_share = 0;  // 0..1 of the scenario's horizon; 1: open orders are worked off
    double elapsed_s = 0;      // of the clock
    double rate_wanted = 0;    // recent, as the schedule has it
    double rate_held = 0;      // recent, answered
    std::uint64_t in_flight = 0;
    std::uint64_t operations = 0;  // intended so far; the following three are parts of it
    std::uint64_t refused = 0;
    std::uint64_t unknown = 0;                                     // no answer yet, also after asking again
    std::uint64_t overloaded = 0;                                  // attempts that were sent away unseen
    std::uint64_t oversold_units = 0;                              // so far, by the simulator's truth
    std::uint64_t units_accepted = 0;                              // 0: not known
    std::optional<LiveQuantiles> service, response, dispatch_lag;  // recent; nothing: none was answered. Of the lag p99 is shown
    std::vector<std::string> faults_text;                          // that are on now: "kill server, 2 s"
    std::string invalid_text;                                      // why the run is INVALID already; empty: it is not
};

// At most five lines of at most `style.width` columns, without newlines.
std::vector<std::string> live_view(const LiveFigures& figures, const TerminalStyle& style);

// What a terminal has to be sent to see `lines` in the place of the `drawn` lines before, of which the last ends without a
// newline; 0: nothing is drawn yet. No lines: clears the place.
std::string redraw(const std::vector<std::string>& lines, std::size_t drawn);

// For a log: one line, without colour or newline.
std::string live_line(const LiveFigures& figures);

}  // namespace lastunit::reports
