// The day as panels of values over one time axis, ready to be drawn or put into a table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
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
    double start_s = 0;  // local time of day
    double bin_s = 60;
    std::size_t bins = 0;
    std::size_t per_bin = 1;  // steps
    double total_s() const { return bin_s * static_cast<double>(bins); }
    bool several_days() const { return total_s() > 86'400; }  // a time of day alone would not say when
    std::string clock_at(std::size_t bin) const;
};

struct Line {
    std::string name_text;  // empty: the panel's only line
    Values values;
};
struct Panel {
    enum class Scale : std::uint8_t { counts, level, lag };
    std::string title_text, unit_text, tone;
    std::string rest_text;  // what stands in place of a read-out
    std::vector<Line> lines;
    Scale scale = Scale::counts;
};

Axis axis_of(const model::RunRecord& record);  // no bins: the record has no series
std::vector<Panel> panels_of(const model::RunRecord& record, const Axis& axis);
// Lag of the slowest edges, one line each; logarithmic, because a push takes milliseconds and a feed a quarter of an hour.
std::optional<Panel> lag_panel(const model::RunRecord& record, const Axis& axis);

}  // namespace lastunit::reports
