// What every mode makes of a command before it asks Redis.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/command.hpp"
#include "drivers/redis/flow.hpp"

namespace lastunit::drivers::redis {

// What the request is refused for by itself, in the ledger's order of checks; `applied` when nothing is wrong with it.
core::Outcome wrong_with(const core::Command& command, const Counts& counts);

// Lines of one cell summed, in the order of the cells.
std::vector<core::Line> merged(std::span<const core::Line> lines);

// "sku:node"
std::string cell_of(NodeId node, Sku sku);

// "client:sequence"; empty for the key that means none, and where the ledger takes none.
std::string key_of(const core::Command& command);

// Tells a repeat from another command under the same key: the kind and every argument, hashed, in 16 hexadecimal digits.
std::string fingerprint_of(const core::Command& command);

// By the ledger's own spelling; false when it is none.
bool outcome_named(std::string_view name, core::Outcome& outcome);

// "<outcome> <sequence> <fingerprint>": a remembered answer.
bool settle_answer(std::string_view text, Completion& completion);

}  // namespace lastunit::drivers::redis
