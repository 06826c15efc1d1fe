#include "reports/statistics/constrained_selection.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {
ConstrainedSelection::ConstrainedSelection(std::size_t designs, ConstrainedRule rule)
    : rule_(std::move(rule)),
      designs_(designs),
      next_estimate_(rule_.first),
      survivors_(designs),
      states_(designs),
      pair_variances_(designs * designs) {
    LASTUNIT_ASSERT(designs >= 1 && rule_.zone > 0 && rule_.first >= 2, "a design, a zone above 0, two first replications");
    for (const Limit& limit : rule_.limits) LASTUNIT_ASSERT(limit.tolerance > 0, "a tolerance above 0");
    std::iota(survivors_.begin(), survivors_.end(), std::size_t{0});
    for (State& state : states_) {
        state.figures.resize(1 + rule_.limits.size());
        state.sums.resize(state.figures.size());
        state.variances.resize(state.figures.size());
        state.keeps.assign(rule_.limits.size(), Keeps::unknown);
    }
}

void ConstrainedSelection::add(std::span<const std::vector<double>> figures) {
    LASTUNIT_ASSERT(figures.size() == survivors_.size(), "figures of each survivor");
    for (std::size_t i = 0; i < figures.size(); ++i) {
        LASTUNIT_ASSERT(figures[i].size() == 1 + rule_.limits.size(), "the objective, and a figure per limit");
        State& state = states_[survivors_[i]];
        for (std::size_t k = 0; k < figures[i].size(); ++k) {
            double figure = figures[i][k];
            if (k > 0) {
                const Limit& limit = rule_.limits[k - 1];
                figure = limit.side == Limit::Side::at_most ? figure - limit.bound : limit.bound - figure;
            }
            state.figures[k].push_back(figure);
            state.sums[k] += figure;
        }
    }
    ++replications_;
    taken_ += figures.size();
    if (replications_ < rule_.first || decided()) return;
    if (replications_ == next_estimate_) estimate_variances();
    check_limits();
    drop_beaten();
}

bool ConstrainedSelection::keeps_all(std::size_t design) const {
    const auto& keeps = states_[design].keeps;
    return std::all_of(keeps.begin(), keeps.end(), [](Keeps one) { return one == Keeps::yes; });
}

bool ConstrainedSelection::decided() const {
    return survivors_.empty() || (survivors_.size() == 1 && keeps_all(survivors_.front()));
}

std::optional<std::size_t> ConstrainedSelection::best() const {
    if (!decided() || survivors_.empty()) return std::nullopt;
    return survivors_.front();
}

void ConstrainedSelection::estimate_variances() {
    next_estimate_ = rule_.variances == Variances::updated ? 2 * next_estimate_ : 0;
    const std::size_t decisions = designs_ - 1 + rule_.limits.size();
    if (decisions == 0) return;
    // Shared by designs - 1 pairs there, by all decisions and their boundaries here.
    const std::size_t shares = decisions * (rule_.boundaries == Boundaries::triangle ? 1 : 2);
    constants_ = elimination_constants(shares + 1, replications_ - 1, rule_.confidence, Streams::common);
    for (std::size_t i = 0; i < survivors_.size(); ++i) {
        State& state = states_[survivors_[i]];
        for (std::size_t k = 1; k < state.figures.size(); ++k) state.variances[k] = variance(state.figures[k]);
        for (std::size_t j = i + 1; j < survivors_.size(); ++j) {
            const std::size_t a = survivors_[i], b = survivors_[j];
            pair_variances_[a * designs_ + b] = variance(differences(states_[a].figures[0], states_[b].figures[0]));
        }
    }
}

// How far a sum over the replications so far may lie from 0 before its sign is known; the triangle is 0 from r = h^2 S^2 /
// width^2 on. The mixture bounds the chance to cross by exp(-a / 2) / 2 with the true variance; with an estimated one of f
// degrees the mean of that is (1 + a / f)^(-f / 2) / 2, which is the share of the error for a = h^2.
double ConstrainedSelection::allowance(double variance, double width) const {
    const double r = static_cast<double>(replications_), first = static_cast<double>(rule_.first);
    const double triangle = std::max(0.0, constants_.h2 * variance / (2 * width) - width * r / 2);
    if (rule_.boundaries == Boundaries::triangle) return triangle;
    return std::min(triangle, std::sqrt(variance * (r + first) * (std::log((r + first) / first) + constants_.h2)));
}

void ConstrainedSelection::check_limits() {
    for (const std::size_t design : survivors_) {
        State& state = states_[design];
        for (std::size_t k = 0; k < rule_.limits.size(); ++k) {
            if (state.keeps[k] != Keeps::unknown) continue;
            const double out = allowance(state.variances[k + 1], rule_.limits[k].tolerance);
            if (state.sums[k + 1] <= -out)
                state.keeps[k] = Keeps::yes;
            else if (state.sums[k + 1] >= out)
                state.keeps[k] = Keeps::no;
            if (state.keeps[k] == Keeps::no) state.standing = Standing::misses_limit;
        }
    }
    std::erase_if(survivors_, [&](std::size_t design) { return states_[design].standing != Standing::open; });
}

// Where the allowance is 0 the better sum stays, of equal ones the first.
bool ConstrainedSelection::beats(std::size_t a, std::size_t b) const {
    if (a == b || !keeps_all(a)) return false;
    const double gap = states_[b].sums[0] - states_[a].sums[0];
    const double ahead = rule_.best == Best::least ? gap : -gap;
    const double needed = allowance(pair_variances_[std::min(a, b) * designs_ + std::max(a, b)], rule_.zone);
    return ahead > needed || (needed == 0 && ahead == 0 && a < b);
}

// All are compared with all that were there at the beginning of the round.
void ConstrainedSelection::drop_beaten() {
    std::vector<std::size_t> staying;
    for (const std::size_t design : survivors_) {
        const auto by =
            std::find_if(survivors_.begin(), survivors_.end(), [&](std::size_t other) { return beats(other, design); });
        if (by == survivors_.end()) {
            staying.push_back(design);
            continue;
        }
        states_[design].standing = Standing::beaten;
        states_[design].beaten_by = *by;
    }
    survivors_ = staying;
}

}  // namespace lastunit::reports::statistics
