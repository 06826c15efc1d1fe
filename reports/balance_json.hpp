// The balance as a page carries it, since only reports/balance knows which numbers must agree.
#pragma once

#include <string>
#include <vector>

#include "reports/balance.hpp"

namespace lastunit::reports {

// [{"sentence": "...", "left": 1, "right": 1, "relation": "equal" or "at_most", "closes": true}, ...], in the order of `lines`.
std::string balance_json(const std::vector<BalanceLine>& lines);

}  // namespace lastunit::reports
