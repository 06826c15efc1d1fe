// `lastunit failures`: every published failure under its flawed and its sound design, over many seeds.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int failures(const Arguments& arguments);

}  // namespace lastunit::cli
