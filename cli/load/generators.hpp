// Several generators that share one load: as processes of this machine (--generators N), or elsewhere, their folders joined
// afterwards (--merge DIR ...). Each plays its part of the shoppers, all begin at one instant.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/load/live_run.hpp"

namespace lastunit::cli {

// Starts `count` of this very program on the prepared target, waits until all have ended, and returns their folders below
// `folder`. Ctrl-C is passed on: they then leave partial records. Throws BadInput with what one of them said when it leaves none.
std::vector<std::string> play_by_generators(const LiveRun& run, const Arguments& arguments, std::size_t count,
                                            const std::string& folder, double loading_s);

// The folders' records (run.pb) as one, without its audit. Throws BadInput: not there, not of one run, a part missing or there
// twice.
model::RunRecord joined_records(std::span<const std::string> folders);

struct JoinedHistories {
    std::vector<std::string> paths;
    std::string problem;  // the back end's final state is not there, or could not be written; empty: all is well
};

// The folders' histories, and one more at `read_back_path` with what the back end says it has in the end: what the audit needs.
// All generators must have finished.
JoinedHistories histories_with_read_back(const LiveRun& run, const drivers::InitialStock& stock,
                                         std::span<const std::string> folders, const std::string& read_back_path);

}  // namespace lastunit::cli
