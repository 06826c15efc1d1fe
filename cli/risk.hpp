// `lastunit risk SCENARIO --event "oversold_units >= 3"`: how probable a rare oversell is, by splitting runs on their way to it.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

// Exit 0 with an estimate or, where no path had the event, a bound; 130 when a signal stopped it (what whole rounds have shown by
// then is reported all the same); an exception when a path did not end: a lost path is never taken for one without the event.
int risk(const Arguments& arguments);

}  // namespace lastunit::cli
