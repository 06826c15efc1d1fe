#include "reports/study/comparison_text.hpp"

#include <algorithm>
#include <cmath>

#include "reports/study/kpi_table.hpp"
#include "reports/study/kpi_text.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

constexpr std::size_t kOneByOne = 4;  // so many other arms have a sentence each

std::string confidence_text(const StudyComparison& study) { return decimal(study.confidence.level() * 100, 0) + " %"; }

// The verb of the KPI that the tool is about; others have none.
bool oversell(std::string_view path) { return path == "oversold_units" || path == "oversell_rate"; }

std::string ending(const StudyComparison& study) {
    return std::string(study.seeds == Seeds::common ? ", same shoppers, " : ", other shoppers each, ") +
           counted(study.replications(), "replication");
}

struct Change {
    double amount, low, high;
    const char* unit;
    const char* word;  // less, more, lower, higher, as much
};

// Of a ratio, as people say it.
Change change_of(const statistics::Interval& ratio) {
    if (ratio.value >= 2) return {ratio.value, ratio.low, ratio.high, " times", "as much"};
    if (ratio.value < 1) return {(1 - ratio.value) * 100, (1 - ratio.high) * 100, (1 - ratio.low) * 100, " %", "less"};
    return {(ratio.value - 1) * 100, (ratio.low - 1) * 100, (ratio.high - 1) * 100, " %", "more"};
}

// One decimal where whole numbers would say too little.
int decimals_of(const Change& c) {
    return std::max({std::abs(c.amount), std::abs(c.low), std::abs(c.high)}) < 10 || c.unit[1] == 't' ? 1 : 0;
}

std::string shown(const StudyComparison& study, const ComparedKpi& kpi, std::size_t arm) {
    const ArmDifference& d = *kpi.arms[arm].against;
    const std::string &name = study.arms[arm], &base = study.arms[study.baseline];
    const std::string interval = confidence_text(study) + " interval ";
    const double own = kpi.arms[arm].mean.value, other = kpi.arms[study.baseline].mean.value;
    const std::string verb = oversell(kpi.path) ? " oversells " : " has " + kpi_label(kpi.path) + " ";
    if (oversell(kpi.path) && own == 0)
        return name + " oversells nothing, " + base + " " + mean_text(kpi.path, other) +
               (kpi.path == "oversold_units" ? " units, " : ", ") + interval +
               interval_text(kpi.path, kpi.arms[study.baseline].mean) + ending(study);
    if (!d.ratio || own == 0) {
        const std::string amount = difference_text(kpi.path, d.interval.value);
        return name + verb + amount.substr(1) + (amount[0] == '-' ? " less than " : " more than ") + base + ", " + interval +
               difference_interval_text(kpi.path, d.interval) + ending(study);
    }
    const Change c = change_of(*d.ratio);
    const int decimals = decimals_of(c);
    const bool times = c.unit[1] == 't';
    return name + verb + decimal(c.amount, decimals) + c.unit + " " + c.word + (times ? " as " : " than ") + base + ", " +
           interval + decimal(c.low, decimals) + " to " + decimal(c.high, decimals) + c.unit + ending(study);
}

std::string not_shown(const StudyComparison& study, const ComparedKpi& kpi, std::size_t arm) {
    const ArmDifference& d = *kpi.arms[arm].against;
    std::string out =
        "no difference in " + kpi_label(kpi.path) + " shown between " + study.arms[arm] + " and " + study.arms[study.baseline];
    const bool equal = d.interval.low == 0 && d.interval.high == 0;
    if (equal && kpi.arms[arm].mean.value == 0) return out + ": it is 0 under both in all replications" + ending(study);
    if (equal) return out + ": it is the same in all replications" + ending(study);
    out += ": " + difference_text(kpi.path, d.interval.value) + ", " + confidence_text(study) + " interval " +
           difference_interval_text(kpi.path, d.interval) + ending(study);
    if (d.still_needed)
        out += "; to show one of that size takes about " + grouped(static_cast<std::uint64_t>(*d.still_needed)) + " more";
    return out;
}

std::string in_short(const ComparedKpi& kpi, std::size_t arm) {
    const ArmDifference& d = *kpi.arms[arm].against;
    if (kpi.arms[arm].mean.value == 0) return oversell(kpi.path) ? "nothing oversold" : "none";
    if (!d.ratio) return difference_text(kpi.path, d.interval.value) + " " + kpi_label(kpi.path);
    const Change c = change_of(*d.ratio);
    return decimal(c.amount, decimals_of(c)) + c.unit + " " + c.word;
}

Sentence of_arm(const StudyComparison& study, const ComparedKpi& kpi, std::size_t arm) {
    const Finding finding = kpi.arms[arm].against->finding;
    if (finding == Finding::not_shown) return {not_shown(study, kpi, arm), study.arms[arm] + ": no difference shown", finding};
    return {shown(study, kpi, arm), study.arms[arm] + ": " + in_short(kpi, arm), finding};
}

