// What is kept, by name. A command's numbers are positions in these lists, so they never change in a data folder.
#pragma once

#include <string>
#include <vector>

#include "drivers/engine/data_folder.hpp"

namespace lastunit::drivers {

struct Catalogue {
    std::vector<std::string> nodes;
    std::vector<std::string> skus;
    std::vector<std::string> channels;
    bool operator==(const Catalogue&) const = default;
};

// "" or why it cannot be kept: too many names, a line break in one.
std::string problem_of(const Catalogue& catalogue);

// Both throw Problem.
void keep(const Catalogue& catalogue, const DataFolder& folder);
Catalogue read_catalogue(const DataFolder& folder);

}  // namespace lastunit::drivers
