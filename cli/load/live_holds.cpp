#include "cli/load/live_holds.hpp"

#include <algorithm>

namespace lastunit::cli {

void LiveHolds::sent(const core::Command& command, SimTime at) {
    forget_ended(at);
    switch (command.kind) {
        case core::CommandKind::hold:
        case core::CommandKind::extend:
            lives_until(command.id, at + command.ttl);
            break;
        case core::CommandKind::confirm:
        case core::CommandKind::release:
            forget(command.id);
            break;
        default:
            break;
    }
}

bool LiveHolds::any(SimTime now) {
    forget_ended(now);
    return !ends_.empty();
}

// An extension that the back end refuses does not end the hold earlier.
void LiveHolds::lives_until(std::uint64_t hold, SimTime end) {
    if (const auto known = end_of_.find(hold); known != end_of_.end()) end = std::max(end, known->second);
    forget(hold);
    end_of_.emplace(hold, end);
    ends_.emplace(end, hold);
}

void LiveHolds::forget(std::uint64_t hold) {
    const auto known = end_of_.find(hold);
    if (known == end_of_.end()) return;
    ends_.erase({known->second, hold});
    end_of_.erase(known);
}

void LiveHolds::forget_ended(SimTime now) {
    while (!ends_.empty() && ends_.begin()->first <= now) forget(ends_.begin()->second);
}

}  // namespace lastunit::cli