std::string counts_of(const StudyComparison& study, const ComparedKpi& kpi) {
    std::size_t good = 0, bad = 0, open = 0;
    for (const auto& arm : kpi.arms) {
        if (!arm.against) continue;
        const Finding f = arm.against->finding;
        ++(f == Finding::better || f == Finding::lower ? good : f == Finding::not_shown ? open : bad);
    }
    const bool neither = better(kpi.path) == Better::neither;
    return "of " + std::to_string(good + bad + open) + " against " + study.arms[study.baseline] + ", " + std::to_string(good) +
           " are shown " + (neither ? "lower" : "better") + " in " + kpi_label(kpi.path) + ", " + std::to_string(bad) + " " +
           (neither ? "higher" : "worse") + ", and of " + std::to_string(open) + " no difference is shown";
}

}  // namespace

std::vector<Sentence> headline(const StudyComparison& study) {
    std::vector<Sentence> out;
    if (study.kpis.empty()) return out;
    const ComparedKpi& kpi = study.kpis.front();
    std::vector<std::size_t> others;
    for (std::size_t arm = 0; arm < kpi.arms.size(); ++arm)
        if (kpi.arms[arm].against) others.push_back(arm);
    if (others.size() > kOneByOne) {
        const bool most = better(kpi.path) == Better::higher;
        const std::size_t best = *std::min_element(others.begin(), others.end(), [&](std::size_t a, std::size_t b) {
            const double x = kpi.arms[a].mean.value, y = kpi.arms[b].mean.value;
            return most ? x > y : x < y;
        });
        out.push_back(of_arm(study, kpi, best));
        out.push_back({counts_of(study, kpi), "", Finding::not_shown});
        return out;
    }
    for (const std::size_t arm : others) out.push_back(of_arm(study, kpi, arm));
    return out;
}

std::string caption(const StudyComparison& study) {
    const std::size_t arms = study.arms.size();
    const std::string under =
        std::to_string(arms) + (arms == 1 ? " design" : " designs") + ", " + counted(study.replications(), "replication");
    if (study.seeds == Seeds::independent) return "Other shoppers under each of " + under + " each";
    return "The same shoppers, " + grouped(study.shoppers) + " a run, under " + under + ", " +
           seeds_text(study.runs[study.baseline]);
}

std::string about_intervals(const StudyComparison& study) {
    if (study.replications() < 2) return "one replication has no interval: --replications 10 or more gives them";
    const std::size_t others = study.arms.size() - 1;
    const std::string together = others > 1
                                     ? ", of all " + std::to_string(others) +
                                           " designs together (Bonferroni; p by Holm, a verdict where the interval leaves 0 out)"
                                     : "";
    return confidence_text(study) + " intervals by " + (study.seeds == Seeds::common ? "Student's t on pairs" : "Welch's t") +
           together + "; each KPI on its own";
}

std::string interval_text(std::string_view path, const statistics::Interval& interval) {
    return mean_text(path, interval.low) + " to " + mean_text(path, interval.high);
}

std::string difference_interval_text(std::string_view path, const statistics::Interval& interval) {
    return difference_text(path, interval.low) + " to " + difference_text(path, interval.high);
}

std::string ratio_interval_text(const statistics::Interval& ratio) {
    std::string low = relative_text(ratio.low), high = relative_text(ratio.high);
    if (low.ends_with(" %") && high.ends_with(" %")) low.resize(low.size() - 2);
    return low + " to " + high;
}

std::string p_text(double p) { return p < 0.001 ? "<0.001" : decimal(p, p < 0.1 ? 3 : 2); }

std::string still_needed_text(const ArmDifference& difference) {
    if (difference.finding != Finding::not_shown) return "-";
    return difference.still_needed ? grouped(static_cast<std::uint64_t>(*difference.still_needed)) : "never";
}

std::string place_text(const StudyComparison& study, const FrontPlace& place) {
    switch (place.where) {
        case FrontPlace::Where::dominated:
            return "dominated by " + study.arms[place.by] + " (shown)";
        case FrontPlace::Where::dominated_in_means:
            return "dominated by " + study.arms[place.by] + " in the means, not shown";
        case FrontPlace::Where::on_front:
            break;
    }
    return "on the front";
}

std::string gate_text(const StudyComparison& study, const BrokenGate& gate) {
    return study.arms[gate.arm] + " fails the gate " + gate.text + " in " + std::to_string(gate.broken) + " of " +
           counted(gate.judged, "replication");
}

std::string left_out_text(const StudyComparison& study) {
    std::string out;
    for (const LeftOut& one : study.left_out) out += (out.empty() ? "" : "; ") + one.path + " (" + one.why + ")";
    return out.empty() ? out : "left out: " + out;
}

std::string seeds_text(const std::vector<std::uint64_t>& seeds) {
    if (seeds.empty()) return "no seeds";
    if (seeds.size() == 1) return "seed " + std::to_string(seeds.front());
    const bool dense = seeds.back() - seeds.front() + 1 == seeds.size();
    return "seeds " + std::to_string(seeds.front()) + " to " + std::to_string(seeds.back()) + (dense ? "" : " with gaps");
}

}  // namespace lastunit::reports
