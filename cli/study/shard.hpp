// A part of a study, for machines that know nothing of each other.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace lastunit::cli {

struct Shard {
    std::size_t index = 0;  // from 0
    std::size_t count = 1;
};

// "I/N", I from 1 to N. Throws BadInput.
Shard parse_shard(const std::string& text);
// --shard; the whole study without it. Throws BadInput.
Shard shard_of(const Arguments& arguments);

}  // namespace lastunit::cli
