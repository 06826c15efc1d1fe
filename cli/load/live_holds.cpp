#include "cli/load/live_holds.hpp"

namespace lastunit::cli {

void LiveHolds::sent(const core::Command& command, SimTime until) {
    switch (command.kind) {
        case core::CommandKind::hold:
        case core::CommandKind::extend:
            live_.insert(command.id);
            ends_.push({until.us, command.id});
            break;
        case core::CommandKind::confirm:
        case core::CommandKind::release:
            live_.erase(command.id);
            break;
        default:
            break;
    }
}

bool LiveHolds::any(SimTime now) {
    forget_ended(now);
    return !ends_.empty();
}

// What ended early leaves its end in the queue until it comes to the front.
void LiveHolds::forget_ended(SimTime now) {
    while (!ends_.empty() && (ends_.top().first <= now.us || !live_.contains(ends_.top().second))) ends_.pop();
    if (ends_.empty()) live_.clear();
}

}  // namespace lastunit::cli
