// The selection among candidates, replication by replication.
#pragma once

#include "cli/search/goal.hpp"
#include "cli/study/study.hpp"
#include "reports/study/plan.hpp"

namespace lastunit::cli {

// Runs the candidates of `out`, arms of the study from out.first_arm on, against each other until the best is known, nothing is
// left, or `most_runs` are made, and says what became of each: fates, outcome, leader, zone. Replication 0 is the study's of
// number `first_replication`. Which runs are made follows from the figures alone. Throws BadInput when the zone cannot be had
// from the figures.
void hold_contest(Study& study, const Goal& goal, std::size_t most_runs, std::size_t first_replication, reports::Plan& out);

}  // namespace lastunit::cli
