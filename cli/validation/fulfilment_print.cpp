// The text of a fulfilment instance: what the LP says, then a line per policy.
#include <cmath>
#include <cstdio>

#include "cli/validation/fulfilment.hpp"

namespace lastunit::cli::validation {
namespace {

constexpr double kTwoErrors = 2;  // within which a policy counts as reproduced

template <class... Values> std::string format(const char* text, Values... values) {
    char out[240];
    std::snprintf(out, sizeof out, text, values...);
    return out;
}

std::string percent(const std::vector<double>& shares) {
    const Estimate e = of_replications(shares, 0);
    return format("%5.2f %% [%.2f, %.2f]", 100 * e.value, 100 * e.low, 100 * e.high);
}

std::string judged(const PolicyRow& row, const Effort& effort) {
    if (!row.reference) return format("%9s %6s", "-", "-");
    const Compared compared = compare_row(row, effort);
    const char* word = name_of(compared.verdict);
    if (compared.verdict == Verdict::passed && std::abs(compared.estimate.z) > kTwoErrors) word = "ok, beyond 2 s.e.";
    return format("%9.5f %6.2f  %s", *row.reference, compared.estimate.z, word);
}

std::string line_of(const PolicyRow& row, const Effort& effort) {
    const Estimate e = of_replications(row.ratio, 0);
    const Moments moments = [&] {
        Moments out;
        for (const double ratio : row.ratio) out.add(ratio);
        return out;
    }();
    const double error = std::sqrt(moments.variance() / moments.n);
    const std::string interval = format("[%.4f, %.4f]", e.low, e.high);
    return format("  %-17s %8.5f %8.5f  %-18s %-22s %7.3f  ", row.policy->name, e.value, error, interval.c_str(),
                  percent(row.unfilled).c_str(), row.parcels_per_order) +
           judged(row, effort) + "\n";
}

}  // namespace

std::string table(const InstanceOutcome& outcome, const Effort& effort) {
    std::string out = outcome.name + "  " + outcome.size + ", " + std::to_string(outcome.chance_unfilled.size()) + " sequences\n";
    out += format("  LP optimum %.6f", outcome.lp_optimum);
    if (outcome.lp_reference) out += format(" (expected %.6f: %s)", *outcome.lp_reference, name_of(compare_optimum(outcome)));
    out += format("; leaves %.2f %% unfilled", 100 * outcome.lp_unfilled) + "; beyond all stock " +
           percent(outcome.chance_unfilled) + "\n";
    const Estimate clairvoyant = of_replications(outcome.clairvoyant, 1);
    out += format("  clairvoyant LP, on the orders that came: %.5f [%.4f, %.4f] of the LP optimum\n", clairvoyant.value,
                  clairvoyant.low, clairvoyant.high);
    out += format("  %-17s %8s %8s  %-18s %-22s %7s  %9s %6s\n", "policy", "cost/LP", "s.e.", "95 % interval", "unfilled [95 %]",
                  "parcels", "reference", "z");
    for (const PolicyRow& row : outcome.policies) out += line_of(row, effort);
    return out + "\n";
}

std::string best_policy(const InstanceOutcome& average) {
    const PolicyRow* best = nullptr;
    double least = 0;
    for (const PolicyRow& row : average.policies) {
        const double ratio = of_replications(row.ratio, 0).value;
        if (best != nullptr && ratio >= least) continue;
        best = &row;
        least = ratio;
    }
    const double unfilled = of_replications(best->unfilled, 0).value;
    return format("cheapest: %s at %.4f of the LP optimum, %.2f %% unfilled (%s than the LP's own %.2f %%)\n", best->policy->name,
                  least, 100 * unfilled, unfilled <= average.lp_unfilled ? "no more" : "more", 100 * average.lp_unfilled);
}

}  // namespace lastunit::cli::validation
