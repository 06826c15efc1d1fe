// Curves with bands for their intervals, as SVG in the page.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reports/statistics/interval.hpp"

namespace lastunit::reports {

struct ChartLine {
    std::string name_text;                                    // empty: the only one
    std::vector<std::optional<statistics::Interval>> values;  // one per place of the axis
};
struct Chart {
    std::string title_text, axis_text;
    std::vector<double> at;  // increasing; over more than a factor of 20 from above 0 the axis is logarithmic
    std::vector<std::string> tick_texts;
    std::function<std::string(double)> value_text;
    std::vector<ChartLine> lines;  // six at most: colours of page.css
};
std::string chart_html(const Chart& chart);

}  // namespace lastunit::reports
