#include "reports/study/plan_words.hpp"

#include <algorithm>

#include "reports/gates.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {

std::optional<statistics::Interval> plan_interval(const Plan& plan, std::size_t candidate, const std::string& kpi) {
    const auto sample = plan.sample(candidate, kpi);
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
    const std::string leader = plan.name(*plan.leader);
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

std::string short_name(const Plan& plan, std::size_t candidate) {
    constexpr std::size_t kNamed = 3;
    const std::string& whole = plan.name(candidate);
    const auto& own = plan.candidates[candidate].settings;
    if (!plan.leader || own.size() < 3) return whole;
    if (candidate == *plan.leader) return plan.outcome == Plan::Outcome::decided ? "the best" : "the one above";
    const auto& leaders = plan.candidates[*plan.leader].settings;
    if (leaders.size() != own.size()) return whole;
    std::string out;
    std::size_t others = 0;
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (own[i] == leaders[i]) continue;
        if (++others <= kNamed) out += (out.empty() ? "" : ", ") + own[i];
    }
    if (others > kNamed) out += " and " + std::to_string(others - kNamed) + " more";
    return "but " + out;
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
        out += "; left as they are, since the screening showed no effect that matters: " + names;
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
