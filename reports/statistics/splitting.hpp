// Rare events by splitting: a probability of one in millions as a product of conditional ones that are not rare, each the chance
// to reach the next level of an importance (unseen sales minus remaining stock) from where the last level was reached.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/random.hpp"
#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

struct Level {
    std::int64_t trials = 0;  // begun at this level
    std::int64_t hits = 0;    // that reached the next one
};

// Fixed effort (Garvels 2000): the product of hits / trials. Unbiased, whatever the levels; 0 where some level was never left.
double fixed_effort_estimate(std::span<const Level> levels);

// From one study: the logarithm's variance is the sum of (1 - p) / hits over the levels, if where a level is entered does not
// matter for what follows. It does matter, more or less, so the interval is too narrow; independent repetitions are the honest
// way. Where a level was never left: from 0 to the product of the levels before and that level's exact upper bound.
Interval fixed_effort_interval(std::span<const Level> levels, Confidence confidence = Confidence());

// From independent repetitions, their estimates: unbiased mean, Student's t, not below 0. Estimates are skewed: from ten
// repetitions with a hundred hits or more per level on it covers what it says. All 0: nothing is known but that.
Interval splitting_interval(Sample estimates, Confidence confidence = Confidence());

// RESTART, fixed splitting (Villen-Altamirano 1991): every path that reaches level i goes on as split[i] paths. hits[r] = paths
// of root r that reached the last level; the estimate is hits / product(split) per root, and roots are independent. The hits come
// in clusters, of the few roots that have any: the interval is one of the logarithm, Student's t with as many degrees of freedom
// as there are clusters, (sum of hits)^2 / (sum of their squares). Measured on the shops of k2 and k3 (resampled roots, 2,000
// studies each): it covers in 94 to 97 % from a dozen roots with hits on, as often missed above as below, and in 97 to 98 % of
// fewer, where t intervals of the mean cover in 84 to 91 %. Without a split it is Clopper and Pearson's. No hit at all: from 0 to
// what so many roots without one exclude.
Interval restart_interval(std::span<const std::int64_t> hits, std::span<const std::int64_t> split,
                          Confidence confidence = Confidence());

// No path had the event: what is excluded by how far they came. reached[r][i] = paths of root r that reached level i. The deepest
// level that any reached is bounded by restart_interval, and the chance to come from there to the event by as many trials as
// roots that were there; each with half of the risk.
Interval never_seen(std::span<const std::vector<std::int64_t>> reached, std::span<const std::int64_t> split,
                    Confidence confidence = Confidence());

// What a study by fixed effort does. `advance(state, level, random)` simulates `state` until it has reached importance `level` +
// 1 (true: `state` is where) or never will (false). The first level starts from `start` each time; each later one from the states
// in which the last one was reached, in turn, beginning with a random one. `reached` gets the states at the last level.
template <class State, class Advance> std::vector<Level> fixed_effort(const State& start, std::size_t levels, std::int64_t effort,
                                                                      model::Stream& random, const Advance& advance,
                                                                      std::vector<State>* reached = nullptr) {
    std::vector<Level> out;
    std::vector<State> entries{start};
    for (std::size_t level = 0; level < levels && !entries.empty(); ++level) {
        std::vector<State> next;
        Level counts;
        const auto offset = static_cast<std::size_t>(random.uniform() * static_cast<double>(entries.size()));
        for (; counts.trials < effort; ++counts.trials) {
            State state = entries[(offset + static_cast<std::size_t>(counts.trials)) % entries.size()];
            if (!advance(state, level, random)) continue;
            ++counts.hits;
            next.push_back(state);
        }
        out.push_back(counts);
        entries = std::move(next);
    }
    if (reached != nullptr) *reached = std::move(entries);
    return out;
}

}  // namespace lastunit::reports::statistics
