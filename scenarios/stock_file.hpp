// Stock on record, in a CSV file with the columns node, sku, units (in any order; others are passed over).
#pragma once

#include <string>
#include <vector>

#include "model/scenario.hpp"
#include "scenarios/diagnostic.hpp"

namespace lastunit::scenarios {

struct LoadedStock {
    std::vector<Quantity> units;  // [sku * nodes + node]; what the file does not name is not there
    std::vector<Diagnostic> errors;
};

LoadedStock load_stock(const std::string& path, const model::Scenario& scenario);

}  // namespace lastunit::scenarios
