#include "cli/risk/pilot.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lastunit::cli {
namespace {

using Furthest = PathCounts::Furthest;

constexpr double kShare = 0.25;          // of the paths, that reach the next level; variance and cost are flat around it
constexpr std::size_t kMostLevels = 64;  // a share of 1e-38
constexpr std::int64_t kMostCopies = 1000;
constexpr double kForkTakes_s = 1e-3;  // fork, page faults, exit and wait of a small process

struct Next {
    std::int64_t importance = 0;
    std::int64_t paths = 0;  // that come there
};

// The importance whose share is nearest to kShare, in ratio. kEvent: the event is not rarer than a level would be, or nobody
// comes further than the last level.
Next next_level(std::vector<Furthest> furthest, std::int64_t last) {
    std::sort(furthest.begin(), furthest.end(), [](const Furthest& a, const Furthest& b) { return a.importance > b.importance; });
    double all = 0;
    for (const Furthest& one : furthest) all += static_cast<double>(one.weight);
    Next best{PathCounts::kEvent, 0};
    double nearest = INFINITY;
    std::int64_t so_far = 0;
    for (std::size_t i = 0; i < furthest.size() && furthest[i].importance > last; ++i) {
        so_far += furthest[i].weight;
        if (i + 1 < furthest.size() && furthest[i + 1].importance == furthest[i].importance) continue;
        const double distance = std::abs(std::log(static_cast<double>(so_far) / all / kShare));
        if (distance >= nearest) continue;
        nearest = distance;
        best = {furthest[i].importance, so_far};
    }
    return best;
}

struct NewLevel {
    std::int64_t importance = 0, copies = 0;
};

// Where a split is worth its while: a level that nearly all paths pass is none.
std::optional<NewLevel> level_above(std::vector<Furthest> furthest, std::int64_t last, std::int64_t roots) {
    for (;;) {
        const Next next = next_level(furthest, last);
        if (next.importance == PathCounts::kEvent) return std::nullopt;
        const std::int64_t copies = std::clamp<std::int64_t>((roots + next.paths / 2) / next.paths, 1, kMostCopies);
        if (copies > 1) return NewLevel{next.importance, copies};
        last = next.importance;
        std::erase_if(furthest, [last](const Furthest& one) { return one.importance < last; });
    }
}

}  // namespace

// The way to an oversell that is least improbable (Cramer): while a SKU is overdue, sales come at `seen` a second and would have
// to come at `needed`; where they do, the logarithm of the chance to get there grows by log(needed / seen) with each unit and
// falls by (needed - seen) with each second. A unit counts twice in the importance.
double toll_per_s(const sim::Overdue& overdue, const sim::RareEvent& event, std::int64_t runs) {
    if (overdue.seconds <= 0 || overdue.sold == 0) return 0;
    const auto times = static_cast<double>(overdue.times);
    const double per_run = std::max(1.0, times / static_cast<double>(runs));
    const double beyond = event.what == sim::Oversold::units ? static_cast<double>(event.at_least) : 1;
    const double units = static_cast<double>(overdue.stock) / times + beyond / per_run;
    const double seen = static_cast<double>(overdue.sold) / overdue.seconds, needed = units * times / overdue.seconds;
    return needed > 1.01 * seen ? 2 * (needed - seen) / std::log(needed / seen) : 0;
}

void choose_copying(RootPlan& plan, Pilot& pilot, const Roots& plain) {
    pilot.stopped = plain.stopped;
    pilot.cpu_s += plain.cpu_s;
    if (plain.counts.empty()) return;
    pilot.cpu_per_run_s = plain.cpu_s / static_cast<double>(plain.counts.size());
    if (plan.per_process > 1 && pilot.cpu_per_run_s < kForkTakes_s) plan.copying = Copying::replays;
}

Pilot place_levels(RootPlan& plan, const sim::RareEvent& event, std::uint64_t first_seed, std::size_t roots) {
    Pilot out;
    out.splitting.event = event;
    std::int64_t last = sim::kLeastImportance;
    while (out.splitting.levels.size() < kMostLevels) {
        const Roots seen = simulate_roots(plan, out.splitting, first_seed, roots);
        if (out.cpu_per_run_s == 0)
            choose_copying(plan, out, seen);
        else
            out.cpu_s += seen.cpu_s;
        out.stopped = seen.stopped;
        if (out.stopped) break;
        PathCounts sum;
        for (const PathCounts& one : seen.counts) sum.add(one);
        out.paths += sum.paths;
        if (out.splitting.levels.empty() && out.splitting.toll_per_s == 0) {
            out.splitting.toll_per_s = toll_per_s(sum.overdue, event, sum.paths);
            if (out.splitting.toll_per_s > 0) continue;  // the same runs once more, by what they are worth with it
        }
        const auto level = level_above(sum.furthest, last, static_cast<std::int64_t>(roots));
        if (!level) break;
        last = level->importance;
        out.splitting.levels.push_back(level->importance);
        out.splitting.copies.push_back(level->copies);
    }
    return out;
}

}  // namespace lastunit::cli
