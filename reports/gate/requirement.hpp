// What is asked of one KPI, in the form in which it is judged.
#pragma once

#include <string>
#include <vector>

#include "model/scenario.hpp"

namespace lastunit::reports::gate {

// Of a KPI's mean over replications. Against a baseline with the mean B there are two lines: beyond
//     B + margin * |B| + bound
// it is broken, and within
//     B + (margin + grace) * |B| + bound
// it is kept. Two things that are equal can never be shown to be: `<= baseline` alone would be undecided for ever. Its grace says
// how large a change must not pass unseen: FAIL when any worsening is shown, PASS when one of that size is ruled out.
// A margin that somebody wrote (`baseline + 2%`) is that size itself, and has no grace. Without a baseline the line is `bound`.
// Where more is better (`>`), margin and grace are negative.
struct Requirement {
    std::string text;  // as the reader knows it
    std::string kpi;
    model::Gate::Compare compare = model::Gate::Compare::at_most;
    model::Gate::Against against = model::Gate::Against::value;
    double bound = 0, margin = 0, grace = 0;

    bool wants_less() const { return compare == model::Gate::Compare::less || compare == model::Gate::Compare::at_most; }
    bool strict() const { return compare == model::Gate::Compare::less || compare == model::Gate::Compare::more; }
};

// The scenario's own, but for those about a live run: simulations have none to judge.
std::vector<Requirement> requirements(const std::vector<model::Gate>& gates, double resolution);

// What is compared with a baseline when no gate of the scenario is against it: units sold that are not there and units not sold
// that are, cost per order, how long fulfilment takes, promises kept. Worse by more than `tolerance` is broken, worse by
// `resolution` does not pass.
std::vector<Requirement> usual_requirements(double tolerance, double resolution);

// What a run costs the machine, as events, core commands and allocations per order: at most one percent more.
std::vector<Requirement> cost_requirements();

}  // namespace lastunit::reports::gate
