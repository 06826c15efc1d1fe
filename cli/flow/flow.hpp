// `lastunit flow`: flow files of shops over HTTP (drivers/http), checked, traced and raced.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int flow(const Arguments& arguments);
std::vector<Option> flow_options();

}  // namespace lastunit::cli
