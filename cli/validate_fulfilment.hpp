// The part of `lastunit validate` that plays fulfilment instances.
#pragma once

#include <string>
#include <vector>

#include "cli/validation/effort.hpp"
#include "cli/validation/fulfilment_file.hpp"

namespace lastunit::cli {

// `only`: names of instances ("instance#3") and policies ("dilated"); none = all. Exit 0 when everything that the file has
// references for agrees, 1 when something does not.
int validate_fulfilment(const std::vector<validation::FulfilmentInstance>& instances, const validation::Effort& effort,
                        std::uint64_t seed, const std::vector<std::string>& only);

}  // namespace lastunit::cli
