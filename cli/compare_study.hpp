// What the options of `lastunit compare` ask of a study: against which design, by which KPIs, over which front.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "cli/command.hpp"
#include "cli/study/replications.hpp"
#include "cli/study/task.hpp"
#include "reports/study/comparison.hpp"

namespace lastunit::cli {

// --seeds. Throws BadInput.
reports::Seeds seeds_of(const Arguments& arguments);

// Whether any option is given that only a report of differences can answer: --against, --kpi, --pareto, --html, --seeds.
bool asks_for_differences(const Arguments& arguments);

// --against, --kpi and --pareto, checked before anything runs. Throws BadInput.
reports::ComparisonPlan comparison_plan(const Arguments& arguments, std::span<const Arm> arms, reports::Seeds seeds);

// The `lastunit compare` that gives the same figures, wherever and by however many workers it is run.
std::string repeat_comparison(const Arguments& arguments, std::uint64_t seed, const Replications& wanted);

}  // namespace lastunit::cli
