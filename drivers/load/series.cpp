#include "drivers/load/series.hpp"

namespace lastunit::drivers {

StepFigures& Series::find(std::int64_t unix_us) {
    if (steps_.empty()) {
        steps_.reserve(kMostSteps);
        first_ = unix_us / step_us_;
        steps_.push_back(std::make_unique<StepFigures>());
        told_until_us_ = (first_ + 1) * step_us_;
    }
    while (unix_us / step_us_ - first_ >= static_cast<std::int64_t>(kMostSteps)) halve();
    const std::int64_t number = std::max(unix_us / step_us_, first_);
    const auto index = static_cast<std::size_t>(number - first_);
    while (steps_.size() <= index) steps_.push_back(std::make_unique<StepFigures>());
    current_from_us_ = number * step_us_;
    current_until_us_ = current_from_us_ + step_us_;
    current_ = steps_[index].get();
    return *current_;
}

void Series::tell(std::int64_t unix_us, std::uint32_t in_flight) {
    find(unix_us);  // may merge neighbours
    const std::int64_t now = unix_us / step_us_;
    for (std::int64_t step = told_until_us_ / step_us_ - 1; step < now; ++step)
        if (step >= first_) steps_[static_cast<std::size_t>(step - first_)]->in_flight = in_flight;
    told_until_us_ = (now + 1) * step_us_;
}

void Series::halve() {
    std::size_t kept = 0;
    const std::int64_t first = first_ / 2;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const auto to = static_cast<std::size_t>((first_ + static_cast<std::int64_t>(i)) / 2 - first);
        if (to < kept) {
            steps_[to]->append(*steps_[i]);
        } else {
            std::swap(steps_[to], steps_[i]);
            kept = to + 1;
        }
    }
    steps_.resize(kept);
    first_ = first;
    step_us_ *= 2;
    current_until_us_ = 0;
    // A step that is told in part is told again at its end.
    told_until_us_ = (told_until_us_ / step_us_) * step_us_ + (told_until_us_ % step_us_ == 0 ? 0 : step_us_);
}

void Series::fill(model::LoadSeries& series) const {
    series.set_step_s(static_cast<double>(step_us_) / 1e6);
    for (const auto& step : steps_) {
        series.add_intended(step->intended);
        series.add_sent(step->sent);
        series.add_answered(step->answered);
        series.add_refused(step->refused);
        series.add_no_answer(step->no_answer);
        series.add_in_flight(step->in_flight);
        series.add_service_p50_ms(static_cast<float>(step->service.quantile_ms(0.5, -1)));
        series.add_service_p99_ms(static_cast<float>(step->service.quantile_ms(0.99, -1)));
        series.add_response_p50_ms(static_cast<float>(step->response.quantile_ms(0.5, -1)));
        series.add_response_p99_ms(static_cast<float>(step->response.quantile_ms(0.99, -1)));
        series.add_lag_p99_ms(static_cast<float>(step->lag.quantile_ms(0.99, -1)));
    }
}

}  // namespace lastunit::drivers
