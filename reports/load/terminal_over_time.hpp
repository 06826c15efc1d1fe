// Rates and latencies of a live run over its clock, as sparklines.
#pragma once

#include "model/run_record.pb.h"
#include "reports/terminal_canvas.hpp"

namespace lastunit::reports {

void load_over_time(const model::LoadReport& load, Canvas& canvas);

}  // namespace lastunit::reports
