// Which arms nobody can do without: those that no other beats in one KPI without losing in another.
#pragma once

#include <vector>

#include "reports/study/comparison.hpp"

namespace lastunit::reports {

// Over KPIs that are better lower or higher. "Shown better" holds for all pairs of arms and all these KPIs together (Holm, at the
// confidence asked): paired t on common seeds, Welch otherwise. Arms with equal means do not dominate each other.
Front front_of(const std::vector<ComparedKpi>& kpis, Seeds seeds, statistics::Confidence confidence);

}  // namespace lastunit::reports
