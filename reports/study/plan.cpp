#include "reports/study/plan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "reports/gates.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

namespace st = statistics;
using Fate = PlanCandidate::Fate;

std::optional<double> mean_of(const Plan& plan, std::size_t candidate, const std::string& kpi) {
    const auto sample = plan.sample(candidate, kpi);
    return sample ? std::optional(st::mean(*sample)) : std::nullopt;
}

std::string tolerance_text(const PlanLimit& one) {
    const auto& limit = one.limit;
    return kpi_label(one.kpi) + " " + kpi_text(one.kpi, limit.bound - limit.tolerance) + " to " +
           kpi_text(one.kpi, limit.bound + limit.tolerance);
}

std::string assumptions(const Plan& plan) {
    std::string out = "It holds for means of independent replications, close to normal";
    if (!plan.limits.empty()) {
        out += ", where ";
        for (std::size_t i = 0; i < plan.limits.size(); ++i) out += (i == 0 ? "" : " or ") + tolerance_text(plan.limits[i]);
        out += " counts as either side of the limit";
    }
    return out + (plan.explored > 0 ? "; of the points that were left out before the selection it says nothing." : ".");
}

}  // namespace

std::string guarantee(const Plan& plan) {
    const std::string level = confidence_text(plan.confidence);
    const std::string all = counted(std::uint64_t{plan.candidates.size()}, "candidate");
    if (plan.outcome == Plan::Outcome::decided)
        return "With " + level + " confidence no other of the " + all + (plan.limits.empty() ? "" : " that keeps to the limits") +
               " is better by more than " + kpi_text(plan.objective, plan.zone) + " (" + kpi_label(plan.objective) + "). " +
               assumptions(plan);
    if (plan.outcome == Plan::Outcome::nothing_keeps_limits)
        return "With " + level + " confidence a given one of the " + all + " that kept to every limit would have been found. " +
               assumptions(plan);
    const auto open = std::count_if(plan.candidates.begin(), plan.candidates.end(),
                                    [](const PlanCandidate& one) { return one.fate == Fate::open; });
    return "The runs ended before it was decided. With " + level + " confidence the best of the " + all + " is among the " +
           grouped(std::uint64_t(open)) + " that are still open. " + assumptions(plan);
}

std::vector<CloseCandidate> close_candidates(const Plan& plan) {
    std::vector<CloseCandidate> out;
    if (!plan.leader || plan.candidates.size() < 2) return out;
    const auto others = static_cast<double>(plan.candidates.size() - 1);
    for (std::size_t i = 0; i < plan.candidates.size(); ++i) {
        const Fate fate = plan.candidates[i].fate;
        if (i == *plan.leader || (fate != Fate::beaten && fate != Fate::open) || worst_miss(plan, i) > 0) continue;
        const auto pairs = plan.figures->pairs(plan.first_arm + i, plan.first_arm + *plan.leader, plan.objective);
        if (!pairs || pairs->a.size() < 2) continue;
        st::Interval worse = st::mean_interval(st::differences(pairs->a, pairs->b), plan.confidence.shared_by(others));
        if (plan.best == st::Best::largest) worse = {-worse.value, -worse.high, -worse.low};
        if (worse.low <= plan.zone) out.push_back({i, worse});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const CloseCandidate& a, const CloseCandidate& b) { return a.worse.value < b.worse.value; });
    return out;
}

double worst_miss(const Plan& plan, std::size_t candidate) {
    double out = -INFINITY;
    for (const PlanLimit& one : plan.limits) {
        const auto mean = mean_of(plan, candidate, one.kpi);
        if (!mean) return INFINITY;
        const double over = one.limit.side == st::Limit::Side::at_most ? *mean - one.limit.bound : one.limit.bound - *mean;
        out = std::max(out, over / (one.limit.bound == 0 ? one.limit.tolerance : std::abs(one.limit.bound)));
    }
    return plan.limits.empty() ? 0 : out;
}

std::vector<std::size_t> by_look(const Plan& plan) {
    struct Look {
        double miss = 0, objective = 0;
        std::size_t candidate = 0;
    };
    std::vector<Look> all;
    for (std::size_t i = 0; i < plan.candidates.size(); ++i) {
        const auto mean = mean_of(plan, i, plan.objective);
        const double objective = mean.value_or(INFINITY) * (mean && plan.best == st::Best::largest ? -1 : 1);
        all.push_back({mean ? std::max(0.0, worst_miss(plan, i)) : INFINITY, objective, i});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Look& a, const Look& b) { return a.miss != b.miss ? a.miss < b.miss : a.objective < b.objective; });
    std::vector<std::size_t> out;
    for (const Look& one : all) out.push_back(one.candidate);
    return out;
}

std::vector<std::string> plan_kpis(const Plan& plan) {
    std::vector<std::string> out{plan.objective};
    const auto add = [&](const std::string& kpi) {
        if (std::find(out.begin(), out.end(), kpi) == out.end()) out.push_back(kpi);
    };
    for (const PlanLimit& one : plan.limits) add(one.kpi);
    for (const char* kpi : {"oversell_rate", "undersold_units", "cost_per_order", "fulfilment_time_s.p90"}) add(kpi);
    return out;
}

}  // namespace lastunit::reports
