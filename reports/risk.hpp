// How probable a rare event is, found by splitting: for a terminal and as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/statistics/interval.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

struct RiskLevel {
    std::int64_t importance = 0;  // thousandths of a unit: sim/levels.hpp
    std::int64_t copies = 1;      // into how many a path is split there
    std::int64_t begun = 0;       // paths that set out for it: the roots, or the copies of the level before
    std::int64_t reached = 0;     // of these
};

struct Risk {
    std::string scenario, design, event, repeat, levels_option;
    std::uint64_t seed = 0;
    double horizon_s = 0;  // of a run
    statistics::Interval probability;
    double confidence = 0.95;
    std::vector<RiskLevel> levels;
    std::int64_t event_begun = 0, event_reached = 0;  // as of a level
    std::vector<std::int64_t> hits;                   // by root: paths that had the event
    std::int64_t paths = 0, pilot_paths = 0;          // simulated to an end
    double cpu_s = 0, pilot_cpu_s = 0, wall_s = 0;
    double cpu_per_run_s = 0;  // of a run without splitting

    std::int64_t roots_hit() const;
    double relative_error() const;  // half the interval's width, of the estimate; infinite when that is 0
    double plain_runs() const;      // that would have the same relative error, without splitting
};

std::string risk_text(const Risk& risk, const TerminalStyle& style);
std::string risk_json(const Risk& risk);

}  // namespace lastunit::reports
