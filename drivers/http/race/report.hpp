// A race and its verdict as text and as JSON.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "drivers/http/race/judge.hpp"

namespace lastunit::drivers::http {

struct JudgedRace {
    RaceRun run;
    Verdict verdict;
};

// The four numbers, the findings, and for the first finding of each kind two shoppers' requests on one time axis.
std::string race_text(const Plan& plan, const JudgedRace& race);
// In how many runs each finding appeared; for more than one run.
std::string repeats_text(std::span<const JudgedRace> races);

// {flow, sku, stock, shoppers, mode, runs: [{told, orders, ..., findings: [...], shoppers: [...]}], findings: {kind: runs}}.
// Every shopper's requests are there; without secrets.
std::string race_json(const Plan& plan, std::span<const JudgedRace> races);

std::string mode_text(const Plan& plan, const RaceOptions& options);

}  // namespace lastunit::drivers::http
