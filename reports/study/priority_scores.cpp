#include "reports/study/priority_scores.hpp"

#include <algorithm>
#include <cmath>

#include "reports/statistics/mean.hpp"
#include "reports/study/kpi_table.hpp"

namespace lastunit::reports {
namespace {

using statistics::Confidence;

constexpr double kFullWeight =
    0.1;  // designs that are this far apart, as a share of the largest mean, have all of a KPI's weight

double sign_of(const ComparedKpi& kpi) { return better(kpi.path) == Better::higher ? -1 : 1; }

void add(std::vector<double>& to, const std::vector<double>& values, double by, double from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += by * (values[i] - from);
}

struct Way {
    double best = 0, worst = 0, largest = 0;  // worst: of those shown worse than the best; largest: of all, without sign
    std::vector<double> from;                 // by arm: what its values are counted from
};

Way way_of(const ComparedKpi& kpi, Seeds seeds, double alpha) {
    const double sign = sign_of(kpi);
    std::size_t best = 0;
    for (std::size_t arm = 1; arm < kpi.arms.size(); ++arm)
        if (sign * kpi.arms[arm].mean.value < sign * kpi.arms[best].mean.value) best = arm;
    const auto signed_values = [&](std::size_t arm) {
        std::vector<double> out = kpi.arms[arm].values;
        for (double& value : out) value *= sign;
        return out;
    };
    const std::vector<double> least = signed_values(best);
    Way out;
    out.best = out.worst = kpi.arms[best].mean.value;
    for (std::size_t arm = 0; arm < kpi.arms.size(); ++arm) {
        const double mean = kpi.arms[arm].mean.value;
        const bool apart = arm != best && (least.size() < 2 || kpi.arms[arm].values.size() < 2 ||
                                           shown_worse(signed_values(arm), least, seeds, alpha));
        out.from.push_back(apart ? out.best : mean);
        if (apart && sign * mean > sign * out.worst) out.worst = mean;
        out.largest = std::max(out.largest, std::abs(mean));
    }
    return out;
}

PriorityScores balanced(const std::vector<ComparedKpi>& parts, Seeds seeds, double alpha) {
    PriorityScores out;
    out.of.resize(parts.front().arms.size());
    for (std::size_t arm = 0; arm < out.of.size(); ++arm) out.of[arm].resize(parts.front().arms[arm].values.size());
    for (const ComparedKpi& part : parts) {
        const Way way = way_of(part, seeds, alpha);
        const double length = std::abs(way.worst - way.best), full = std::max(length, kFullWeight * way.largest);
        out.weighed.push_back({part.path, way.largest > 0 ? length / way.largest : 0, full > 0 ? length / full : 0});
        if (!(full > 0)) continue;
        const double by = sign_of(part) / full / static_cast<double>(parts.size());
        for (std::size_t arm = 0; arm < out.of.size(); ++arm) add(out.of[arm], part.arms[arm].values, by, way.from[arm]);
    }
    return out;
}

}  // namespace

PriorityScores priority_scores(const Priority& priority, const std::vector<ComparedKpi>& parts, Seeds seeds,
                               Confidence confidence) {
    const std::size_t arms = parts.front().arms.size();
    if (priority.score == Priority::Score::balanced)
        return balanced(parts, seeds, confidence.alpha() / static_cast<double>(std::max<std::size_t>(arms - 1, 1)));
    PriorityScores out;
    for (std::size_t arm = 0; arm < arms; ++arm) {
        out.of.emplace_back(parts.front().arms[arm].values.size());
        for (const ComparedKpi& part : parts) add(out.of[arm], part.arms[arm].values, sign_of(part), 0);
    }
    return out;
}

statistics::Difference score_difference(const std::vector<double>& a, const std::vector<double>& b, Seeds seeds,
                                        Confidence confidence) {
    return seeds == Seeds::common ? statistics::paired_difference(a, b, confidence)
                                  : statistics::welch_difference(a, b, confidence);
}

bool shown_worse(const std::vector<double>& arm, const std::vector<double>& best, Seeds seeds, double alpha) {
    const statistics::Difference found = score_difference(arm, best, seeds, Confidence());
    return found.interval.value > 0 && found.p / 2 <= alpha;
}

}  // namespace lastunit::reports
