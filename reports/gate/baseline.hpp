// The file of --write-baseline and --baseline: small, readable, one figure a line, to be committed beside the scenario.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/gate.pb.h"
#include "reports/study/figures.hpp"

namespace lastunit::reports::gate {

// Of one arm of a study: the headlines of a run, what `also` names, and the counters, as far as all replications measured them.
// `code` is the caller's to know.
model::GateBaseline make_baseline(const StudyFigures& figures, std::size_t arm, const std::vector<std::string>& also,
                                  const std::string& code);

std::string to_json(const model::GateBaseline& baseline);

struct ReadBaseline {
    std::optional<model::GateBaseline> baseline;
    std::string error;  // when there is none: one line
};
ReadBaseline read_baseline(std::string_view text);

// By run, in the order of baseline.runs(). Nothing when the file does not have it.
std::optional<std::vector<double>> figures_of(const model::GateBaseline& baseline, std::string_view path);

// Of a study's arm: a KPI, or a counter (counters.hpp), by seed.
std::optional<std::vector<double>> figures_of(const StudyFigures& figures, std::size_t arm, std::string_view path);

// Hash of every KPI of a run with its path: equal only when all are, to the bit.
std::string kpi_hash(const Replication& run);

}  // namespace lastunit::reports::gate
