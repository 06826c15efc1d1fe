// Sections of the terminal's summary that have files of their own; nothing is printed where the record has nothing for them.
#pragma once

#include "model/run_record.pb.h"
#include "reports/terminal_canvas.hpp"

namespace lastunit::reports {

void fulfilment(const model::RunRecord& record, Canvas& canvas);  // terminal_fulfilment.cpp
void cost(const model::RunRecord& record, Canvas& canvas);        // terminal_cost.cpp
void live_run(const model::RunRecord& record, Canvas& canvas);    // load/terminal.cpp

}  // namespace lastunit::reports
