#include "cli/validation/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sim/simulation.hpp"

namespace lastunit::cli::validation {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFewest = 10;                   // replications
constexpr double kCostOfARun = 10;                      // starting a run takes as long as so many shoppers; measured
constexpr std::uint64_t kLooks = 8;                     // how often it is asked whether the estimates are good enough
constexpr std::uint64_t kEventsBetweenQuestions = 128;  // whether a run has shown all

std::string scenario_file(const std::string& family, const std::vector<std::string>& library) {
    for (const std::string& folder : library) {
        const fs::path path = fs::path(folder) / "validation" / (family + ".yaml");
        std::error_code error;
        if (fs::is_regular_file(path, error)) return path.string();
    }
    throw NotCovered("the library has no validation/" + family + ".yaml");
}

std::vector<Compared> compare_all(const Case& c, const Experiment& experiment, const Effort& effort) {
    std::vector<Compared> out;
    for (const auto& [output, expected] : c.outputs)
        out.push_back(compare(output, expected, experiment.read(output, expected), effort));
    return out;
}

// A handful of rare events is worth more replications, which may make it a crowd; events that did not turn up in half of the
// effort will hardly do so in the other half.
bool worth_chasing(const Compared& one, double spent) {
    const bool rare = one.verdict == Verdict::passed && one.estimate.rare && one.expected > 0 && one.expected < 0.5;
    return rare && (one.estimate.value > 0 || spent < 0.5);
}

// Good enough to stop, with this share of the effort spent.
bool settled(const std::vector<Compared>& outputs, double spent) {
    return std::none_of(outputs.begin(), outputs.end(), [spent](const Compared& one) {
        return one.verdict == Verdict::inconclusive || worth_chasing(one, spent);
    });
}

}  // namespace

const char* name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::passed:
            return "ok";
        case Verdict::failed:
            return "FAILED";
        case Verdict::inconclusive:
            return "inconclusive";
        case Verdict::not_compared:
            return "not compared";
    }
    return "?";
}

Prepared prepare(const Case& c, const Family& family, const Effort& effort, const std::vector<std::string>& library) {
    c.require_outputs();
    Prepared out{&c, family.experiment(c, effort), {}, {}};
    const std::vector<Overrides> settings = out.experiment->settings();
    if (settings.empty()) return out;
    const std::string file = scenario_file(family.name, library);
    const scenarios::Library folders(library);
    const auto scenario = [&](const Overrides& overrides) {
        scenarios::Loaded loaded = scenarios::load(file, overrides, folders);
        if (!loaded.scenario) throw CaseError("makes no scenario: " + loaded.errors.front().text());
        return std::move(*loaded.scenario);
    };
    for (const Overrides& overrides : settings) out.scenarios.push_back(scenario(overrides));
    if (const auto overrides = out.experiment->apart()) out.apart = scenario(*overrides);
    return out;
}

Outcome simulate(Prepared& prepared, const Effort& effort, std::uint64_t seed) {
    Experiment& experiment = *prepared.experiment;
    if (prepared.scenarios.empty()) {
        experiment.end();
        return {compare_all(*prepared.the_case, experiment, effort), experiment.gaps()};
    }
    if (prepared.apart) experiment.simulate_apart(*prepared.apart, effort, seed);
    const double affordable = effort.shoppers * experiment.times_effort() /
                              (experiment.shoppers() + kCostOfARun * static_cast<double>(prepared.scenarios.size()));
    const std::uint64_t most = std::max(kFewest, static_cast<std::uint64_t>(affordable));
    const std::uint64_t between_looks = std::max<std::uint64_t>(1, most / kLooks);

    Outcome out;
    sim::RunOptions options;
    options.probe = &experiment;
    options.progress_every = kEventsBetweenQuestions;
    options.on_progress = [&experiment](const sim::Progress&) {
        return experiment.over() ? sim::Control::stop : sim::Control::go_on;
    };
    while (out.replications < most) {
        // Seeds of one validation never meet those of the next.
        options.seed = ((seed - 1) << 32U) + ++out.replications;
        for (std::size_t i = 0; i < prepared.scenarios.size(); ++i) {
            experiment.begin(i);
            const model::RunRecord record = sim::run(prepared.scenarios[i], options);
            out.shoppers += record.kpi().shoppers();
            experiment.recorded(record);
            experiment.end();
        }
        if (out.replications < kFewest || out.replications % between_looks != 0) continue;
        const double spent = static_cast<double>(out.replications) / static_cast<double>(most);
        if (settled(compare_all(*prepared.the_case, experiment, effort), spent)) break;
    }
    out.outputs = compare_all(*prepared.the_case, experiment, effort);
    return out;
}

Compared compare(const std::string& output, double expected, const Reading& reading, const Effort& effort) {
    Compared out{output, expected, Verdict::not_compared, {}, ""};
    if (const auto* why = std::get_if<NotCompared>(&reading)) {
        out.reason = why->reason;
        return out;
    }
    out.estimate = std::get<Estimate>(reading);
    const bool informative =
        out.estimate.whole ? out.estimate.low == out.estimate.high
                           : out.estimate.half_width() <= effort.precision * std::max(std::abs(expected), out.estimate.scale);
    const bool agrees = std::abs(out.estimate.z) <= kAlarm;  // false for NaN
    out.verdict = !agrees ? Verdict::failed : informative ? Verdict::passed : Verdict::inconclusive;
    return out;
}

}  // namespace lastunit::cli::validation
