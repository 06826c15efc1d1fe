// All requirements on a study's replications, and what the baseline says of them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/gate.pb.h"
#include "reports/gate/requirement.hpp"
#include "reports/gate/result.hpp"
#include "reports/study/figures.hpp"

namespace lastunit::reports::gate {

// The replications of one arm, and what they are compared with (null: nothing).
struct Compared {
    const StudyFigures* figures = nullptr;
    std::size_t arm = 0;
    const model::GateBaseline* baseline = nullptr;
};

// One case each, in order. `confidence` is that of all intervals together (Bonferroni). With the seeds of the baseline, seed is
// compared with seed: the same shoppers; else the two are independent samples.
std::vector<Case> judge(std::span<const Requirement> requirements, const Compared& compared, statistics::Confidence confidence);

// Of the seeds that both have: how many runs went the same way to the bit, in history and in every KPI.
struct Sameness {
    std::size_t common = 0, identical = 0;
    std::optional<std::uint64_t> first_changed;  // its seed
};
Sameness sameness(const Compared& compared);

// Is it a baseline of this scenario? Its name tells, or, under another name, the same shoppers at the same seed; horizon and
// currency must be the same as well. What differs, in one sentence, or nothing.
std::string other_scenario(const Compared& compared);

// Would this baseline show a change of `resolution` of this KPI, against as many new replications with other seeds?
enum class Resolves : std::uint8_t { yes, no };
Resolves resolves(const std::vector<double>& baseline, double resolution);
// How many replications do, as far as these tell; nothing when their mean is 0.
std::optional<std::size_t> replications_to_resolve(const std::vector<double>& sample, double resolution);

}  // namespace lastunit::reports::gate
