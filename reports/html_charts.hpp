// Small charts, one above the other, on one horizontal axis of bins: areas of counts, lines of levels, logarithmic lines of
// times.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "reports/panels.hpp"

namespace lastunit::reports {

// A stretch of the axis that is marked in every chart: a fault. In bins, fractions allowed.
struct Band {
    double from = 0, until = 0;
    std::string name_text;
};

// What all charts of a section share.
struct ChartFrame {
    std::size_t bins = 0;
    std::vector<std::pair<double, std::string>> marks;  // percent across, label (text)
    std::vector<Band> bands;
    std::string over_text;  // what the axis is, for those who do not see the chart: "the day"
};
ChartFrame frame_of(const Axis& axis);

std::string chart_figure(const Panel& panel, const ChartFrame& frame);
std::string chart_ticks(const ChartFrame& frame);

// All of it: ticks, charts, ticks, the cursor, and the values that page.js reads out under the pointer. `label_text` says what
// the group is.
std::string charts(const std::vector<Panel>& panels, const Axis& axis, const ChartFrame& frame, std::string_view label_text);

}  // namespace lastunit::reports
