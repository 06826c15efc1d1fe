// The day of a study: what happened when, over the replications of a design, and how the news travelled in it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Of the series of a record, in this order: counts per step, and the stock on shelves at its end.
inline constexpr std::array<const char*, 6> kDayLines = {"orders", "oversold", "undersold", "refused", "cancelled", "stock"};

// Of one run: at most 300 steps of a round length.
struct RunDay {
    double start_of_day_s = 0, step_s = 0;
    std::array<std::vector<double>, kDayLines.size()> lines;  // by kDayLines; empty where the record has no series
    std::vector<model::EdgeKpi> edges;
};
RunDay day_of(const model::RunRecord& record);

struct DayLine {
    std::vector<double> mean;
    std::vector<double> low, high;  // what nine in ten runs reach and what nine in ten do not exceed: 10 % and 90 % quantiles
};

// An edge's lag and losses: means over the runs of its messages, losses and quantiles of lag. Quantiles of runs in which nothing
// travelled are left out.
struct StudyEdge {
    std::string name, from, to, kind;
    double messages = 0, lost = 0;
    std::optional<double> lag_p50_s, lag_p99_s;
};

struct StudyDay {
    double start_of_day_s = 0, step_s = 0;
    std::array<DayLine, kDayLines.size()> lines;
    std::vector<StudyEdge> edges;
};
// Over runs of one design. Nothing without a run, and when their axes differ; lines end with the shortest.
std::optional<StudyDay> day_over(std::span<const RunDay* const> runs);

// "\"step_s\": ..., \"edges\": [...], \"lines\": {\"orders\": {\"mean\": [...], \"low\": [...], \"high\": [...]}, ...}", without
// braces; thousandths.
std::string day_json(const StudyDay& day);

}  // namespace lastunit::reports
