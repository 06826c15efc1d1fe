// An estimate with its interval drawn in one line of a terminal: "  ├──●───┤│   ".
#pragma once

#include <optional>
#include <string>

#include "reports/terminal_canvas.hpp"

namespace lastunit::reports {

struct Whisker {
    double low = 0, value = 0, high = 0;  // an infinite end reaches to that of the scale
    std::optional<double> mark;           // a line at this value: no difference, a limit
};
struct WhiskerScale {
    double from = 0, to = 1;
};

// What all of them need, marks included; widened where there is nothing between the ends. Infinite ends do not count.
WhiskerScale scale_of(const std::vector<Whisker>& all);

// `columns` wide, in ASCII where the canvas is. What lies outside of the scale ends in an arrow.
std::string drawn(const Whisker& whisker, const WhiskerScale& scale, std::size_t columns, const Canvas& canvas);

}  // namespace lastunit::reports
