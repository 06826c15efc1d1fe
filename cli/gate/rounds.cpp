#include "cli/gate/rounds.hpp"

#include <algorithm>
#include <cmath>

#include "reports/gate/baseline.hpp"
#include "reports/gate/counters.hpp"
#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

using reports::gate::Case;
using reports::gate::Requirement;

constexpr double kMostEvents = 1e9;       // some five minutes of one core
constexpr std::size_t kEnoughForOne = 4;  // replications for one of the baseline's
constexpr std::size_t kLeastCeiling = 40, kMostCeiling = 2560;

std::size_t ceiling_of(const Study& study, const GateOptions& options) {
    if (options.exactly) return *options.exactly;
    if (options.at_most) return *options.at_most;
    double events = 0;
    const auto runs = study.figures().replications(0);
    for (const reports::Replication& run : runs) events += static_cast<double>(run.identity.events());
    if (events == 0) return kLeastCeiling;
    const double fit = kMostEvents / (events / static_cast<double>(runs.size()));
    return static_cast<std::size_t>(std::clamp(fit, double{kLeastCeiling}, double{kMostCeiling}));
}

std::size_t first_round(const GateOptions& options) {
    return options.exactly ? *options.exactly : std::min(kFirstRound, options.at_most.value_or(kFirstRound));
}

// Sizes of all rounds that there may be.
std::vector<std::size_t> rounds_up_to(std::size_t first, std::size_t ceiling) {
    std::vector<std::size_t> out = {first};
    while (out.back() < ceiling) out.push_back(std::min(2 * out.back(), ceiling));
    return out;
}

// With the baseline's own seeds there are no more pairs than it has runs; with others, what is left is the baseline's own spread.
bool more_would_help(const Case& one, const Study& study, const GateOptions& options) {
    if (!one.undecided) return false;
    if (!one.baseline || !options.baseline) return true;
    const auto& runs = options.baseline->runs();
    const std::size_t had = static_cast<std::size_t>(runs.size()), made = study.figures().replications(0).size();
    if (runs.Get(0).seed() == study.first_seed()) return made < had;
    return made < kEnoughForOne * had;
}

}  // namespace

std::vector<Case> judge_in_rounds(Study& study, const GateOptions& options, const std::vector<Requirement>& requirements) {
    study.run_all(first_round(options));
    const std::vector<std::size_t> rounds = rounds_up_to(first_round(options), ceiling_of(study, options));
    const reports::statistics::Confidence each(1 - kAlpha / static_cast<double>(rounds.size()));
    const reports::gate::Compared compared{&study.figures(), 0, options.baseline ? &*options.baseline : nullptr};
    std::vector<Case> cases;
    for (const std::size_t round : rounds) {
        if (study.stopped()) break;
        study.run_all(round);
        cases = reports::gate::judge(requirements, compared, each);
        if (study.failed() > 0) break;  // the answer is INVALID however many follow
        if (std::none_of(cases.begin(), cases.end(), [&](const Case& one) { return more_would_help(one, study, options); }))
            break;
    }
    return cases;
}

std::vector<std::string> measure_baseline(Study& study, const GateOptions& options,
                                          const std::vector<Requirement>& requirements) {
    study.run_all(first_round(options));
    const std::size_t ceiling = ceiling_of(study, options);
    std::vector<std::string> too_wild;
    for (std::size_t made = first_round(options);;) {
        std::size_t wanted = made;
        too_wild.clear();
        for (const Requirement& one : requirements) {
            const auto values = reports::gate::figures_of(study.figures(), 0, one.kpi);
            if (!values) continue;
            const double seen = std::max(std::abs(one.margin), std::abs(one.margin + one.grace));
            const auto n = reports::gate::replications_to_resolve(*values, seen);
            if (n && *n <= ceiling)
                wanted = std::max(wanted, *n);
            else if (n)
                too_wild.push_back(one.kpi + " varies too much for a change of " + reports::percent(seen) +
                                   " to be seen with other seeds: about " + reports::grouped(std::uint64_t{*n}) +
                                   " replications would do");
        }
        if (wanted <= made || study.stopped() || study.failed() > 0 || options.exactly) return too_wild;
        made = wanted;
        study.run_all(made);
    }
}

}  // namespace lastunit::cli
