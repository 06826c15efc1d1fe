#include "reports/study/priorities.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/assert.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/statistics/sequential.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/kpi_text.hpp"
#include "reports/study/priority_scores.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using statistics::Confidence;
using statistics::Interval;

constexpr double kPower = 0.9;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
using Scores = std::vector<std::vector<double>>;  // by arm, then replication

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

// The arm after the best one, and by how much.
void look_ahead(Choice& out, const Scores& scores, Seeds seeds, Confidence confidence) {
    for (std::size_t arm = 0; arm < scores.size(); ++arm)
        if (arm != out.best && (!out.next || out.scores[arm].value < out.scores[*out.next].value)) out.next = arm;
    if (!out.next) return;
    const std::vector<double>&next = scores[*out.next], &best = scores[out.best];
    out.ahead = next.size() < 2 || best.size() < 2
                    ? Interval{statistics::mean(next) - statistics::mean(best), -kInfinity, kInfinity}
                    : score_difference(next, best, seeds, confidence).interval;
}

// "ahead of esb-push by 12.0 (8.0 to 16.0)"; nothing where both are the same.
std::string ahead_text(const StudyComparison& study, const Choice& choice) {
    if (!choice.next || choice.ahead.value == 0) return "";
    const auto text = [&](double value) {
        if (!choice.weighed.empty()) return decimal(value, 2);
        return (value < 0 ? "-" : "") + mean_text(choice.kpis.front(), std::abs(value));
    };
    std::string out = "; ahead of " + study.arms[*choice.next] + " by " + text(choice.ahead.value);
    if (!choice.weighed.empty()) out += " of 1";
    if (choice.certainty == Choice::Certainty::one_run) return out;
    return out + " (" + text(choice.ahead.low) + " to " + text(choice.ahead.high) + ")";
}

// How far the designs are apart in each KPI, and what that counts.
std::string weights_text(const Choice& choice) {
    std::string out;
    for (const Choice::Weighed& one : choice.weighed) {
        out += (out.empty() ? ". It weighs " : ", ") + kpi_label(one.kpi);
        if (one.counts == 0) {
            out += " (no difference shown: not at all)";
            continue;
        }
        out += " (" + decimal(one.apart * 100, one.apart < 0.0995 ? 1 : 0) + " % apart";
        out += one.counts < 1 ? ": at " + decimal(one.counts * 100, one.counts < 0.0995 ? 1 : 0) + " % of a full weight)" : ")";
    }
    return out;
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
    PriorityScores found = priority_scores(priority, parts, seeds, confidence);
    const Scores& scores = found.of;
    Choice out;
    out.id = priority.id, out.label = priority.label, out.kpis = priority.kpis;
    out.weighed = std::move(found.weighed);
    for (const auto& of : scores) out.scores.push_back(statistics::mean_interval(of, confidence));
    for (std::size_t arm = 1; arm < scores.size(); ++arm)
        if (out.scores[arm].value < out.scores[out.best].value) out.best = arm;
    look_ahead(out, scores, seeds, confidence);
    const bool pairs = seeds == Seeds::common;
    if (pairs) out.best_in = times_best(scores, out.best);
    if (std::all_of(scores.begin(), scores.end(), [](const auto& of) { return of.size() >= 2; }))
        tell_apart(out, scores, seeds, confidence);
    else
        for (std::size_t arm = 0; arm < scores.size(); ++arm) out.may_be_best.push_back(arm);
    return out;
}

std::string choice_text(const StudyComparison& study, const Choice& choice) {
    const std::string best = study.arms[choice.best], more = ahead_text(study, choice) + weights_text(choice);
    if (choice.certainty == Choice::Certainty::one_run) return best + " in this one run; how sure, only replications tell" + more;
    if (choice.certainty == Choice::Certainty::shown)
        return best + ", shown at " + decimal(study.confidence.level() * 100, 0) + " %" + more;
    std::string names;
    for (const std::size_t arm : choice.may_be_best) names += (names.empty() ? "" : ", ") + study.arms[arm];
    if (choice.certainty == Choice::Certainty::equal) return names + ": the same in every run" + weights_text(choice);
    return "one of " + names + ": the runs do not tell" +
           (choice.still_needed ? "; about " + grouped(std::uint64_t{*choice.still_needed}) + " more would" : "") + more;
}

}  // namespace lastunit::reports
