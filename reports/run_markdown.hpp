// A run for a pull request's comment.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// What was oversold, gates and the command; of a live run also whether it is valid, the audit with its first story, the three
// times, refusals, faults and the prediction. Names from files cannot make markup.
std::string run_markdown(const model::RunRecord& record);

}  // namespace lastunit::reports
