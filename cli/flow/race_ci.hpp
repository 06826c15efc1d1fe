// A race for a pipeline: Markdown for the pull request, JUnit XML for the list of tests. Both end with a newline.
#pragma once

#include <span>
#include <string>

#include "drivers/http/race/report.hpp"

namespace lastunit::cli {

struct RaceForCi {
    const drivers::http::Plan& plan;
    std::span<const drivers::http::JudgedRace> races;  // at least one
    std::string command;                               // that repeats it; without secrets
    std::string problem;                               // why the next run could not be made; empty: all of them were
};

// The verdict; each kind of finding with the runs that had it, what disagrees, and what the two shoppers who tell of it did; the
// four numbers of each run, at most 20 of them; one run step by step, that of the first story if there is any.
std::string race_markdown(const RaceForCi& of);

// A test case for each kind of finding: a failure where any run had it, skipped where the flow reads no books that could show it.
// An error where answers stayed unknown, and where a run could not be made: no pass either.
std::string race_junit(const RaceForCi& of);

}  // namespace lastunit::cli
