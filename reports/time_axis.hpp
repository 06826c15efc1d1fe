// Series on one time axis of round steps, ready to be drawn or put into a table.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Seconds; the spans that bins, table rows and time marks may have.
inline constexpr std::array<double, 21> kRoundTimes = {1,      2,      5,      10,     15,      30,      60,
                                                       120,    300,    600,    900,    1'800,   3'600,   7'200,
                                                       10'800, 21'600, 43'200, 86'400, 172'800, 604'800, 2'592'000};

using Values = std::vector<double>;  // one per bin; NaN where nothing was measured

// Steps of the series merged into bins: at most 300 for charts, because counts of one a minute would be a bar code.
struct Axis {
    enum class Labels : std::uint8_t { time_of_day, elapsed };
    double start_s = 0;  // local time of day; of elapsed time, 0
    double bin_s = 60;
    std::size_t bins = 0;
    std::size_t per_bin = 1;  // steps
    Labels labels = Labels::time_of_day;
    double total_s() const { return bin_s * static_cast<double>(bins); }
    bool several_days() const {
        return labels == Labels::time_of_day && total_s() > 86'400;
    }  // a time of day alone would not say when
    std::string clock_at(std::size_t bin) const;
};

// Steps of a series merged into the bins of an axis; negative values are steps in which nothing was measured.
enum class Merge : std::uint8_t { sum, last, highest };
template <class Steps> Values merged(const Steps& steps, const Axis& axis, Merge how) {
    Values values(axis.bins, how == Merge::sum ? 0.0 : std::numeric_limits<double>::quiet_NaN());
    for (int i = 0; i < steps.size(); ++i) {
        const auto bin = static_cast<std::size_t>(i) / axis.per_bin;
        if (bin >= values.size()) break;
        const auto value = static_cast<double>(steps[i]);
        if (how == Merge::sum) values[bin] += value;
        if (how == Merge::last) values[bin] = value;
        if (how == Merge::highest && value >= 0 && !(values[bin] >= value)) values[bin] = value;
    }
    return values;
}

// Steps of one series into at most 300 bins of a round length.
void set_bins(Axis& axis, int steps, double step_s);

Axis axis_of(const model::RunRecord& record);  // no bins: the record has no series

}  // namespace lastunit::reports
