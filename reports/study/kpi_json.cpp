#include "reports/study/kpi_json.hpp"

#include "reports/json.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/kpi_text.hpp"

namespace lastunit::reports {

std::string_view direction_name(std::string_view path) {
    const Better good = better(path);
    return good == Better::lower ? "lower" : good == Better::higher ? "higher" : "neither";
}

std::string_view unit_name(std::string_view path) {
    switch (unit_of(path)) {
        case KpiUnit::share:
            return "share";
        case KpiUnit::minor_money:
            return "minor_money";
        case KpiUnit::major_money:
            return "major_money";
        case KpiUnit::seconds:
            return "seconds";
        case KpiUnit::count:
            break;
    }
    return "count";
}

std::string kpis_json(std::span<const std::string> paths) {
    std::string out;
    for (const std::string& path : paths)
        out += (out.empty() ? "" : ", ") + json_string(path) + ": {\"label\": " + json_string(kpi_label(path)) +
               ", \"better\": " + json_string(direction_name(path)) + ", \"unit\": " + json_string(unit_name(path)) + "}";
    return "{" + out + "}";
}

std::string origin_json(const model::Identity* identity) {
    const model::Identity none;
    const model::Identity& id = identity == nullptr ? none : *identity;
    return ",\n\"currency\": " + json_string(id.currency()) + ",\n\"version\": " + json_string(id.version()) +
           ",\n\"commit\": " + json_string(id.commit());
}

}  // namespace lastunit::reports
