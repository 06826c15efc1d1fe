#include "reports/study/plan_words.hpp"

#include <algorithm>

#include "reports/gates.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {

std::optional<statistics::Interval> plan_interval(const Plan& plan, std::size_t candidate, const std::string& kpi) {
    const auto sample = plan.figures->sample(candidate, kpi);
    if (!sample) return std::nullopt;
    return statistics::mean_interval(*sample, plan.confidence);
}

std::string headline(const Plan& plan) {
    const auto figures = [&](std::size_t i) {
        std::string out =
            kpi_label(plan.objective) + " " + plus_minus_text(plan.objective, plan_interval(plan, i, plan.objective));
        for (const PlanLimit& one : plan.limits)
            if (one.kpi != plan.objective)
                out += ", " + kpi_label(one.kpi) + " " + plus_minus_text(one.kpi, plan_interval(plan, i, one.kpi));
        return out;
    };
    if (!plan.leader) return "Nothing was measured";
    const std::string leader = plan.figures->name(*plan.leader);
    switch (plan.outcome) {
        case Plan::Outcome::decided:
            return "Best: " + leader + ": " + figures(*plan.leader);
        case Plan::Outcome::nothing_keeps_limits:
            return "Nothing keeps to the limits. Nearest: " + leader + ": " + figures(*plan.leader);
        case Plan::Outcome::runs_ended:
            return "Not decided. Looks best: " + leader + ": " + figures(*plan.leader);
    }
    return "";
}

std::string fate_text(const Plan& plan, std::size_t candidate) {
    const PlanCandidate& one = plan.candidates[candidate];
    switch (one.fate) {
        case PlanCandidate::Fate::best:
            return "best";
        case PlanCandidate::Fate::beaten:
            return "beaten";
        case PlanCandidate::Fate::misses_limit:
            return "misses " + (one.missed ? plan.limits[*one.missed].text : std::string("a limit"));
        case PlanCandidate::Fate::open:
            return "open";
        case PlanCandidate::Fate::not_measured:
            return "not measured in every run";
    }
    return "";
}

std::string how_searched(const Plan& plan) {
    std::string out = grouped(std::uint64_t(plan.grid)) + " points in all";
    if (plan.explored > 0)
        out += "; " + grouped(std::uint64_t{plan.explored}) + " were looked at in " +
               counted(std::uint64_t{plan.exploration_runs}, "run") + ", and the best of them are the candidates";
    out += "; " + counted(std::uint64_t{plan.candidates.size()}, "candidate") + ", " +
           counted(std::uint64_t{plan.selection_runs}, "run") + " to select";
    if (!plan.dropped.empty()) {
        std::string names;
        for (const std::string& one : plan.dropped) names += (names.empty() ? "" : ", ") + one;
        out += "; left as they are, since the screening showed no effect: " + names;
    }
    return out + ".";
}

std::string set_options(const std::vector<std::string>& changes) {
    std::string out;
    for (const std::string& one : changes) {
        const bool plain = one.find_first_of(" \t'\"{}()[]*?$&;|<>#!~`\\") == std::string::npos;
        out += (out.empty() ? "--set " : " --set ") + (plain ? one : "'" + one + "'");
    }
    return out;
}

}  // namespace lastunit::reports
