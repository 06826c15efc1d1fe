// A live run for a pull request's comment.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

// Verdicts, the three times, refusals, faults, the audit with its first story, gates, the command. Empty where the record is not
// of a live run. Names from files cannot make markup.
std::string load_markdown(const model::RunRecord& record);

}  // namespace lastunit::reports
