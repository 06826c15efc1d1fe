#include "reports/study/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "reports/statistics/mean.hpp"
#include "reports/statistics/ratio.hpp"
#include "reports/statistics/sequential.hpp"
#include "reports/statistics/several.hpp"
#include "reports/study/gate_tally.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/pareto.hpp"
#include "reports/study/priorities.hpp"

namespace lastunit::reports {
namespace {

using statistics::Confidence;
using statistics::Interval;

constexpr double kPower = 0.9;  // with which the replications still needed would show the difference

// The replications of each arm that count: with common seeds those that every arm has, since a missing partner leaves no pair.
std::vector<std::vector<const Replication*>> counted(const StudyFigures& figures, Seeds seeds, std::size_t& incomplete) {
    std::vector<std::vector<const Replication*>> out(figures.arms());
    std::set<std::uint64_t> all, partial;
    for (std::size_t arm = 0; arm < figures.arms(); ++arm)
        for (const Replication& one : figures.replications(arm)) all.insert(one.seed);
    if (seeds == Seeds::common)
        for (std::size_t arm = 0; arm < figures.arms(); ++arm) {
            std::set<std::uint64_t> own;
            for (const Replication& one : figures.replications(arm)) own.insert(one.seed);
            std::set_difference(all.begin(), all.end(), own.begin(), own.end(), std::inserter(partial, partial.end()));
        }
    incomplete = partial.size();
    for (std::size_t arm = 0; arm < figures.arms(); ++arm)
        for (const Replication& one : figures.replications(arm))
            if (!partial.contains(one.seed)) out[arm].push_back(&one);
    return out;
}

std::optional<double> gain_of_pairs(const std::vector<double>& a, const std::vector<double>& b) {
    const double paired = statistics::variance(statistics::differences(a, b));
    const double alone = statistics::variance(a) + statistics::variance(b);
    if (!(paired > 0) || !(alone > 0)) return std::nullopt;
    return std::sqrt(alone / paired);
}

std::optional<Interval> ratio_of(const std::vector<double>& arm, const std::vector<double>& baseline, Seeds seeds,
                                 Confidence confidence) {
    if (!(statistics::mean(baseline) > 0) || !(statistics::mean(arm) >= 0)) return std::nullopt;
    const auto negative = [](double value) { return value < 0; };
    const bool counts =
        std::none_of(arm.begin(), arm.end(), negative) && std::none_of(baseline.begin(), baseline.end(), negative);
    const auto paired = counts ? statistics::ratio_of_counts : statistics::fieller_ratio;
    const auto independent = counts ? statistics::ratio_of_independent_counts : statistics::fieller_ratio_of_independent;
    const Interval out = (seeds == Seeds::common ? paired : independent)(arm, baseline, confidence);
    if (!std::isfinite(out.low) || !std::isfinite(out.high)) return std::nullopt;
    return out;
}

std::optional<std::size_t> still_needed(const std::vector<double>& arm, const std::vector<double>& baseline, Seeds seeds,
                                        Confidence confidence) {
    if (seeds == Seeds::common)
        return statistics::replications_still_needed(statistics::differences(arm, baseline), kPower, confidence);
    const std::size_t so_far = std::min(arm.size(), baseline.size());
    const auto total =
        statistics::replications_to_show(statistics::mean(arm) - statistics::mean(baseline),
                                         statistics::variance(arm) + statistics::variance(baseline), kPower, confidence);
    if (!total) return std::nullopt;
    return *total > so_far ? *total - so_far : 0;
}

Finding finding_of(statistics::Verdict verdict, Better good) {
    if (verdict == statistics::Verdict::not_shown) return Finding::not_shown;
    const bool lower = verdict == statistics::Verdict::lower;
    if (good == Better::neither) return lower ? Finding::lower : Finding::higher;
    return lower == (good == Better::lower) ? Finding::better : Finding::worse;
}

void hold_against_baseline(ComparedKpi& kpi, const ComparisonPlan& plan) {
    const std::vector<double>& base = kpi.arms[plan.baseline].values;
    std::vector<std::vector<double>> others;
    std::vector<ComparedKpi::Arm*> of;
    for (std::size_t arm = 0; arm < kpi.arms.size(); ++arm) {
        if (arm == plan.baseline) continue;
        others.push_back(kpi.arms[arm].values);
        of.push_back(&kpi.arms[arm]);
    }
    if (others.empty() || base.size() < 2 ||
        std::any_of(others.begin(), others.end(), [](const auto& x) { return x.size() < 2; }))
        return;
    const auto pairing = plan.seeds == Seeds::common ? statistics::Pairing::common_shoppers : statistics::Pairing::independent;
    const std::vector<statistics::Against> found = statistics::against_baseline(base, others, pairing, plan.confidence);
    const Confidence each = plan.confidence.shared_by(static_cast<double>(others.size()));
    for (std::size_t i = 0; i < others.size(); ++i) {
        ArmDifference out;
        out.interval = found[i].interval;
        out.p = found[i].p;
        // Holm's p may show what the wider simultaneous interval does not: a reader who sees 0 in it would not believe the
        // verdict.
        if (!out.interval.contains(0)) out.finding = finding_of(found[i].verdict, better(kpi.path));
        out.ratio = ratio_of(others[i], base, plan.seeds, each);
        out.still_needed = out.finding == Finding::not_shown ? still_needed(others[i], base, plan.seeds, each) : 0;
        // What was not shown needs one more at least, whatever the estimate says.
        if (out.finding == Finding::not_shown && out.still_needed == std::size_t{0}) out.still_needed = 1;
        if (plan.seeds == Seeds::common) out.pairing_gain = gain_of_pairs(others[i], base);
        of[i]->against = out;
    }
}

std::vector<BrokenGate> broken_gates(const std::vector<std::vector<const Replication*>>& runs) {
    std::vector<BrokenGate> out;
    for (std::size_t arm = 0; arm < runs.size(); ++arm)
        for (GateTally& gate : gate_tallies(runs[arm]))
            if (gate.broken > 0)
                out.push_back({arm, gate.text, gate.broken, gate.judged, gate.first_seed, std::move(gate.repeat_command)});
    return out;
}

}  // namespace

std::vector<std::string> usual_kpis() {
    std::vector<std::string> out;
    for (const StudyKpi& kpi : study_kpis()) out.emplace_back(kpi.path);
    return out;
}

std::vector<std::string> usual_front() {
    return {"oversold_units", "undersold_units", "cost_per_order", "fulfilment_time_s.p90"};
}

std::string_view finding_text(Finding finding) {
    switch (finding) {
        case Finding::better:
            return "better";
        case Finding::worse:
            return "worse";
        case Finding::lower:
            return "lower";
        case Finding::higher:
            return "higher";
        case Finding::not_shown:
            break;
    }
    return "no difference shown";
}

const ComparedKpi* StudyComparison::kpi(std::string_view path) const {
    for (const ComparedKpi& one : kpis)
        if (one.path == path) return &one;
    return nullptr;
}

namespace {

// Nothing when a replication did not measure it; `why` says under which arm.
std::optional<ComparedKpi> figures_of(const std::string& path, const std::vector<std::vector<const Replication*>>& runs,
                                      const StudyFigures& figures, const ComparisonPlan& plan, std::string& why) {
    ComparedKpi kpi;
    kpi.path = path;
    for (std::size_t arm = 0; arm < runs.size(); ++arm) {
        ComparedKpi::Arm& out = kpi.arms.emplace_back();
        for (const Replication* run : runs[arm])
            if (const auto value = run->kpi(path)) out.values.push_back(*value);
        if (const std::size_t missing = runs[arm].size() - out.values.size(); missing > 0) {
            why = missing == runs[arm].size() ? "not measured under " + figures.name(arm)
                                              : "measured in " + std::to_string(out.values.size()) + " of " +
                                                    std::to_string(runs[arm].size()) + " replications under " + figures.name(arm);
            return std::nullopt;
        }
        out.mean = statistics::mean_interval(out.values, plan.confidence);
    }
    return kpi;
}

std::vector<Choice> choices_of(const std::vector<std::vector<const Replication*>>& runs, const StudyFigures& figures,
                               const ComparisonPlan& plan) {
    std::vector<Choice> out;
    std::string why;
    for (const Priority& priority : priorities()) {
        std::vector<ComparedKpi> parts;
        for (const std::string& path : priority.kpis)
            if (auto kpi = figures_of(path, runs, figures, plan, why)) parts.push_back(std::move(*kpi));
        if (parts.size() == priority.kpis.size()) out.push_back(choose(priority, parts, plan.seeds, plan.confidence));
    }
    return out;
}

std::optional<StudyDay> day_of_arm(const std::vector<const Replication*>& runs) {
    std::vector<const RunDay*> days;
    for (const Replication* run : runs)
        if (run->day) days.push_back(&*run->day);
    return day_over(days);
}

}  // namespace

std::string unequal_shoppers(const StudyFigures& figures) {
    std::map<std::uint64_t, std::pair<std::size_t, std::string>> known;
    for (std::size_t arm = 0; arm < figures.arms(); ++arm)
        for (const Replication& one : figures.replications(arm)) {
            const std::string& print = one.identity.shoppers_fingerprint();
            const auto& [first, other] = known.try_emplace(one.seed, arm, print).first->second;
            if (print != other)
                return "seed " + std::to_string(one.seed) + ": the shoppers under " + figures.name(arm) + " (" + print +
                       ") are not those under " + figures.name(first) + " (" + other + ")";
        }
    return "";
}

StudyComparison compared(const StudyFigures& figures, const ComparisonPlan& plan) {
    StudyComparison out;
    out.baseline = plan.baseline;
    out.seeds = plan.seeds;
    out.confidence = plan.confidence;
    for (std::size_t arm = 0; arm < figures.arms(); ++arm) out.arms.push_back(figures.name(arm));
    if (const model::Identity* identity = figures.identity()) out.identity = *identity;
    const auto runs = counted(figures, plan.seeds, out.incomplete);
    for (const auto& of_arm : runs) {
        auto& seeds = out.runs.emplace_back();
        auto& fingerprints = out.fingerprints.emplace_back();
        out.repeat_commands.push_back(of_arm.empty() ? "" : of_arm.front()->identity.repeat_command());
        for (const Replication* run : of_arm) {
            seeds.push_back(run->seed);
            fingerprints.push_back(run->identity.fingerprint());
        }
    }
    out.gates = broken_gates(runs);
    for (const auto& of_arm : runs) out.days.push_back(day_of_arm(of_arm));
    if (std::any_of(runs.begin(), runs.end(), [](const auto& of_arm) { return of_arm.empty(); })) return out;
    std::string why;
    if (const auto shoppers = figures_of("shoppers", runs, figures, plan, why))
        out.shoppers = static_cast<std::uint64_t>(std::llround(shoppers->arms[plan.baseline].mean.value));
    for (const std::string& path : plan.kpis) {
        auto kpi = figures_of(path, runs, figures, plan, why);
        if (!kpi) {
            out.left_out.push_back({path, why});
            continue;
        }
        hold_against_baseline(*kpi, plan);
        out.kpis.push_back(std::move(*kpi));
    }
    for (const std::string& path : plan.front)
        if (auto kpi = figures_of(path, runs, figures, plan, why))
            out.front_figures.push_back(std::move(*kpi));
        else if (std::none_of(out.left_out.begin(), out.left_out.end(), [&](const LeftOut& one) { return one.path == path; }))
            out.left_out.push_back({path, why});
    out.front = front_of(out.front_figures, plan.seeds, plan.confidence);
    if (figures.arms() > 1) out.choices = choices_of(runs, figures, plan);
    return out;
}

}  // namespace lastunit::reports
