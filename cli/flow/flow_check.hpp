// `lastunit flow check`: a flow file's mistakes; with --trace one shopper's whole way, for whoever writes one.
#pragma once

#include "cli/command.hpp"

namespace lastunit::cli {

int flow_check(const Arguments& arguments);

// What races and traces buy: --sku, or the first that the flow maps by name, or `sku`.
std::string flow_sku(const Arguments& arguments, const std::vector<std::string>& named);
// A name for this run that no other has.

}  // namespace lastunit::cli
