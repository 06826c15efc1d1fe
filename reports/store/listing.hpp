// The runs of a store as people and spreadsheets read them.
#pragma once

#include <span>
#include <string>

#include "reports/store/store.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

// A line a run, oldest first: number, when (UTC), scenario, design, seed, oversell, commit, fingerprint.
std::string listing(const Store& store, std::span<const StoredRun> runs, const TerminalStyle& style = {});

// One row per run, one column per KPI that any of them has, in the order of the alphabet; empty where it was not measured. RFC
// 4180.
std::string runs_csv(const Store& store, std::span<const StoredRun> runs);
// [{"id", "made_at", "scenario", "scenario_hash", "design", "seed", "commit", "fingerprint", "kpi": {...}}]
std::string runs_json(const Store& store, std::span<const StoredRun> runs);

}  // namespace lastunit::reports
