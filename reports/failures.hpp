// The published failures, each run under the design that has the flaw and under the one that has not: what their oracle saw.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/terminal.hpp"

namespace lastunit::reports {

// Runs of one design, one per seed.
struct FailureRuns {
    std::uint64_t flagged = 0;  // runs whose oracle was broken
    std::uint64_t idle = 0;     // runs that say nothing: no unit was accepted, or the oracle's KPI was not measured
    std::uint64_t ungated = 0;  // runs of the sound design that broke one of the scenario's own gates
    std::uint64_t units = 0;    // accepted, over all runs
    double low = 0, high = 0;   // of the oracle's KPI
    std::string error;          // of the first run that did not end; empty: all did
};

struct FailureResult {
    std::string number;   // "05": the row of the published failure
    std::string name;     // the scenario's
    std::string pattern;  // what goes wrong, in one line
    std::string oracle;   // as written
    std::string kpi;      // the oracle's
    std::vector<std::string> reports;
    std::uint64_t seeds = 0;  // runs of each design
    FailureRuns flawed, sound;
    std::string repeat_flawed,
        repeat_sound;  // commands that make one run again: the first that went against expectation, else seed 1
};

// Behaves as published: the flawed design is flagged in at least 95 % of the seeds, the sound one in none, and both sell.
bool as_published(const FailureResult& result);
// "ok", or what is wrong in a few words.
std::string failure_verdict(const FailureResult& result);

// A line per failure, then the total; under each failure that does not behave as published, the commands that show it.
std::string failure_table(const std::vector<FailureResult>& results, double wall_s, const TerminalStyle& style);
std::string failure_json(const std::vector<FailureResult>& results, double wall_s);

}  // namespace lastunit::reports
