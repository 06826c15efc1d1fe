// What a plan is asked for: an objective, limits, and how sure it has to be.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "reports/study/plan.hpp"

namespace lastunit::cli {

struct Goal {
    std::string kpi;
    reports::statistics::Best best = reports::statistics::Best::least;
    // Differences of the objective below it do not matter: in its unit, or as a share of the best's mean after the first
    // replications.
    double zone = 0.01;
    bool zone_is_share = true;
    reports::statistics::Confidence confidence = reports::statistics::Confidence();
    std::vector<reports::PlanLimit> limits;
    std::size_t first = 10;        // replications of each candidate before anything is decided
    std::size_t most_runs = 5000;  // in all
    std::size_t most_candidates = 60;
};

// --minimise or --maximise, --subject-to, --zone, --confidence, --replications, --at-most, --candidates. Throws BadInput.
Goal goal_of(const Arguments& arguments, const std::string& currency);

}  // namespace lastunit::cli
