#include "cli/validation/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "sim/simulation.hpp"

namespace lastunit::cli::validation {
namespace {

// Skewed figures need more replications before Student's t covers what it says; where one run is many shops, or its figure a mean
// over many shoppers, few will do.
constexpr StudySize kSizes[] = {
    {"a1_fin", 10, 1000},          {"a1_inf", 10, 1000},          {"a2_explag", 10, 5000},         {"a3_delta", 10, 1000},
    {"a4_buffer", 10, 2000},       {"b1_batch", 10, 1000},        {"b2_batch_uniform", 200, 50},   {"b3_partition", 10, 1000},
    {"c1_race_uniform", 100, 100}, {"c2_race_poisson", 10, 1000}, {"c3_race_exp", 10, 2000},       {"d_pools", 10, 1000},
    {"e10_transient", 60, 100},    {"f2_mtmc", 300, 100},         {"g2_flash_sat", 20, 500},       {"g3_flash", 20, 500},
    {"h1_newsvendor", 12, 1000},   {"i1_phantom_line", 10, 1000}, {"i2_phantom_skellam", 10, 500}, {"i3_shrink_cycle", 10, 1000},
    {"k1_gambler", 1, 200},        {"k2_poisson_tail", 12, 1000}, {"k3_buffer_tail", 12, 1000},    {"n_sequential", 10, 1000},
    {"o7_vr", 1, 10'000},          {"o8_ishigami", 1, 100'000},
};
constexpr const char* kVariance = "a variance: studies report means, shares and quantiles";
constexpr double kFewestEvents = 10;  // below, no interval of a count can cover 95 %: there are too few numbers to choose from
constexpr std::uint64_t kEventsBetweenQuestions = 128;  // whether a run has shown all
// Seeds of studies never meet those of a validation, which lie below 2^52, nor those of another thousand.
constexpr std::uint64_t kStudies = std::uint64_t{1} << 60U;
constexpr unsigned kBitsOfReplication = 12, kBitsOfStudy = 24;

std::uint64_t seed_of(const CoveragePlan& plan, std::uint64_t study, std::uint64_t replication) {
    return kStudies + ((((plan.seed - 1) << kBitsOfStudy) + study) << kBitsOfReplication) + replication;
}

void simulate(const Prepared& prepared, Experiment& experiment, std::uint64_t replications, const CoveragePlan& plan,
              std::uint64_t study) {
    sim::RunOptions options;
    options.probe = &experiment;
    options.progress_every = kEventsBetweenQuestions;
    options.on_progress = [&experiment](const sim::Progress&) {
        return experiment.over() ? sim::Control::stop : sim::Control::go_on;
    };
    for (std::uint64_t replication = 0; replication < replications; ++replication) {
        options.seed = seed_of(plan, study, replication);
        for (std::size_t i = 0; i < prepared.scenarios.size(); ++i) {
            experiment.begin(i);
            experiment.recorded(sim::run(prepared.scenarios[i], options));
            experiment.end();
        }
    }
}

void count(const Reading& reading, double expected, Coverage& into) {
    if (const auto* why = std::get_if<NotCompared>(&reading)) {
        ++into.without_interval;
        into.reason = why->reason;
        return;
    }
    const auto& estimate = std::get<Estimate>(reading);
    if (!std::isfinite(estimate.low) || !std::isfinite(estimate.high)) {
        ++into.without_interval;
        return;
    }
    if (estimate.whole || estimate.low == estimate.high) ++into.without_width;
    // The value is printed with ten digits.
    const double digits = 1e-9 * std::abs(expected);
    if (expected < estimate.low - digits)
        ++into.above;
    else if (expected > estimate.high + digits)
        ++into.below;
    else
        ++into.covered;
    into.few += estimate.events < kFewestEvents ? 1 : 0;
}

}  // namespace

const StudySize* study_size(const Family& family) {
    for (const StudySize& size : kSizes)
        if (std::string_view(size.family) == family.name) return &size;
    return nullptr;
}

Effort effort_of_a_study(const StudySize& size, std::uint64_t study) {
    return {"study", size.shoppers * static_cast<double>(size.replications), 0.1, 4, 10, size.shoppers, study + 1};
}

void Coverage::add(const Coverage& other) {
    output = other.output;
    expected = other.expected;
    covered += other.covered;
    above += other.above;
    below += other.below;
    few += other.few;
    without_width += other.without_width;
    without_interval += other.without_interval;
    if (!other.reason.empty()) reason = other.reason;
}

CoverageVerdict verdict_of(const Coverage& c) {
    const auto most = [&](std::uint64_t of) { return 2 * of > c.studies(); };
    if (c.studies() == 0 || most(c.without_width) || most(c.without_interval) || most(c.few)) return CoverageVerdict::not_judged;
    if (c.share() < kLeastCovered) return CoverageVerdict::too_little;
    return c.share() <= kMostCovered ? CoverageVerdict::inside : CoverageVerdict::too_much;
}

std::vector<Coverage> coverage_of(const Prepared& prepared, const Family& family, std::uint64_t first, std::uint64_t count_of,
                                  const CoveragePlan& plan) {
    std::vector<Coverage> out;
    const Case& c = *prepared.the_case;
    const StudySize& size = *study_size(family);
    for (const auto& [output, expected] : c.outputs) out.push_back({output, expected});
    for (std::uint64_t study = first; study < first + count_of; ++study) {
        const auto experiment = family.experiment(c, effort_of_a_study(size, ((plan.seed - 1) << kBitsOfStudy) + study));
        if (prepared.scenarios.empty())
            experiment->end();
        else
            simulate(prepared, *experiment, size.replications, plan, study);
        for (Coverage& one : out)
            count(one.output == "var" || one.output.starts_with("var_") ? Reading(NotCompared{kVariance})
                                                                        : experiment->read(one.output, one.expected),
                  one.expected, one);
    }
    return out;
}

}  // namespace lastunit::cli::validation
