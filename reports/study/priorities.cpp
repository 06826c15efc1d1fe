#include "reports/study/priorities.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "reports/statistics/difference.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/statistics/sequential.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using statistics::Confidence;

constexpr double kPower = 0.9;
using Scores = std::vector<std::vector<double>>;  // by arm, then replication

// What a unit of this KPI adds to the score.
double weight(const Priority& priority, const ComparedKpi& kpi) {
    const double sign = better(kpi.path) == Better::higher ? -1 : 1;
    if (priority.score == Priority::Score::sum) return sign;
    const auto [least, most] = std::minmax_element(kpi.arms.begin(), kpi.arms.end(),
                                                   [](const auto& a, const auto& b) { return a.mean.value < b.mean.value; });
    const double reach = most->mean.value - least->mean.value;
    return reach > 0 ? sign / reach : 0;
}

// The best arm's mean, which a balanced score counts from.
double origin(const Priority& priority, const ComparedKpi& kpi) {
    if (priority.score == Priority::Score::sum) return 0;
    const bool higher = better(kpi.path) == Better::higher;
    double out = kpi.arms.front().mean.value;
    for (const auto& arm : kpi.arms) out = higher ? std::max(out, arm.mean.value) : std::min(out, arm.mean.value);
    return out;
}

Scores scores_of(const Priority& priority, const std::vector<ComparedKpi>& parts) {
    Scores out(parts.front().arms.size());
    const double share = priority.score == Priority::Score::balanced ? 1.0 / static_cast<double>(parts.size()) : 1;
    for (std::size_t arm = 0; arm < out.size(); ++arm) out[arm].resize(parts.front().arms[arm].values.size());
    for (const ComparedKpi& part : parts) {
        const double by = weight(priority, part) * share, from = origin(priority, part);
        for (std::size_t arm = 0; arm < out.size(); ++arm)
            for (std::size_t i = 0; i < out[arm].size(); ++i) out[arm][i] += by * (part.arms[arm].values[i] - from);
    }
    return out;
}

bool shown_worse(const std::vector<double>& arm, const std::vector<double>& best, Seeds seeds, double alpha) {
    const statistics::Difference found =
        seeds == Seeds::common ? statistics::paired_difference(arm, best) : statistics::welch_difference(arm, best);
    return found.interval.value > 0 && found.p / 2 <= alpha;
}

std::optional<std::size_t> needed_for(const std::vector<double>& arm, const std::vector<double>& best, Seeds seeds,
                                      Confidence confidence) {
    if (seeds == Seeds::common)
        return statistics::replications_still_needed(statistics::differences(arm, best), kPower, confidence);
    const std::size_t so_far = std::min(arm.size(), best.size());
    const auto total =
        statistics::replications_to_show(statistics::mean(arm) - statistics::mean(best),
                                         statistics::variance(arm) + statistics::variance(best), kPower, confidence);
    if (!total) return std::nullopt;
    return *total > so_far ? *total - so_far : 0;
}

std::size_t times_best(const Scores& scores, std::size_t best) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < scores[best].size(); ++i)
        out += std::all_of(scores.begin(), scores.end(), [&](const auto& of) { return of[i] >= scores[best][i]; }) ? 1 : 0;
    return out;
}

// Which arms are left, how sure that is, and what would make it surer.
void tell_apart(Choice& out, const Scores& scores, Seeds seeds, Confidence confidence) {
    const double alpha = confidence.alpha() / static_cast<double>(std::max<std::size_t>(scores.size() - 1, 1));
    bool equal = true, tellable = true;
    std::size_t needed = 1;
    for (std::size_t arm = 0; arm < scores.size(); ++arm) {
        if (arm != out.best && shown_worse(scores[arm], scores[out.best], seeds, alpha)) continue;
        out.may_be_best.push_back(arm);
        if (arm == out.best || scores[arm] == scores[out.best]) continue;
        equal = false;
        const auto runs = needed_for(scores[arm], scores[out.best], seeds, Confidence(1 - 2 * alpha));
        tellable = tellable && runs.has_value();
        needed = std::max(needed, runs.value_or(0));
    }
    out.certainty = out.may_be_best.size() == 1 ? Choice::Certainty::shown
                    : equal                     ? Choice::Certainty::equal
                                                : Choice::Certainty::not_shown;
    if (out.certainty == Choice::Certainty::not_shown && tellable) out.still_needed = needed;
}

}  // namespace

std::vector<Priority> priorities() {
    return {{"fewest_oversold", "fewest oversold", {"oversold_units"}},
            {"fewest_missed", "fewest undersold and lost", {"undersold_units", "lost_sales_units"}},
            {"fastest", "fastest", {"fulfilment_time_s.p90"}},
            {"cheapest", "cheapest", {"cost_per_order"}},
            {"most_revenue", "most revenue", {"revenue"}},
            {"balanced",
             "balanced",
             {"oversold_units", "undersold_units", "cost_per_order", "fulfilment_time_s.p90"},
             Priority::Score::balanced}};
}

Choice choose(const Priority& priority, const std::vector<ComparedKpi>& parts, Seeds seeds, Confidence confidence) {
    LASTUNIT_ASSERT(!parts.empty() && parts.size() == priority.kpis.size(), "figures of the priority's KPIs");
    const Scores scores = scores_of(priority, parts);
    Choice out{priority.id, priority.label, priority.kpis, {}, 0, {}, Choice::Certainty::one_run, 0, {}};
    for (const auto& of : scores) out.scores.push_back(statistics::mean_interval(of, confidence));
    for (std::size_t arm = 1; arm < scores.size(); ++arm)
        if (out.scores[arm].value < out.scores[out.best].value) out.best = arm;
    const bool pairs = seeds == Seeds::common;
    if (pairs) out.best_in = times_best(scores, out.best);
    if (std::all_of(scores.begin(), scores.end(), [](const auto& of) { return of.size() >= 2; }))
        tell_apart(out, scores, seeds, confidence);
    else
        for (std::size_t arm = 0; arm < scores.size(); ++arm) out.may_be_best.push_back(arm);
    return out;
}

std::string choice_text(const StudyComparison& study, const Choice& choice) {
    const std::string best = study.arms[choice.best];
    if (choice.certainty == Choice::Certainty::one_run) return best + " in this one run; how sure, only replications tell";
    if (choice.certainty == Choice::Certainty::shown)
        return best + ", shown at " + decimal(study.confidence.level() * 100, 0) + " %";
    std::string names;
    for (const std::size_t arm : choice.may_be_best) names += (names.empty() ? "" : ", ") + study.arms[arm];
    if (choice.certainty == Choice::Certainty::equal) return names + ": the same in every run";
    return "one of " + names + ": the runs do not tell" +
           (choice.still_needed ? "; about " + grouped(std::uint64_t{*choice.still_needed}) + " more would" : "");
}

}  // namespace lastunit::reports
