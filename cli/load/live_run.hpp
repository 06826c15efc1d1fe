// One live run: the back end is prepared, the scenario is played against it, its history is audited.
#pragma once

#include <cstdint>
#include <string>

#include "cli/load/options.hpp"
#include "cli/load/target.hpp"
#include "cli/load/view.hpp"
#include "model/event_log_sink.hpp"
#include "model/history.pb.h"
#include "model/run_record.pb.h"
#include "model/scenario.hpp"

namespace lastunit::cli {

// Everything between the scenario and the record of its live run.
struct LiveRun {
    const model::Scenario& scenario;
    std::uint64_t seed;
    const LiveOptions& options;
    Target& target;
    std::string history;                 // where it is written
    LiveView::Mode view_mode;            // what is shown meanwhile
    model::EventLogSink* log = nullptr;  // not owned: of a run that is not shared; null: none is kept
};

// What names the run in its history.
model::HistoryHeader history_header(const LiveRun& run);

// Brings the back end to the scenario's stock. What it did, in a line. Throws BadInput.
std::string prepare_target(const LiveRun& run, const drivers::InitialStock& stock);

// Throws BadInput where the run is worth nothing.
void check_problem(const LiveRun& run);

// The prepared back end under the scenario's shoppers, until the last has left or Ctrl-C came (the record is partial then). The
// record's `load` has everything but audit and prediction. Throws BadInput: nobody there, too late for --start-at.
model::RunRecord play(const LiveRun& run, const drivers::InitialStock& stock);

}  // namespace lastunit::cli
