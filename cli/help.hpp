// Help texts, made from the table of commands.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace lastunit::cli {

std::string help_for_all();
std::string help_for(const Command& command);

int help(const Arguments& arguments);  // `lastunit help [COMMAND]`

}  // namespace lastunit::cli
