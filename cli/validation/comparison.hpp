// Simulates one case and compares.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/validation/case.hpp"
#include "cli/validation/effort.hpp"
#include "cli/validation/experiment.hpp"
#include "cli/validation/families.hpp"
#include "model/scenario.hpp"

namespace lastunit::cli::validation {

// A case and the scenarios that simulate it, loaded and free of mistakes.
struct Prepared {
    const Case* the_case = nullptr;
    std::unique_ptr<Experiment> experiment;
    std::vector<model::Scenario> scenarios;  // one per setting
    std::optional<model::Scenario> apart;    // see Experiment
};

enum class Verdict : std::uint8_t {
    passed,
    failed,        // the simulated value lies too far from the expected one for chance
    inconclusive,  // it does not, but its interval is too wide to have found out
    not_compared,
};
const char* name_of(Verdict verdict);

struct Compared {
    std::string output;
    double expected = 0;
    Verdict verdict{};
    Estimate estimate;   // unless not compared
    std::string reason;  // why not compared
};

struct Outcome {
    std::vector<Compared> outputs;  // in the order of the case
    std::vector<PolicyGap> gaps;
    std::uint64_t replications = 0;  // 0: the case was computed
    std::uint64_t shoppers = 0;
};

// Throws CaseError and NotCovered, see families.hpp; also CaseError when the scenario does not load with the case's values.
Prepared prepare(const Case& c, const Family& family, const Effort& effort, const std::vector<std::string>& library);

// Replications until every output is known as well as the effort asks, or the effort is spent. Deterministic: the same case,
// effort and seed give the same outcome. Replication r of seed 1 runs with seed r.
Outcome simulate(Prepared& prepared, const Effort& effort, std::uint64_t seed);

Compared compare(const std::string& output, double expected, const Reading& reading, const Effort& effort);

}  // namespace lastunit::cli::validation
