// A part of a study, for machines that know nothing of each other.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

struct Shard {
    std::size_t index = 0;  // from 0
    std::size_t count = 1;
};

// --shard I/N, I from 1 to N; the whole study without it. Throws BadInput.
Shard shard_of(const Arguments& arguments);

}  // namespace lastunit::cli
