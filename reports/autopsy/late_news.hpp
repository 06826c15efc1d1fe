// What was on its way when a line was oversold: the sales that the core had not heard of, and the record that the channel had
// last been told.
#pragma once

#include "model/autopsy.pb.h"
#include "reports/autopsy/decisive.hpp"

namespace lastunit::reports {

void find_late_news(const SkuHistory& history, const Decisive& found, model::OversoldLineStory& line);

}  // namespace lastunit::reports
