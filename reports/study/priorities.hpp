// What to choose under which priority: for each thing that somebody may care for most, the arm that is best at it, and which
// others may be as good for all that the runs say (Choice, in comparison.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/study/comparison.hpp"

namespace lastunit::reports {

struct Priority {
    const char* id;                 // as the page and the JSON name it
    const char* label;              // "fewest oversold"
    std::vector<std::string> kpis;  // the score is their sum; of `balanced` a mean of shares (priority_scores.hpp)
    enum class Score : std::uint8_t { sum, balanced } score = Score::sum;
};
// Fewest oversold, fewest missed (undersold and lost: a unit may count in both), fastest, cheapest, most revenue, balanced.
std::vector<Priority> priorities();

// `parts`: the figures of priority.kpis, in their order.
Choice choose(const Priority& priority, const std::vector<ComparedKpi>& parts, Seeds seeds, statistics::Confidence confidence);

// "unified, shown at 95 %; ahead of esb-push by 12.0 (8.0 to 16.0)"; "one of unified, esb-push: the runs do not tell; about 12
// more would; ahead ...". Of a balanced choice also what was weighed, and by how much the designs differ in it.
std::string choice_text(const StudyComparison& study, const Choice& choice);

}  // namespace lastunit::reports
