// The bar of a running simulation, on stderr when that is a terminal; silent otherwise.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/types.hpp"
#include "reports/terminal.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {

// One line of at most `style.width` columns: bar, share of the horizon, simulated time of day, events per second of wall time,
// time left.
std::string progress_line(const sim::Progress& progress, Duration start_of_day, double elapsed_s,
                          const reports::TerminalStyle& style);

class ProgressBar {
   public:
    enum class Mode : std::uint8_t { silent, drawn };
    ProgressBar(Mode mode, Duration start_of_day);
    ~ProgressBar();  // clears its line
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    static Mode mode_of_stderr();              // drawn on a terminal that can move its cursor
    void show(const sim::Progress& progress);  // redraws at most ten times a second

   private:
    using Clock = std::chrono::steady_clock;
    Mode mode_;
    reports::TerminalStyle style_;
    Duration start_of_day_;
    Clock::time_point started_, drawn_;
};

}  // namespace lastunit::cli
