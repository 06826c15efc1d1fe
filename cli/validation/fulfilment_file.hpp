// Reads a file of fulfilment instances: multi-item orders on several nodes, in the form of Jasin & Sinha (2015) and Ma (2023).
//
//     {"fixed_cost": per parcel, "unfilled_fixed_cost": once per order with an item unfilled, "periods": T,
//      "region_prob": [region], "unit_cost": [node][region], "dummy_unit_cost": [region] per unit unfilled,
//      "instances": [{"orders": [type][item], "order_prob": [type], "stock": [node][item], "closest": [item][region],
//                     "seed": .., "dlp": optimum of the LP, "mc_ratio_30seq": {policy: cost / LP optimum}}, ..]}
//
// `closest` is the nearest node that carries the item, or the number of nodes. `seed`, `dlp`, `mc_ratio_30seq` may be missing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/pricing/forecast.hpp"

namespace lastunit::cli::validation {

struct FulfilmentInstance {
    std::string name;  // "instance#3", its place in the file
    std::string seed;  // as the file says; empty = it does not
    model::Forecast forecast;
    std::vector<double> order_probability, region_probability;
    std::vector<std::uint32_t> closest;       // [item * regions + region]
    std::optional<double> lp_optimum;         // as the file has it
    std::map<std::string, double> reference;  // by the file's name of a policy
};

// Nothing when the file is one of another kind (has no "instances"). Throws BadInput when it cannot be read, is not JSON, or has
// an instance that makes no sense.
std::optional<std::vector<FulfilmentInstance>> read_fulfilment(const std::string& path);

}  // namespace lastunit::cli::validation
