// Plays fulfilment instances with every policy and compares with the LP and with reference values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/validation/comparison.hpp"
#include "cli/validation/effort.hpp"
#include "cli/validation/fulfilment_file.hpp"
#include "cli/validation/fulfilment_policies.hpp"

namespace lastunit::cli::validation {

// One policy on one instance, or on the average of them. A figure per sequence.
struct PolicyRow {
    const FulfilmentPolicy* policy = nullptr;
    std::vector<double> ratio;     // cost / LP optimum
    std::vector<double> unfilled;  // share of the units asked
    double parcels_per_order = 0;
    std::optional<double> reference;  // cost / LP optimum
};

struct InstanceOutcome {
    std::string name, size;
    std::optional<double> lp_reference;
    double lp_optimum = 0;
    double lp_unfilled = 0;  // share of the units asked
    // A figure per sequence:
    std::vector<double> chance_unfilled;  // share of the units asked beyond all stock: no policy can fill them
    std::vector<double> clairvoyant;      // LP on the orders that came / LP optimum
    std::vector<PolicyRow> policies;
};

// `index`: of the instance in its file; its arrivals depend on that, the seed and the sequence alone.
InstanceOutcome play_all(const FulfilmentInstance& instance, std::size_t index,
                         const std::vector<const FulfilmentPolicy*>& policies, std::uint32_t sequences, std::uint64_t seed);

// Per sequence, the mean over instances.
InstanceOutcome average(const std::vector<InstanceOutcome>& outcomes);

// Of a row with a reference, whose own error counts too: it is a mean over kReferenceSequences.
inline constexpr double kReferenceSequences = 30;
Compared compare_row(const PolicyRow& row, const Effort& effort);
Verdict compare_optimum(const InstanceOutcome& outcome);

std::string table(const InstanceOutcome& outcome, const Effort& effort);
// The cheapest policy, and whether it leaves no more unfilled than the LP.
std::string best_policy(const InstanceOutcome& average);

}  // namespace lastunit::cli::validation
