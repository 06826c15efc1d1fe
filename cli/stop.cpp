#include "cli/stop.hpp"

#include <csignal>

namespace lastunit::cli {
namespace {

volatile std::sig_atomic_t stop_requested = 0;
int listeners = 0;

void on_signal(int) {
    stop_requested = 1;
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

}  // namespace

StopSignals::StopSignals() {
    if (listeners++ > 0) return;
    stop_requested = 0;
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
}

StopSignals::~StopSignals() {
    if (--listeners > 0) return;
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool StopSignals::requested() { return stop_requested != 0; }

}  // namespace lastunit::cli
