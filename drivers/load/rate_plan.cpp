#include "drivers/load/rate_plan.hpp"

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"

namespace lastunit::drivers {

namespace {

double operations_of(const RatePhase& phase) { return (phase.from + phase.to) / 2 * phase.lasts.seconds(); }

// Seconds into the phase by which `operations` are due: the smaller root of a t + (b - a) t^2 / 2T = n, in the form that does
// not cancel.
double time_of(const RatePhase& phase, double operations) {
    const double slope = (phase.to - phase.from) / phase.lasts.seconds();
    const double root = std::sqrt(std::max(0.0, phase.from * phase.from + 2 * slope * operations));
    return phase.from + root <= 0 ? 0 : 2 * operations / (phase.from + root);
}

}  // namespace

RatePlan::RatePlan(std::vector<RatePhase> phases, Spacing spacing, std::uint64_t seed)
    : phases_(std::move(phases)), spacing_(spacing), stream_(seed, model::Purpose::arrival, 0) {
    for (const RatePhase& phase : phases_)
        LASTUNIT_ASSERT(phase.lasts.us > 0 && phase.from >= 0 && phase.to >= 0, "a phase without a length, or a negative rate");
    if (spacing_ == Spacing::poisson) due_ = -std::log(stream_.uniform());
}

std::optional<std::int64_t> RatePlan::next() {
    while (phase_ < phases_.size() && due_ - before_ >= operations_of(phases_[phase_])) {
        before_ += operations_of(phases_[phase_]);
        phase_at_s_ += phases_[phase_].lasts.seconds();
        ++phase_;
    }
    if (phase_ == phases_.size()) return {};
    const double at_s = phase_at_s_ + time_of(phases_[phase_], due_ - before_);
    due_ += spacing_ == Spacing::even ? 1.0 : -std::log(stream_.uniform());
    return static_cast<std::int64_t>(at_s * 1e9);
}

Duration RatePlan::lasts() const {
    Duration sum{0};
    for (const RatePhase& phase : phases_) sum = sum + phase.lasts;
    return sum;
}

double RatePlan::expected() const {
    double sum = 0;
    for (const RatePhase& phase : phases_) sum += operations_of(phase);
    return sum;
}

}  // namespace lastunit::drivers
