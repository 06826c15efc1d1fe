// The same run again, from the start, with one change at a time: does the same shopper still get a unit that is not there?
#pragma once

#include <optional>
#include <string>

#include "model/autopsy.pb.h"
#include "reports/autopsy/autopsy.hpp"

namespace lastunit::cli {

struct NotSimulated {
    std::string why;
    bool stopped = false;  // by Ctrl-C
};

// Fills autopsy.counterfactuals, as_it_was and smallest. The scenario is loaded again as the log's origin names it; the runs are
// forked, one per core at a time. Progress goes to stderr where that is a terminal.
std::optional<NotSimulated> simulate_counterfactuals(const reports::RunLog& log, const reports::OversoldUnits& units,
                                                     model::Autopsy& autopsy);

}  // namespace lastunit::cli
