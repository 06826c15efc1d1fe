// What every study says at its end, and its exit code.
#pragma once

#include "cli/command.hpp"
#include "cli/study/replications.hpp"
#include "cli/study/study.hpp"

namespace lastunit::cli {

// On stderr: how many runs were simulated and how many were in the store, what was not reached, which gates were broken in how
// many replications. Exit 0, 1 when a gate was broken, 3 when a run failed, 130 when it was stopped.
int end_study(const Arguments& arguments, const Study& study, const Replications& wanted);

// The same for a study that explores: a design that breaks the scenario's gates is one of its answers, not a failure of it.
int end_exploration(const Arguments& arguments, const Study& study);

}  // namespace lastunit::cli
