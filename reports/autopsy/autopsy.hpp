// The autopsies of a run's oversold units, from its event log (reports/event_log_file.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/autopsy.pb.h"
#include "reports/autopsy/oversold_list.hpp"

namespace lastunit::reports {

struct RunLog {
    std::string path;
    const EventLogMemory* memory = nullptr;  // not owned: where there is no file
    model::EventLogHeader header;
    model::EventLogEnd end;
    OversoldList list;
    std::string error;  // why the log cannot be used; then the rest means nothing
};

RunLog read_run_log(const std::string& path);
RunLog read_run_log(const EventLogMemory& memory);

// Reads the log once more. Nothing: `error` says why.
std::optional<model::Autopsy> autopsy_of(const RunLog& log, const OversoldUnits& units, std::string& error);

// Several in one reading, in the order of `units`. Empty: `error` says why.
std::vector<model::Autopsy> autopsies_of(const RunLog& log, const std::vector<const OversoldUnits*>& units, std::string& error);

}  // namespace lastunit::reports
