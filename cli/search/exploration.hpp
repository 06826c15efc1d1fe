// From a space that is too large to be run through to the points that are worth a selection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/search/goal.hpp"
#include "cli/search/space.hpp"
#include "reports/study/indices.hpp"

namespace lastunit::cli {

struct Explored {
    std::vector<Variable> variables;   // that are left
    std::vector<std::string> dropped;  // names of those without an effect that matters, on the objective or a limit
    std::vector<Point> points;         // of `variables`: the candidates
    std::size_t looked_at = 0;         // points; 0: the whole grid are candidates
    std::size_t replications = 0;      // that each had: the selection begins behind them, with fresh shoppers
    std::size_t runs = 0;
    std::optional<reports::Indices> screening;
};

// A grid of at most goal.most_candidates points is taken whole. Otherwise: Morris' screening over the whole ranges, in which
// variables without effect are dropped; if the rest is still too large, a space-filling set, and from the best of it step by step
// to the best neighbour; the best looking points of all are the candidates. Two replications a point, the same shoppers for all.
Explored explore(const Arguments& arguments, std::vector<Variable> variables, const Goal& goal, Study& study);

}  // namespace lastunit::cli
