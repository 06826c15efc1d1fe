#include "cli/validate_fulfilment.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "cli/validation/fulfilment.hpp"
#include "cli/validation/print.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

using namespace validation;

// What --only asks for. A name of a policy restricts the policies, one of an instance the instances.
struct Chosen {
    std::vector<std::size_t> instances;
    std::vector<const FulfilmentPolicy*> policies;
};

Chosen choose(const std::vector<FulfilmentInstance>& instances, const std::vector<std::string>& only) {
    Chosen out;
    const auto asked = [&](const std::string& name) { return std::find(only.begin(), only.end(), name) != only.end(); };
    std::vector<std::string> known;
    for (std::size_t i = 0; i < instances.size(); ++i) {
        known.push_back(instances[i].name);
        if (asked(known.back())) out.instances.push_back(i);
    }
    for (const FulfilmentPolicy& policy : fulfilment_policies()) {
        known.push_back(policy.name);
        if (asked(known.back())) out.policies.push_back(&policy);
    }
    for (const std::string& name : only)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw BadInput("--only: neither an instance of the file nor a policy is '" + name + "'" +
                           scenarios::suggest(name, known));
    if (out.policies.empty())
        for (const FulfilmentPolicy& policy : fulfilment_policies()) out.policies.push_back(&policy);
    if (out.instances.empty())
        for (std::size_t i = 0; i < instances.size(); ++i) out.instances.push_back(i);
    return out;
}

void count(const InstanceOutcome& outcome, const Effort& effort, Totals& totals) {
    totals.add(compare_optimum(outcome));
    for (const PolicyRow& row : outcome.policies) totals.add(compare_row(row, effort).verdict);
}

}  // namespace

int validate_fulfilment(const std::vector<FulfilmentInstance>& instances, const Effort& effort, std::uint64_t seed,
                        const std::vector<std::string>& only) {
    const Chosen chosen = choose(instances, only);
    const bool drawn = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
    std::vector<InstanceOutcome> outcomes;
    Totals totals;
    for (const std::size_t i : chosen.instances) {
        if (drawn)
            std::fprintf(stderr, "\r\033[K[%zu/%zu] %s", outcomes.size() + 1, chosen.instances.size(), instances[i].name.c_str());
        outcomes.push_back(play_all(instances[i], i, chosen.policies, effort.sequences, seed));
        if (drawn) std::fputs("\r\033[K", stderr);
        count(outcomes.back(), effort, totals);
        std::fputs(table(outcomes.back(), effort).c_str(), stdout);
        std::fflush(stdout);
    }
    const InstanceOutcome mean = average(outcomes);
    if (outcomes.size() > 1) {
        count(mean, effort, totals);
        std::fputs(table(mean, effort).c_str(), stdout);
    }
    std::fputs(best_policy(mean).c_str(), stdout);
    std::fputs(counts("comparisons", totals).c_str(), stdout);
    std::fputs("\n", stdout);
    std::fflush(stdout);
    return totals.failed > 0 ? kGateFailed : kOk;
}

}  // namespace lastunit::cli
