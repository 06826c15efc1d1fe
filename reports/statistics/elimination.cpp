#include "reports/statistics/elimination.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

EliminationConstants elimination_constants(std::size_t designs, std::size_t freedom, Confidence confidence, Streams streams) {
    LASTUNIT_ASSERT(designs >= 2 && freedom >= 1, "two designs or more, two replications or more");
    const double pairs = static_cast<double>(designs) - 1, degrees = static_cast<double>(freedom);
    const double beta = streams == Streams::common ? confidence.alpha() / pairs : 1 - std::pow(confidence.level(), 1 / pairs);
    EliminationConstants out;
    out.eta = (std::pow(2 * beta, -2 / degrees) - 1) / 2;
    out.h2 = 2 * out.eta * degrees;
    return out;
}

Elimination::Elimination(std::size_t designs, const EliminationRule& rule)
    : rule_(rule),
      designs_(designs),
      next_estimate_(rule.first),
      figures_(designs),
      sums_(designs),
      variances_(designs * designs) {
    LASTUNIT_ASSERT(designs >= 1 && rule.zone > 0 && rule.first >= 2, "a design, a zone above 0, two first replications");
    survivors_.resize(designs);
    std::iota(survivors_.begin(), survivors_.end(), std::size_t{0});
}

void Elimination::add(std::span<const double> figures) {
    LASTUNIT_ASSERT(figures.size() == survivors_.size(), "one figure per survivor");
    for (std::size_t i = 0; i < figures.size(); ++i) {
        figures_[survivors_[i]].push_back(figures[i]);
        sums_[survivors_[i]] += figures[i];
    }
    ++replications_;
    taken_ += figures.size();
    if (replications_ < rule_.first || decided()) return;
    if (replications_ == next_estimate_) estimate_variances();
    drop();
}

double Elimination::lead(std::size_t a, std::size_t b) const {
    const double gap = (sums_[a] - sums_[b]) / static_cast<double>(replications_);
    return rule_.best == Best::largest ? gap : -gap;
}

double Elimination::pair_variance(std::size_t a, std::size_t b) const {
    return variances_[std::min(a, b) * designs_ + std::max(a, b)];
}

void Elimination::estimate_variances() {
    constants_ = elimination_constants(designs_, replications_ - 1, rule_.confidence, rule_.streams);
    for (std::size_t i = 0; i < survivors_.size(); ++i)
        for (std::size_t j = i + 1; j < survivors_.size(); ++j) {
            const std::size_t a = survivors_[i], b = survivors_[j];
            variances_[a * designs_ + b] = variance(differences(figures_[a], figures_[b]));
        }
    next_estimate_ = rule_.variances == Variances::updated ? 2 * next_estimate_ : 0;
}

// All are compared with all that were there at the beginning of the round. Where the allowance is 0 the better mean stays, of
// equal ones the first.
void Elimination::drop() {
    const double r = static_cast<double>(replications_);
    const auto beaten = [&](std::size_t a) {
        return std::any_of(survivors_.begin(), survivors_.end(), [&](std::size_t b) {
            if (a == b) return false;
            const double allowance =
                std::max(0.0, rule_.zone / (2 * r) * (constants_.h2 * pair_variance(a, b) / (rule_.zone * rule_.zone) - r));
            const double ahead = lead(b, a);
            return ahead > allowance || (allowance == 0 && ahead == 0 && b < a);
        });
    };
    std::vector<std::size_t> staying;
    for (const std::size_t design : survivors_)
        if (!beaten(design)) staying.push_back(design);
    survivors_ = staying;
}

}  // namespace lastunit::reports::statistics
