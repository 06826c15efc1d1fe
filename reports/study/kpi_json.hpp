// What a reader of a study's JSON has to know of a KPI to show it: what it is called, which way it is better, and its unit.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/run_record.pb.h"

namespace lastunit::reports {

std::string_view direction_name(std::string_view path);  // lower, higher, neither
std::string_view unit_name(std::string_view path);       // share, minor_money, major_money, seconds, count

// {"oversell_rate": {"label": "oversell rate", "better": "lower", "unit": "share"}, ...}
std::string kpis_json(std::span<const std::string> paths);

// "currency", "version", "commit" of a study, each behind a comma; `identity` may be null.
std::string origin_json(const model::Identity* identity);

}  // namespace lastunit::reports
