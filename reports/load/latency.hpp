// Quantiles of the run record's latency histograms, and latencies as people read them.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Seconds that a fraction q of the sample does not exceed (nearest rank), at most 0.4 % off; 0 when nothing was measured. q = 1
// is the largest, exactly.
double quantile_s(const model::LatencyHistogram& histogram, double q);
double mean_s(const model::LatencyHistogram& histogram);

// The same sample as the statistics that gates know.
model::TimeStats time_stats(const model::LatencyHistogram& histogram);

// Three digits from nanoseconds to milliseconds, where text.hpp's `span` has one or two: "480 ns", "35.1 us", "3.12 ms", "1.2 s".
std::string latency_text(double seconds);
// A quantile's text; "-" when nothing was measured.
std::string quantile_text(const model::LatencyHistogram& histogram, double q);

}  // namespace lastunit::reports
