// A comparison over many seeds, for each kind of reader. All are made of the figures alone: no time, no machine, no number of
// workers, so that the same study has the same bytes wherever it was run.
#pragma once

#include <string>

#include "reports/study/comparison.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

std::string study_comparison(const StudyComparison& study, const TerminalStyle& style = {});

// For a README, an issue, a pull request: the sentences, one table per arm, the front, the gates.
std::string study_comparison_markdown(const StudyComparison& study);

// {"scenario", "baseline", "seeds", "confidence", "arms": [...], "kpis": [...], "pareto", "gates", "left_out"}; of each KPI and
// arm every replication's value, so that a reader can do other statistics. Values are in the unit of the record: money in minor
// units, rates as fractions, times in seconds. "choices": of each priority (priorities.hpp); "days": see day.hpp.
std::string study_comparison_json(const StudyComparison& study);

}  // namespace lastunit::reports
