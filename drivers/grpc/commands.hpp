// The contract's commands and the core's, both ways.
#pragma once

#include <vector>

#include "core/command.hpp"
#include "drivers/inventory.pb.h"

namespace lastunit::drivers {

namespace wire = lastunit::inventory::v1;

// Lines that the command has; what lines_of() of all commands of a batch sum up to is the room that `lines` below needs.
std::size_t lines_of(const wire::Command& command);

// Appends the command's lines to `lines`, which must have room: it is pointed into. Every message becomes a command, a
// meaningless one such that the ledger refuses it (and remembers that under its key): numbers beyond a type's width stay out of
// every range.
core::Command command_of(const wire::Command& message, std::vector<core::Line>& lines);

// Fills a cleared message. The kinds `expect` and `advance` are not part of the contract.
void write(const core::Command& command, wire::Command& message);
bool in_contract(core::CommandKind kind);

}  // namespace lastunit::drivers
