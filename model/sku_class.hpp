// Which SKUs sell, and which make up the rest: the classes A, B and C of a retailer's catalogue.
#pragma once

#include <cstdint>
#include <vector>

#include "model/scenario.hpp"

namespace lastunit::model {

enum class SkuClass : std::uint8_t { a, b, c };
inline constexpr unsigned kSkuClasses = 3;
const char* name_of(SkuClass of);  // "A", "B", "C"

// [sku] By what shoppers come for within the horizon, whether or not they get it: A are those that together draw the first 80 %
// of the units, in the order of their demand (equal ones by index), B the next 15 %, C the rest. Neither the design nor the seed
// matters. Bundles are demand for their components and of class C themselves.
std::vector<SkuClass> sku_classes(const Scenario& scenario);

// [sku] Units that shoppers are expected to come for, of generated streams and replayed orders.
std::vector<double> units_wanted(const Scenario& scenario);

}  // namespace lastunit::model
