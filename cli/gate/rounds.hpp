// How many replications a gate takes: rounds, until every requirement is decided.
#pragma once

#include <vector>

#include "cli/gate/options.hpp"
#include "cli/study/study.hpp"
#include "reports/gate/judgement.hpp"

namespace lastunit::cli {

// Of all intervals of all gates in all rounds together, the share of commands in which any of them misses: half of it on the side
// that fails. So nothing changed, and yet FAIL: one in 500 commands or fewer.
inline constexpr double kAlpha = 0.004;
inline constexpr std::size_t kFirstRound = 10;

// Runs round after round, and judges after each; how many rounds there may be is known before the first verdict, so that the
// confidence is shared among them. Nothing depends on time or on the number of workers.
std::vector<reports::gate::Case> judge_in_rounds(Study& study, const GateOptions& options,
                                                 const std::vector<reports::gate::Requirement>& requirements);

// As many as make every comparison of these requirements able to see what it must (reports::gate::replications_to_resolve).
// Returns, for the reader, which KPIs vary too much for that.
std::vector<std::string> measure_baseline(Study& study, const GateOptions& options,
                                          const std::vector<reports::gate::Requirement>& requirements);

}  // namespace lastunit::cli
