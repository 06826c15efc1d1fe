// What a driver has to know of a command where the back end does not: databases keep stock, and not the rules of the core.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/command.hpp"

namespace lastunit::drivers {

// What the prepared shop has.
struct ShopSize {
    std::uint32_t nodes = 0, skus = 0, channels = 0;
};

// What the request is refused for by itself, in the ledger's order of checks; `applied` when nothing is wrong with it. Needs no
// stock: what depends on it (that a count would pass core::kMaxUnits, other than as asked) is the back end's to say.
core::Outcome wrong_with(const core::Command& command, const ShopSize& size);

// Lines of one cell summed, in the order of the cells (SKU, then node): whoever locks or takes them in turn never waits in a
// circle. A sum saturates at INT32_MAX, which is beyond every limit.
std::vector<core::Line> merged(std::vector<core::Line> lines);

// The kind and every argument as they were asked, hashed: tells a repeat from another command under the same key.
std::uint64_t arguments_hash(const core::Command& command);

// By the ledger's own spelling; nullopt when it is none.
std::optional<core::Outcome> outcome_named(std::string_view name);

}  // namespace lastunit::drivers
