// What a search found: the best design, what is promised of it, and what became of the others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/statistics/constrained_selection.hpp"
#include "reports/study/figures.hpp"
#include "reports/study/indices.hpp"
#include "reports/study/sweep.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

struct PlanLimit {
    std::string text;  // as asked: "oversell_rate<0.1%"
    std::string kpi;
    statistics::Limit limit;
};

struct PlanCandidate {
    enum class Fate : std::uint8_t {
        best,
        beaten,  // keeps to the limits, or may; another that does is better
        misses_limit,
        open,          // the runs ended before it was decided
        not_measured,  // the objective or a limit's KPI, in some replication
    };
    Fate fate = Fate::open;
    std::vector<std::string> changes;   // PATH=VALUE; none: the scenario as it is
    std::vector<std::string> settings;  // the same in short, one per variable: "buffer=3"
    std::optional<std::size_t> missed;  // limit
};

struct Plan {
    enum class Outcome : std::uint8_t {
        decided,
        nothing_keeps_limits,
        runs_ended,  // --at-most
    };
    Outcome outcome = Outcome::runs_ended;
    const StudyFigures* figures = nullptr;
    std::size_t first_arm = 0;  // of the selection: candidate i is arm first_arm + i there; the arms before were explored
    std::string title, command;
    std::string objective;
    statistics::Best best = statistics::Best::least;
    double zone = 0;
    statistics::Confidence confidence = statistics::Confidence();
    std::vector<PlanLimit> limits;
    std::vector<SweepVariable> variables;  // searched
    std::vector<std::string> dropped;      // names of those that the screening found not to matter
    std::optional<Indices> screening;
    double grid = 0;           // points of the whole space
    std::size_t explored = 0;  // points that were looked at before the selection
    std::size_t exploration_runs = 0, selection_runs = 0;
    std::vector<PlanCandidate> candidates;
    std::optional<std::size_t> as_it_is;  // the candidate that is the scenario unchanged
    std::optional<std::size_t> leader;    // the best, or what looks best when it was not decided
    std::string yaml;                     // of the leader: what to put into the scenario

    const std::string& name(std::size_t candidate) const { return figures->name(first_arm + candidate); }
    std::size_t replications(std::size_t candidate) const { return figures->replications(first_arm + candidate).size(); }
    std::optional<std::vector<double>> sample(std::size_t candidate, const std::string& kpi) const {
        return figures->sample(first_arm + candidate, kpi);
    }
};

// In a sentence: what holds with which confidence, and on which assumptions.
std::string guarantee(const Plan& plan);

// Candidates that keep to the limits and may be as good as the leader, for all that the runs say: their paired difference, all
// together with the plan's confidence, reaches below the zone. By objective.
struct CloseCandidate {
    std::size_t candidate = 0;
    statistics::Interval worse;  // than the leader
};
std::vector<CloseCandidate> close_candidates(const Plan& plan);
// By how much of its tolerance-free bound the candidate misses its worst limit; 0 or less: it keeps to all, as the means say.
double worst_miss(const Plan& plan, std::size_t candidate);
// Candidates by how good they look: those whose means keep to the limits first, by objective; then by how much they miss.
std::vector<std::size_t> by_look(const Plan& plan);

std::vector<std::string> plan_kpis(const Plan& plan);  // objective, limits, and what a planner asks anyway

std::string plan_summary(const Plan& plan, const TerminalStyle& style);
std::string plan_json(const Plan& plan);
std::string plan_csv(const Plan& plan);
std::string plan_markdown(const Plan& plan);

}  // namespace lastunit::reports
