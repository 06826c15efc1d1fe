// Ctrl-C: the first one asks for a clean stop, the second one ends the process as if nobody listened.
#pragma once

namespace lastunit::cli {

// Listens to SIGINT and SIGTERM while it lives. A command that stops cleanly has one from its first line on; another within it
// changes nothing, so that a signal is never met by nobody, and one that has come stays.
class StopSignals {
   public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    static bool requested();
};

}  // namespace lastunit::cli
