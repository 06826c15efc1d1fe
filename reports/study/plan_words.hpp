// What terminal, Markdown and page say of a plan alike.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/study/plan.hpp"

namespace lastunit::reports {

std::string headline(const Plan& plan);
std::string fate_text(const Plan& plan, std::size_t candidate);  // "best", "misses oversell_rate<0.1%"
// What tells it from the leader: "but buffer=2, hold_ttl=5min"; its whole name where that is not longer.
std::string short_name(const Plan& plan, std::size_t candidate);
std::string how_searched(const Plan& plan);
std::string set_options(const std::vector<std::string>& changes);  // "--set a=1 --set 'b={c: 2}'"
std::optional<statistics::Interval> plan_interval(const Plan& plan, std::size_t candidate, const std::string& kpi);

}  // namespace lastunit::reports
