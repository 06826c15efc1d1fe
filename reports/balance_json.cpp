#include "reports/balance_json.hpp"

#include "reports/json.hpp"

namespace lastunit::reports {

std::string balance_json(const std::vector<BalanceLine>& lines) {
    std::string out = "[";
    for (const BalanceLine& line : lines) {
        const bool equal = line.relation == BalanceLine::Relation::equal;
        out += (out.size() > 1 ? "," : "") + ("{\"sentence\":" + json_string(line.sentence)) +
               ",\"left\":" + std::to_string(line.left) + ",\"right\":" + std::to_string(line.right) +
               ",\"relation\":" + (equal ? "\"equal\"" : "\"at_most\"") + ",\"closes\":" + (line.closes() ? "true" : "false") +
               "}";
    }
    return out + "]";
}

}  // namespace lastunit::reports
