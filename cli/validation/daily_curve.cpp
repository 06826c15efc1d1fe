// f1: infinitely many servers under a rate that swings like a day. In the periodic steady state the number in service swings as
// well, later and by less.
#include <cmath>
#include <numbers>

#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/intervals.hpp"
#include "cli/validation/output_name.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {
namespace {

struct Day {
    double mean_rate = 0, amplitude = 0, period = 0, mean_service = 0;  // per unit, share of the mean, units, units
};

class DailyCurve : public FigureExperiment {
   public:
    DailyCurve(const Case& c, const Day& day, const Effort& effort) : FigureExperiment(c), clock_(day.mean_rate), day_(day) {
        // From empty, a share exp(-t / mean service) of the past is missing: 25 services, rounded up to whole periods.
        constexpr double kReplications = 80;
        first_ = std::ceil(25 * day.mean_service / day.period);
        const double affordable = effort.shoppers / kReplications / (day.mean_rate * day.period);
        last_ = first_ + std::max(5.0, std::floor(affordable) - first_);
        const double length = (last_ + 1) * day.period;
        window_ = {SimTime{std::llround(clock_.us(first_ * day.period))}, SimTime{std::llround(clock_.us(last_ * day.period))}};
        Settings settings(length, clock_);
        settings.set("demand.streams.all.rate", clock_.rate(day.mean_rate))
            .set("demand.streams.all.amplitude", digits(day.amplitude))
            .set("demand.streams.all.period", clock_.time(day.period))
            .set("network.nodes.dc.pick.service", clock_.exponential(day.mean_service));
        simulate(settings.overrides(), length * day.mean_rate);
        for (const auto& [output, expected] : c.outputs)
            if (const auto at = number_after("m_t", output)) phases_[*at] = 0;
    }

    void begin(std::size_t) override {
        for (auto& [at, count] : phases_) count = 0;
        there_ = cosine_ = sine_ = 0;
    }
    void service_began(NodeId, sim::StationKind kind, SimTime arrived, Duration waited, Duration service) override {
        if (kind != sim::StationKind::pick) return;
        const SimTime from = arrived + waited, until = from + service;
        for (auto& [at, count] : phases_) count += instants(at, clock_.units(from), clock_.units(until));
        there_ += window_.overlap_us(from, until);
        add_harmonic(std::max(from.us, window_.from.us), std::min(until.us, window_.until.us));
    }

   private:
    double angle(double us) const { return 2 * std::numbers::pi * us / clock_.us(day_.period); }

    // How many of the instants `phase` + k periods, inside the window, lie in [from, until).
    double instants(double phase, double from, double until) const {
        const auto before = [&](double t) { return std::clamp(std::ceil((t - phase) / day_.period), first_, last_); };
        return before(until) - before(from);
    }
    // The first harmonic of the number in service: exact integrals over each stay.
    void add_harmonic(std::int64_t from, std::int64_t until) {
        if (until <= from) return;
        const double a = angle(static_cast<double>(from)), b = angle(static_cast<double>(until));
        cosine_ += std::sin(b) - std::sin(a);
        sine_ += std::cos(a) - std::cos(b);
    }
    std::optional<double> figure(const std::string& output) override {
        const double days = last_ - first_;
        if (const auto at = number_after("m_t", output)) return phases_.at(*at) / days;
        // The mean curve is a sinusoid about its mean, because the servers are a linear filter: its peak is read from the fitted
        // harmonic, not from the highest point of a rugged curve, which would be biased upwards.
        const double c = cosine_ / (std::numbers::pi * days), s = sine_ / (std::numbers::pi * days);
        if (output == "peak") return there_ / window_.length_us() + std::hypot(c, s);
        if (output == "peak_lag") {  // behind the peak of the rate, at a quarter of the period
            const double lag = std::atan2(s, c) / (2 * std::numbers::pi) - 0.25;
            return (lag - std::floor(lag + 0.5)) * day_.period;
        }
        return std::nullopt;
    }

    Clock clock_;
    Day day_;
    double first_ = 0, last_ = 0;  // periods observed: first_ <= k < last_
    Window window_;
    std::map<double, double> phases_;  // units since the start of the period -> customers there, summed over periods
    double there_ = 0, cosine_ = 0, sine_ = 0;
};

}  // namespace

std::unique_ptr<Experiment> daily_curve(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    return std::make_unique<DailyCurve>(
        c, Day{in.positive("lbar"), in.number("a", 0, 1), in.positive("period"), 1 / in.positive("mu")}, effort);
}

}  // namespace lastunit::cli::validation
