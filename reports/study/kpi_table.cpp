#include "reports/study/kpi_table.hpp"

#include <algorithm>

#include "model/nearest_name.hpp"

namespace lastunit::reports {
namespace {

constexpr StudyKpi kKpis[] = {
    {"oversold_units", "oversold units", Better::lower},
    {"oversell_rate", "oversell rate", Better::lower},
    {"oversold_value", "oversold value", Better::lower},
    {"undersold_units", "undersold units", Better::lower},
    {"lost_sales_units", "lost sales, units", Better::lower},
    {"cancelled_orders", "cancelled orders", Better::lower},
    {"fulfilment_time_s.p50", "fulfilment time, p50", Better::lower},
    {"fulfilment_time_s.p90", "fulfilment time, p90", Better::lower},
    {"fulfilment_time_s.p95", "fulfilment time, p95", Better::lower},
    {"fulfilment_time_s.p99", "fulfilment time, p99", Better::lower},
    {"promise_kept_rate", "promises kept", Better::higher},
    {"split_rate", "split orders", Better::lower},
    {"cost_per_order", "cost per order", Better::lower},
    {"conversion", "conversion", Better::higher},
    {"revenue", "revenue", Better::higher},
};

// Beyond the table: by what the name says.
constexpr const char* kHigher[] = {"revenue",           "conversion",         "orders_accepted",
                                   "units_accepted",    "shipped_units",      "handed_over_units",
                                   "promise_kept_rate", "ready_in_time_rate", "oversold_rescued_units",
                                   "truck_utilisation", "inventory_turnover", "cross_channel_conversion",
                                   "rate_held",         "answered_rate"};
constexpr const char* kNeither[] = {
    "shoppers", "channel_integration_rate", "ropo_ratio", "orders", "count", "promises_due", "operations", "rate_intended"};

std::string_view without_channel(std::string_view path) {
    constexpr std::string_view kChannels = "channels.";
    if (!path.starts_with(kChannels)) return path;
    const std::size_t dot = path.find('.', kChannels.size());
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

template <std::size_t N> bool is_in(const char* const (&names)[N], std::string_view name) {
    return std::any_of(std::begin(names), std::end(names), [&](const char* one) { return name == one; });
}

}  // namespace

std::span<const StudyKpi> study_kpis() { return kKpis; }

Better better(std::string_view path) {
    const std::string_view own = without_channel(path);
    for (const StudyKpi& kpi : kKpis)
        if (own == kpi.path) return kpi.better;
    const std::string_view last = own.substr(own.rfind('.') + 1);  // npos + 1 = 0: all of it
    if (is_in(kNeither, last)) return Better::neither;
    return is_in(kHigher, last) ? Better::higher : Better::lower;
}

std::string kpi_label(std::string_view path) {
    for (const StudyKpi& kpi : kKpis)
        if (path == kpi.path) return kpi.label;
    return std::string(path);
}

std::string kpi_hint(const std::string& path, const std::vector<std::string>& known) {
    const std::string near = model::nearest_name(path, known);
    return near.empty() ? " (`lastunit export` shows all of them)" : "; did you mean `" + near + "`?";
}

}  // namespace lastunit::reports
