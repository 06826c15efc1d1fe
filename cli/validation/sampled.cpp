// o7, o8: variance reduction and sensitivity, sampled from functions whose answers are known.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "cli/validation/answers.hpp"
#include "cli/validation/families.hpp"
#include "cli/validation/output_name.hpp"
#include "reports/statistics/sensitivity.hpp"
#include "reports/statistics/variance_reduction.hpp"

namespace lastunit::cli::validation {
namespace {

namespace st = reports::statistics;

model::Stream random_numbers(const Effort& effort) { return {effort.study, model::Purpose::property, 0}; }

// Held to its own size, however small: it is the point of the method that it is.
Estimate variance_of(const std::vector<double>& x, double expected) {
    double squares = 0, fourth = 0;
    const double mean = st::mean(x);
    for (const double one : x) {
        const double square = (one - mean) * (one - mean);
        squares += square;
        fourth += square * square;
    }
    const double n = st::size_of(x);
    Estimate out = of_variance(n, squares / n, fourth / n, expected);
    out.scale = 0;
    return out;
}

double ishigami(const std::vector<double>& point, double a, double b) {
    const auto angle = [&](std::size_t i) { return std::numbers::pi * (2 * point[i] - 1); };
    const double wave = std::sin(angle(1)), third = angle(2) * angle(2);
    return std::sin(angle(0)) * (1 + b * third * third) + a * wave * wave;
}

}  // namespace

// E[e^U]: as it is, with 1 - U beside U, and with U as control.
std::unique_ptr<Experiment> variance_reduction(const Case&, const Effort& effort) {
    constexpr double kFewest = 20'000, kMost = 1'000'000;
    model::Stream random = random_numbers(effort);
    std::vector<double> u(static_cast<std::size_t>(std::clamp(effort.shoppers, kFewest, kMost))), crude, mirrored;
    Moments moments;
    for (double& one : u) {
        one = random.uniform();
        crude.push_back(std::exp(one));
        mirrored.push_back(std::exp(1 - one));
        moments.add(crude.back());
    }
    const auto pairs = st::antithetic_means(crude, mirrored), controlled = st::controlled(crude, u, 0.5).figures;
    return std::make_unique<Answers>([=](const std::string& output, double expected) -> std::optional<Estimate> {
        if (output == "mean") return of_mean(moments, expected);
        if (output == "var_crude") return variance_of(crude, expected);
        if (output == "var_antithetic") return variance_of(pairs, expected);
        if (output == "var_control") return variance_of(controlled, expected);
        return std::nullopt;
    });
}

// S1 is factor 1's share alone, ST1 with its interactions. Shares of 0 are held to 1.
std::unique_ptr<Experiment> sobol_of_ishigami(const Case& c, const Effort& effort) {
    constexpr double kAnything = -1e6;
    constexpr std::size_t kRepetitions = 10, kMost = 8192;
    const double a = c.inputs.number("a", kAnything), b = c.inputs.number("b", kAnything);
    const auto base = std::clamp<std::size_t>(std::bit_floor(static_cast<std::size_t>(effort.shoppers / 50)), 1024, kMost);
    model::Stream random = random_numbers(effort);
    const st::SobolPlan plan = st::sobol_plan(3, base, kRepetitions, random);
    std::vector<double> outputs;
    for (const auto& point : plan.points) outputs.push_back(ishigami(point, a, b));
    return std::make_unique<Answers>(
        [figures = st::sobol_repetitions(plan, outputs)](const std::string& output, double expected) -> std::optional<Estimate> {
            if (output == "var") return of_replications(figures[0], expected);
            const bool total = output.starts_with("ST");
            const auto factor = number_after(total ? "ST" : "S", output);
            if (!factor || (*factor != 1 && *factor != 2 && *factor != 3)) return std::nullopt;
            Estimate out = of_replications(figures[2 * static_cast<std::size_t>(*factor) - (total ? 0 : 1)], expected);
            out.scale = 1;
            return out;
        });
}

}  // namespace lastunit::cli::validation
