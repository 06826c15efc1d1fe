// The selection among candidates, replication by replication.
#pragma once

#include "cli/search/goal.hpp"
#include "cli/study/study.hpp"
#include "reports/study/plan.hpp"

namespace lastunit::cli {

// Runs the arms of the study against each other until the best is known, nothing is left, or `most_runs` are made, and says what
// became of each in `out`: candidates (as many as arms), outcome, leader, zone. Which runs are made follows from the figures
// alone. Throws BadInput when the zone cannot be had from the figures.
void hold_contest(Study& study, const Goal& goal, std::size_t most_runs, reports::Plan& out);

}  // namespace lastunit::cli
