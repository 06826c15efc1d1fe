// A command in the words that every mode keeps in Redis.
#pragma once

#include <string>
#include <string_view>

#include "core/command.hpp"
#include "drivers/command_rules.hpp"
#include "drivers/driver.hpp"

namespace lastunit::drivers::redis {

// "sku:node"
std::string cell_of(NodeId node, Sku sku);

// "client:sequence"; empty for the key that means none, and where the ledger takes none.
std::string key_of(const core::Command& command);

// Tells a repeat from another command under the same key: the kind and every argument, hashed, in 16 hexadecimal digits.
std::string fingerprint_of(const core::Command& command);

// "<outcome> <sequence> <fingerprint>": a remembered answer.
bool settle_answer(std::string_view text, Completion& completion);

}  // namespace lastunit::drivers::redis
