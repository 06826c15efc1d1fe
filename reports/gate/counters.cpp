#include "reports/gate/counters.hpp"

namespace lastunit::reports::gate {

namespace {
constexpr std::string_view kPrefix = "counters.";
}

bool is_counter(std::string_view path) { return path.starts_with(kPrefix); }
std::string_view counter_name(std::string_view path) { return path.substr(kPrefix.size()); }

std::optional<double> counter(std::string_view path, const model::Identity& identity, double orders) {
    if (!(orders > 0)) return std::nullopt;
    if (path == kCounters[0]) return static_cast<double>(identity.events()) / orders;
    if (path == kCounters[1]) return static_cast<double>(identity.core_commands()) / orders;
    if (path == kCounters[2] && identity.allocations() > 0) return static_cast<double>(identity.allocations()) / orders;
    return std::nullopt;
}

}  // namespace lastunit::reports::gate
