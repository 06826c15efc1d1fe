// Does a run say anything? A design that falls behind for as long as it runs has no typical day: its figures are those of where
// it was stopped.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports::gate {

// Why the run is saturated, in one sentence; empty when it is not. From the record, without a figure for how busy hosts were:
// - fulfilment: after the drain, 2 % or more of the units accepted are still neither sent, handed over nor cancelled. A run
//   without a drain has had no time to work off anything, and is not asked;
// - messages: an edge that pushes falls behind to the end: its mean lag grows from quarter to quarter of the horizon, in the last
//   by more than 5 % of the time that went by. Polls, snapshots and caches have a lag of their own.
std::string saturated(const model::RunRecord& record);

}  // namespace lastunit::reports::gate
