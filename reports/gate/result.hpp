// What a gate command found out: one case per question that was asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/statistics/interval.hpp"

namespace lastunit::reports::gate {

// In the order in which one beats another: a command fails when anything fails, and passes when everything does.
enum class Outcome : std::uint8_t {
    pass,
    invalid,  // the figures do not say: too few, too noisy, not comparable, nothing measured. Never taken for a pass
    fail,
};
const char* name_of(Outcome outcome);  // PASS, INVALID, FAIL

struct Case {
    std::string name;  // the gate as written: "oversell_rate < 0.1%"
    std::string kpi;   // by its path; the units of the figures follow from it. Empty: the figures mean nothing
    Outcome outcome = Outcome::invalid;
    std::string reason;  // one sentence
    std::optional<double> baseline, now;
    // Of `now`; against a baseline, of the change as a share of the baseline's value.
    enum class Of : std::uint8_t { value, change } of = Of::value;
    std::optional<statistics::Interval> interval;
    double confidence = 0;            // of the interval
    bool undecided = false;           // invalid, and more replications could tell
    std::optional<std::size_t> need;  // ... about so many
    std::optional<double> limit;      // what the interval must not cross, in its unit; none where it is of another one
};

struct Result {
    std::string scenario, title, scenario_hash, design;
    std::uint64_t first_seed = 1;
    std::size_t replications = 0;
    std::string code;                // of lastunit: its commit
    std::string baseline_code;       // empty: without a baseline
    std::size_t baseline_runs = 0;   // its replications
    std::vector<std::string> notes;  // what a reader has to know, verdict or not
    std::vector<Case> cases;
    std::string command;  // that repeats it

    Outcome outcome() const;  // invalid without any case
    std::size_t count(Outcome outcome) const;
};

}  // namespace lastunit::reports::gate
