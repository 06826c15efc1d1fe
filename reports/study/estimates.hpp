// What many replications of one design say: each KPI with its interval, how often, and how bad on a bad day.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reports/statistics/interval.hpp"
#include "reports/statistics/tail_risk.hpp"
#include "reports/study/figures.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

struct KpiEstimate {
    std::string path;
    std::size_t replications = 0;
    statistics::Interval mean;  // of a run like these
    statistics::Interval median;
    double least = 0, most = 0;  // of single runs
};

// Of one arm; nothing when not every replication measured it.
std::optional<KpiEstimate> estimate(const StudyFigures& figures, std::size_t arm, std::string_view path,
                                    statistics::Confidence confidence = statistics::Confidence());

// How a run like these can end: all intervals hold for any distribution.
struct OversellRisk {
    struct AtLeast {
        double units = 0;
        statistics::Interval probability;  // exact binomial
    };
    std::vector<AtLeast> units;           // 1, 10, 100 ... as far as the runs go
    statistics::TailRisk oversold_value;  // the worst twentieth of runs, minor units
};
std::optional<OversellRisk> oversell_risk(const StudyFigures& figures, std::size_t arm,
                                          statistics::Confidence confidence = statistics::Confidence());

// `paths`: the KPIs to show; those that were not measured are left out, and named.
std::string estimates(const StudyFigures& figures, std::span<const std::string> paths, const TerminalStyle& style = {});
std::string estimates_markdown(const StudyFigures& figures, std::span<const std::string> paths);
// Every KPI of every arm, with the figure of each replication; of each arm its gates over the replications, its risk, and its day
// where the figures keep days (day.hpp). `command` makes the study again.
std::string estimates_json(const StudyFigures& figures, const std::string& command = "");

}  // namespace lastunit::reports
