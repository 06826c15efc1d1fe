// `lastunit serve`: the core as a server.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int serve(const Arguments& arguments);

}  // namespace lastunit::cli
