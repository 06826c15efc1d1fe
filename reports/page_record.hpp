// The record as a page carries it: the same, but for a series with more steps than a screen could show.
//
// A week in steps of a second with sixty edges would make a page of a hundred megabytes. Steps are merged until at most 1,500 are
// left, and at most 150,000 values over all series (some 1 MB of JSON): few edges are drawn finely, many coarsely. The new step
// is a round time where one fits, else a multiple of the record's; the last may reach beyond the horizon.
// - counts are summed, so that sums over time and totals still agree
// - states are those at the end of the merged step
// - mean lag is the mean of the steps in which anything was applied (how many items that were the record does not say); maximum
// lag,
//   and the wait of the oldest line, are the highest of them; all three rounded to three digits
// Everything else is left as it is, `network` too, which has at most 96 steps.
#pragma once

#include <cstddef>

#include "model/run_record.pb.h"

namespace lastunit::reports {

inline constexpr std::size_t kMostPageSteps = 1'500;
inline constexpr std::size_t kMostPageValues = 150'000;

// How many steps of the series go into one of the page's; 1: the record is small enough as it is.
std::size_t steps_merged(const model::Series& series);

model::RunRecord page_record(const model::RunRecord& record);

}  // namespace lastunit::reports
