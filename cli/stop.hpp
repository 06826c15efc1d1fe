// Ctrl-C: the first one asks for a clean stop, the second one ends the process as if nobody listened.
#pragma once

namespace lastunit::cli {

// Listens to SIGINT and SIGTERM while it lives. One at a time in a process.
class StopSignals {
   public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    static bool requested();
};

}  // namespace lastunit::cli
