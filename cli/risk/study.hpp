// How probable a rare event is, by as many roots as it takes.
#pragma once

#include "cli/risk/roots.hpp"
#include "reports/statistics/interval.hpp"

namespace lastunit::cli {

struct StudyPlan {
    std::uint64_t first_seed = 1;  // of the first root
    std::size_t most_roots = 0;
    double relative_error = 0;  // half the interval's width, of the estimate, at which it is over; 0: after `most_roots`
    reports::statistics::Confidence confidence{};
};

struct Study {
    std::vector<PathCounts> roots;
    double cpu_s = 0;
    bool stopped = false;  // by Ctrl-C: roots of the last round are missing, and none of that round is here
};

// In rounds: the first is small, each later one as large as the error still asks for, at most twice what there is.
Study study(const RootPlan& plan, const Splitting& splitting, const StudyPlan& how);

// Value 0: no path had the event, and `high` is what is excluded.
reports::statistics::Interval probability(const std::vector<PathCounts>& roots, const Splitting& splitting,
                                          reports::statistics::Confidence confidence);

}  // namespace lastunit::cli
