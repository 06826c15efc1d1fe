// The event log of `lastunit run --log`: where it goes, and what it says of its origin.
#pragma once

#include <optional>
#include <string>

#include "cli/command.hpp"
#include "model/event_log.pb.h"

namespace lastunit::cli {

inline constexpr const char* kEventLogName = "events.pb.gz";  // in the folder of --out

// --log writes into the folder of --out, --log=FILE wherever FILE says; nothing: no log is asked for. Throws BadInput when there
// is no folder for it, or it cannot be written there.
std::optional<std::string> planned_event_log(const Arguments& arguments);

model::EventLogOrigin origin_of(const Arguments& arguments, const std::string& repeat_command);

}  // namespace lastunit::cli
