// The score of each arm under a priority, in each replication: less is better.
#pragma once

#include <vector>

#include "reports/statistics/difference.hpp"
#include "reports/study/comparison.hpp"
#include "reports/study/priorities.hpp"

namespace lastunit::reports {

struct PriorityScores {
    std::vector<std::vector<double>> of;   // by arm, then replication
    std::vector<Choice::Weighed> weighed;  // of a balanced score, by KPI
};

// `parts`: the figures of priority.kpis, in their order.
//
// A sum adds its KPIs as they are, revenue with its sign turned. A balanced score is the mean of its KPIs, each as the share of
// the way from the best arm's mean (0) to the worst one's (1); with two corrections, so that nobody chooses by what is no
// difference:
// - an arm that is not shown worse than the KPI's best one (one-sided, alpha / (k - 1)) stands where the best one stands: its
//   replications are moved by the difference of the means, so that the noise stays in the score and a choice is no surer for it;
// - the way is at least a tenth of the KPI's largest mean: designs whose costs differ by 1 % differ by a tenth of a full weight.
// One replication shows nothing: all its differences count, and the choice says that it is of one run.
PriorityScores priority_scores(const Priority& priority, const std::vector<ComparedKpi>& parts, Seeds seeds,
                               statistics::Confidence confidence);

// a - b: of pairs with common seeds, else Welch's. Both have at least two replications.
statistics::Difference score_difference(const std::vector<double>& a, const std::vector<double>& b, Seeds seeds,
                                        statistics::Confidence confidence);
// Whether the arm's score is shown to be above the best one's, one-sided.
bool shown_worse(const std::vector<double>& arm, const std::vector<double>& best, Seeds seeds, double alpha);

}  // namespace lastunit::reports
