// o1, o6, o9 to o12: intervals, stopping and warm-up, by reports/statistics.
#include <cmath>

#include "cli/validation/answers.hpp"
#include "cli/validation/families.hpp"
#include "cli/validation/output_name.hpp"
#include "reports/statistics/difference.hpp"
#include "reports/statistics/distributions.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/statistics/quantile.hpp"
#include "reports/statistics/sequential.hpp"
#include "reports/statistics/warm_up.hpp"

namespace lastunit::cli::validation {
namespace {

namespace st = reports::statistics;

constexpr double kAnything = -1e300;  // least value of an observation

// Between 0 and 1, both left out.
double share(const Inputs& in, const std::string& name) {
    const double value = in.number(name, 0, 1);
    if (value == 0 || value == 1) throw CaseError("input '" + name + "' has to lie between 0 and 1");
    return value;
}

st::Confidence confidence_of(const Inputs& in) { return st::Confidence(share(in, "conf")); }

std::vector<double> observations(const Inputs& in, const std::string& name) {
    std::vector<double> x = in.numbers(name, kAnything);
    if (x.size() < 2) throw CaseError("input '" + name + "' needs two observations or more");
    return x;
}

// "t_.975_29" is the 0.975 quantile with 29 degrees of freedom, "z_.975" the normal one.
std::optional<double> quantile_named(const std::string& output) {
    const auto inside = [](std::optional<double> p) { return p && *p > 0 && *p < 1; };
    if (const auto p = number_after("z_", output); inside(p)) return st::normal_quantile(*p);
    const std::size_t bar = output.rfind('_');
    if (!output.starts_with("t_") || bar < 2) return std::nullopt;
    const auto p = number_after("t_", output.substr(0, bar)), freedom = number_after("_", output.substr(bar));
    if (!inside(p) || !freedom || *freedom <= 0) return std::nullopt;
    return st::t_quantile(*p, *freedom);
}

// "025" after the prefix is 0.25: the point follows the first digit, unless there is one.
std::optional<double> width_after(const std::string& prefix, const std::string& output) {
    const std::size_t point = prefix.size() + 1;
    if (output.size() <= point || output.find('.') != std::string::npos) return number_after(prefix, output);
    return number_after(prefix, output.substr(0, point) + "." + output.substr(point));
}

std::optional<double> about_mean(const std::string& output, const std::vector<double>& x, st::Confidence confidence) {
    if (output == "mean") return st::mean(x);
    if (output == "s2") return st::variance(x);
    if (output == "half") return st::mean_interval(x, confidence).half_width();
    for (const auto& [prefix, kind] : {std::pair("n_abs_", st::Width::absolute), std::pair("n_rel_", st::Width::relative)}) {
        const auto width = width_after(prefix, output);
        if (!width || *width <= 0) continue;
        const auto n = st::replications_for(x, {.kind = kind, .half_width = *width, .confidence = confidence});
        return n ? static_cast<double>(*n) : INFINITY;
    }
    return std::nullopt;
}

}  // namespace

std::unique_ptr<Experiment> t_quantiles(const Case&, const Effort&) { return computed(quantile_named); }

std::unique_ptr<Experiment> quantile_ranks(const Case& c, const Effort&) {
    const auto ranks =
        st::quantile_ranks(c.inputs.whole("n", 1), share(c.inputs, "p"), st::Confidence(1 - share(c.inputs, "alpha")));
    return computed(
        {{"l", static_cast<double>(ranks.low)}, {"u", static_cast<double>(ranks.high)}, {"coverage", ranks.coverage}});
}

// Both books' examples: the interval, and the replications that a narrower one would take.
std::unique_ptr<Experiment> mean_and_stopping(const Case& c, const Effort&) {
    return computed([x = observations(c.inputs, "x"), confidence = confidence_of(c.inputs)](const std::string& output) {
        return about_mean(output, x, confidence);
    });
}

// The series is the family's own.
std::unique_ptr<Experiment> warm_up(const Case& c, const Effort&) {
    constexpr std::int64_t kStep = 7919, kCycle = 100;
    std::vector<double> x;
    for (std::int64_t i = 0; i < c.inputs.whole("n", 20, 10'000'000); ++i)
        x.push_back(10 * std::exp(-static_cast<double>(i) / 20) + static_cast<double>(kStep * i % kCycle) / 100);
    const st::WarmUp cut = st::mser5(x);
    return computed({{"d_batches", static_cast<double>(cut.batches)},
                     {"truncate_obs", static_cast<double>(cut.observations)},
                     {"mean_after", cut.mean_after},
                     {"mean_all", st::mean(x)},
                     {"stat", cut.statistic}});
}

std::unique_ptr<Experiment> paired_or_not(const Case& c, const Effort&) {
    const std::vector<double> a = observations(c.inputs, "a"), b = observations(c.inputs, "b");
    if (a.size() != b.size()) throw CaseError("inputs 'a' and 'b' are pairs: equally many");
    const st::Difference paired = st::paired_difference(a, b), welch = st::welch_difference(a, b);
    return computed({{"diff", paired.interval.value},
                     {"half_paired", paired.interval.half_width()},
                     {"half_welch", welch.interval.half_width()},
                     {"welch_df", welch.freedom}});
}

}  // namespace lastunit::cli::validation
