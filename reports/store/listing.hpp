// The runs of a store as people and spreadsheets read them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "reports/store/store.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

// A line a run, oldest first: number, when (UTC), scenario, design, what was set (--set of its command: the points of a sweep),
// seed, oversell, commit, fingerprint.
std::string listing(const Store& store, std::span<const StoredRun> runs, const TerminalStyle& style = {});

// One row per run, one column per KPI that any of them has, in the order of the alphabet; empty where it was not measured. RFC
// 4180.
std::string runs_csv(const Store& store, std::span<const StoredRun> runs);
// [{"id", "made_at", "scenario", "scenario_hash", "design", "seed", "set", "commit", "fingerprint", "kpi": {...}}]
std::string runs_json(const Store& store, std::span<const StoredRun> runs);

// What a command of the shell sets: "buffer=1, routing=cheapest" of "lastunit run x --set buffer=1 --set 'routing=cheapest'".
std::string settings_of(std::string_view command);

}  // namespace lastunit::reports
