// o2 to o5: constants of ranking and selection, and the allocation of a budget.
#include "cli/validation/answers.hpp"
#include "cli/validation/families.hpp"
#include "cli/validation/output_name.hpp"
#include "reports/statistics/allocation.hpp"
#include "reports/statistics/two_stage.hpp"

namespace lastunit::cli::validation {
namespace {

namespace st = reports::statistics;

struct Choice {
    int designs = 0, first = 0;
    double right = 0;
};

Choice choice(const Inputs& in) {
    const Choice out{in.whole("k", 2, 10'000), in.whole("n0", 2, 100'000), in.number("P", 0, 1)};
    if (out.right >= 1 || out.right * out.designs <= 1) throw CaseError("input 'P' has to lie between 1/k and 1");
    return out;
}

}  // namespace

std::unique_ptr<Experiment> dudewicz_dalal(const Case& c, const Effort&) {
    const Choice in = choice(c.inputs);
    return computed({{"h1", st::dudewicz_dalal_h(in.designs, in.first, in.right)}});
}

// Double integrals are published with three decimals; the shared ones are right to some six digits.
std::unique_ptr<Experiment> rinott(const Case& c, const Effort&) {
    constexpr double kTolerance = 1e-4;
    const Choice in = choice(c.inputs);
    const double h = st::rinott_h(in.designs, in.first, in.right);
    return std::make_unique<Answers>([h](const std::string& output, double expected) -> std::optional<Estimate> {
        return output == "h" ? std::optional(within(kTolerance, h, expected)) : std::nullopt;
    });
}

std::unique_ptr<Experiment> kim_nelson(const Case& c, const Effort&) {
    const auto designs = static_cast<std::size_t>(c.inputs.whole("k", 2, 10'000));
    const auto first = static_cast<std::size_t>(c.inputs.whole("n0", 2, 100'000));
    const double alpha = c.inputs.positive("alpha");
    if (alpha >= 1) throw CaseError("input 'alpha' has to lie below 1");
    const auto constants = st::elimination_constants(designs, first - 1, st::Confidence(1 - alpha), st::Streams::common);
    return computed({{"eta", constants.eta}, {"h2", constants.h2}});
}

// Shares of the budget, not rounded.
std::unique_ptr<Experiment> budget_allocation(const Case& c, const Effort&) {
    constexpr double kAnything = -1e300;
    const std::vector<double> means = c.inputs.numbers("mean", kAnything), deviations = c.inputs.numbers("sd", 0);
    if (means.size() != deviations.size()) throw CaseError("inputs 'mean' and 'sd' are of the same designs: equally many");
    const double budget = c.inputs.positive("N");
    std::map<std::string, double> figures;
    const std::vector<double> shares = st::ocba_shares(means, deviations, st::Best::least);
    for (std::size_t i = 0; i < shares.size(); ++i) figures["N" + std::to_string(i)] = budget * shares[i];
    return computed(std::move(figures));
}

}  // namespace lastunit::cli::validation
