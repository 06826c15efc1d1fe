// Arrival rates as the cases write them: `8`, `8+4 sin(2 pi t/24) per h`, `6, but 30 on [5,6)`.
#pragma once

#include <string>
#include <vector>

namespace lastunit::cli::validation {

struct RatePart {
    double from = 0, until = 0;  // units of the case
    double rate = 0;             // per unit; of a sine: its mean
    double amplitude = 0;        // of a sine: share of the mean
    double period = 0;           // of a sine; 0 = flat
};

// The parts until `end`; they do not overlap. Throws CaseError for another form, NotCovered for a rate that a scenario cannot
// express.
std::vector<RatePart> parse_rate(const std::string& text, double end);

}  // namespace lastunit::cli::validation
