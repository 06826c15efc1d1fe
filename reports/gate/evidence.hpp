// The verdict on one requirement, from replications.
#pragma once

#include <optional>
#include <string>

#include "reports/gate/requirement.hpp"
#include "reports/gate/result.hpp"
#include "reports/statistics/sample.hpp"
#include "reports/statistics/several.hpp"

namespace lastunit::reports::gate {

struct Evidence {
    statistics::Sample now;       // one figure per replication
    statistics::Sample baseline;  // empty where the requirement is not against one
    statistics::Pairing pairing = statistics::Pairing::independent;
    // Every pair of runs went exactly the same way: then also one pair says that nothing changed.
    bool identical = false;
};

// FAIL only where the interval (Student's t; of the pairs' differences, or Welch's) lies beyond the broken line, PASS only where
// it lies within the kept one, INVALID where it does neither. A KPI that is the same in all of at least `kEnoughEqual`
// replications is judged by its value. And a bound at the end of what a KPI can be (`oversold_units <= 0`) is broken by a single
// replication that is not there: a mean of what is never negative is 0 only if all are.
inline constexpr std::size_t kEnoughEqual = 5;
Case judge(const Requirement& requirement, const Evidence& evidence, statistics::Confidence confidence);

}  // namespace lastunit::reports::gate
