#include "cli/risk/study.hpp"

#include <algorithm>
#include <cmath>

#include "reports/statistics/splitting.hpp"

namespace lastunit::cli {
namespace {

namespace st = reports::statistics;

constexpr std::size_t kFirstRound = 200;

// How many more, after these.
std::size_t next_round(const Study& so_far, const Splitting& splitting, const StudyPlan& how) {
    const std::size_t n = so_far.roots.size(), left = how.most_roots - n;
    if (how.relative_error == 0) return left;
    if (n == 0) return std::min(left, kFirstRound);
    const st::Interval interval = probability(so_far.roots, splitting, how.confidence);
    if (interval.value == 0) return std::min(left, n);
    const double error = interval.half_width() / interval.value;
    if (error <= how.relative_error) return 0;
    const double needed = static_cast<double>(n) * (std::pow(error / how.relative_error, 2) - 1);
    return std::min(left,
                    static_cast<std::size_t>(std::clamp(needed, std::ceil(static_cast<double>(n) / 10), static_cast<double>(n))));
}

}  // namespace

Study study(const RootPlan& plan, const Splitting& splitting, const StudyPlan& how) {
    Study out;
    while (const std::size_t more = next_round(out, splitting, how)) {
        RootPlan round = plan;
        const std::size_t before = out.roots.size();
        if (plan.on_done) round.on_done = [&](std::size_t done) { plan.on_done(before + done); };
        Roots roots = simulate_roots(round, splitting, how.first_seed + before, more);
        out.cpu_s += roots.cpu_s;
        out.stopped = roots.stopped;
        if (out.stopped) break;
        out.roots.insert(out.roots.end(), roots.counts.begin(), roots.counts.end());
    }
    return out;
}

st::Interval probability(const std::vector<PathCounts>& roots, const Splitting& splitting, st::Confidence confidence) {
    std::vector<std::int64_t> hits;
    for (const PathCounts& root : roots) hits.push_back(root.hits);
    const st::Interval out = st::restart_interval(hits, splitting.copies, confidence);
    if (out.value > 0) return out;
    std::vector<std::vector<std::int64_t>> reached;
    for (const PathCounts& root : roots) reached.push_back(root.reached);
    return st::never_seen(reached, splitting.copies, confidence);
}

}  // namespace lastunit::cli
