// `lastunit sweep --indices`: which of the varied parameters a KPI depends on.
#pragma once

#include <string>
#include <vector>

#include "cli/search/space.hpp"
#include "reports/study/indices.hpp"

namespace lastunit::cli {

struct IndicesPlan {
    bool morris = false, sobol = false;
    std::size_t trajectories = 10;  // of Morris: Campolongo et al. advise 10
    std::size_t base = 32;          // points of Sobol, a power of two
    std::size_t repetitions = 8;    // of Sobol, each with seeds of its own, so that the intervals hold the days' chance too
    std::size_t replications = 2;   // of each point; of Sobol's points in each repetition
};
// --indices, --trajectories, --base, --replications. Throws BadInput.
IndicesPlan indices_plan(const Arguments& arguments);
int indices(const Arguments& arguments, const SearchSpace& space, const std::vector<std::string>& kpis, std::uint64_t seed);

// Morris' screening of a space: every point with the same shoppers. Nothing for a KPI that not every run measured.
struct Screening {
    reports::statistics::MorrisPlan plan;  // with the places that the values really have
    std::vector<std::size_t> arms;         // by point of the plan
};
Screening plan_screening(const SearchSpace& space, SearchArms& arms, std::size_t trajectories, std::uint64_t seed);
std::vector<StudyRun> screening_runs(const Screening& screening, const Study& study, std::size_t replications);
std::optional<reports::ScreenedKpi> screen(const Screening& screening, const reports::StudyFigures& figures,
                                           const std::string& kpi);

}  // namespace lastunit::cli
