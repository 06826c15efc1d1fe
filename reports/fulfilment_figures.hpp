// The figures of fulfilment that a run has, each with its name: the same on the terminal and on the page.
#pragma once

#include <string>
#include <vector>

#include "model/run_record.pb.h"

namespace lastunit::reports {

struct FulfilmentFigure {
    std::string label;  // a word or two
    std::string value;
    std::string more;  // what a page has room for beside it; may be empty
};

// That shoppers had in hand who did not wait any longer to be served.
std::uint64_t walked_out_units(const model::RunRecord& record);

// Empty: nothing was sent, handed over or declined.
std::vector<FulfilmentFigure> fulfilment_figures(const model::RunRecord& record);

}  // namespace lastunit::reports
