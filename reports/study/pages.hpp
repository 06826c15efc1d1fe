// Studies as pages (reports/page.hpp): each carries the JSON that `--json` writes.
#pragma once

#include <string>

#include "reports/page.hpp"
#include "reports/study/comparison.hpp"
#include "reports/study/figures.hpp"
#include "reports/study/indices.hpp"
#include "reports/study/plan.hpp"
#include "reports/study/sweep.hpp"

namespace lastunit::reports {

std::string comparison_page(const StudyComparison& study, Language language);
// Of one arm; `command` makes the study again.
std::string replications_page(const StudyFigures& figures, const std::string& command, Language language);
std::string sweep_page(const Sweep& sweep, Language language);
// `identity`: of any of the runs; null when there was none.
std::string indices_page(const Indices& indices, const model::Identity* identity, Language language);
std::string plan_page(const Plan& plan, Language language);

}  // namespace lastunit::reports
