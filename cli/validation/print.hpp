// The text of a validation: a table per case, then the counts.
#pragma once

#include <string>
#include <vector>

#include "cli/validation/comparison.hpp"

namespace lastunit::cli::validation {

struct Totals {
    int passed = 0, failed = 0, inconclusive = 0, not_compared = 0;
    void add(Verdict verdict);
};

// Of the cases that are computed, by policy.
struct Gaps {
    std::vector<PolicyGap> sums;
    int cases = 0;
    void add(const std::vector<PolicyGap>& gaps);
};
// A policy may lie so far above the optimum on average: what forward-looking routing is held to here.
inline constexpr double kLargestGap = 0.02;

struct Skipped {
    std::string name;  // of the case
    std::string id;
    std::string reason;
};

std::string counts(const char* what, const Totals& totals);  // "cases: 3 passed, 0 failed"
std::string average_gaps(const Gaps& gaps, Totals& totals);  // judged, and counted as outputs; empty when there are none
std::string table(const Case& c, const Outcome& outcome);
// Cases are counted by their worst output.
std::string closing(const Totals& outputs, const Totals& cases, const std::vector<Skipped>& skipped);
Verdict worst(const Outcome& outcome);

}  // namespace lastunit::cli::validation
