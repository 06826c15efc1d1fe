#include "reports/study/kpi_meaning.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

struct Meaning {
    std::string_view path;  // of the run's own KPI; "x.": everything below x
    Better better;
    std::string_view label;
};

// A KPI that is not here is neither good nor bad in itself.
constexpr auto kMeanings = std::to_array<Meaning>({
    {"oversold_units", Better::lower, "oversold units"},
    {"oversold_orders", Better::lower, "oversold orders"},
    {"oversold_value", Better::lower, "oversold value"},
    {"oversell_rate", Better::lower, "oversell rate"},
    {"oversold_causes.", Better::lower, "oversold by"},
    {"undersold_units", Better::lower, "undersold units"},
    {"undersold_causes.", Better::lower, "undersold by"},
    {"lost_sales_units", Better::lower, "lost sales"},
    {"refused_units", Better::lower, "refused units"},
    {"cancelled_orders", Better::lower, "cancelled orders"},
    {"cancelled_units", Better::lower, "cancelled units"},
    {"declined_orders", Better::lower, "declined orders"},
    {"declined_units", Better::lower, "declined units"},
    {"abandoned_carts", Better::lower, "abandoned carts"},
    {"carts_lost_by_switch", Better::lower, "carts lost by switch"},
    {"fulfilment_time_s.", Better::lower, "fulfilment"},
    {"order_to_ready_s.", Better::lower, "order to ready"},
    {"order_to_door_s.", Better::lower, "order to door"},
    {"decision_s.", Better::lower, "decision"},
    {"desk_wait_s.", Better::lower, "desk wait"},
    {"stock_age_s.", Better::lower, "stock age"},
    {"promise_kept_rate", Better::higher, "promises kept"},
    {"ready_in_time_rate", Better::higher, "ready in time"},
    {"split_rate", Better::lower, "split orders"},
    {"shipments_per_order", Better::lower, "parcels per order"},
    {"parcel_km", Better::lower, "km of a parcel"},
    {"total_km", Better::lower, "km of all parcels"},
    {"cost_per_order", Better::lower, "cost per order"},
    {"cost_per_year", Better::lower, "cost a year"},
    {"total_cost", Better::lower, "total cost"},
    {"cost_terms.", Better::lower, "cost of"},
    {"revenue", Better::higher, "revenue"},
    {"orders_accepted", Better::higher, "orders"},
    {"units_accepted", Better::higher, "units accepted"},
    {"conversion", Better::higher, "conversion"},
    {"cross_channel_conversion", Better::higher, "cross-channel conversion"},
    {"inventory_turnover", Better::higher, "inventory turnover"},
    {"pos_conflict_units", Better::lower, "till conflicts"},
    {"paid_not_ordered", Better::lower, "paid, not ordered"},
    {"cancelled_but_paid", Better::lower, "cancelled but paid"},
    {"cancelled_with_stock_units", Better::lower, "cancelled with stock"},
    {"record_excess_units", Better::lower, "record above truth"},
    {"record_shortage_units", Better::lower, "record below truth"},
    {"never_allocated_orders", Better::lower, "never allocated"},
    {"forgotten_units", Better::lower, "forgotten units"},
    {"sales_booked_twice", Better::lower, "booked twice"},
    {"unreachable_refusals", Better::lower, "core did not answer"},
    {"lock_timeouts", Better::lower, "lock timeouts"},
    {"conflicts", Better::lower, "conflicts"},
    {"failed_picks", Better::lower, "failed picks"},
    {"open_units", Better::lower, "open units"},
    {"calls_hung_up", Better::lower, "calls hung up"},
    {"calls_engaged", Better::lower, "calls engaged"},
    {"walk_ins_lost_units", Better::lower, "walk-ins lost"},
    {"walk_ins_lost_value", Better::lower, "walk-ins lost, value"},
    {"labour_h", Better::lower, "labour, h"},
    {"overtime_h", Better::lower, "overtime, h"},
    {"late_parcels", Better::lower, "late parcels"},
    {"back_to_sender_units", Better::lower, "back to sender"},
    {"popular_empty_rate", Better::lower, "popular and empty"},
    {"empty_cells", Better::lower, "empty cells"},
});

constexpr std::string_view kChannels = "channels.";

// The KPI's path within its channel, or the path.
std::string_view own_path(std::string_view path) {
    if (!path.starts_with(kChannels)) return path;
    const std::size_t dot = path.find('.', kChannels.size());
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

// A method's KPIs ("pickup.promise_kept_rate") are those of the run, of its orders alone.
std::string_view without_method(std::string_view path) {
    for (const std::string_view method : {"ship.", "pickup.", "locker.", "reserve_in_store."})
        if (path.starts_with(method)) return path.substr(method.size());
    return path;
}

const Meaning* find(std::string_view path) {
    for (const Meaning& one : kMeanings) {
        const bool group = one.path.ends_with('.');
        if (group ? path.starts_with(one.path) && !path.ends_with(".count") : path == one.path) return &one;
    }
    return nullptr;
}

// As many decimals as leave three or four digits.
std::string rounded(double magnitude) {
    const bool whole = std::floor(magnitude) == magnitude;
    return decimal(magnitude, whole || magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2);
}

std::string magnitude_text(KpiUnit unit, double magnitude) {
    switch (unit) {
        case KpiUnit::share:
            return percent(magnitude);
        case KpiUnit::minor_money:
            return decimal(magnitude / 100, magnitude >= 1'000'000 ? 0 : 2);
        case KpiUnit::major_money:
            return decimal(magnitude, magnitude >= 10'000 ? 0 : 2);
        case KpiUnit::seconds:
            return magnitude == 0 ? "0 s" : span(magnitude);
        case KpiUnit::count:
            break;
    }
    return rounded(magnitude);
}

}  // namespace

Better better(std::string_view path) {
    const std::string_view own = without_method(own_path(path));
    if (own.starts_with("time_s.")) return own.ends_with(".count") ? Better::neither : Better::lower;
    const Meaning* meaning = find(own);
    return meaning == nullptr ? Better::neither : meaning->better;
}

KpiUnit unit_of(std::string_view path) {
    const std::string_view own = without_method(own_path(path));
    const auto ends = [own](std::string_view suffix) { return own.ends_with(suffix); };
    if (ends("_rate") || ends("_ratio") || ends("conversion") || own == "truck_utilisation") return KpiUnit::share;
    if (own == "cost_per_order") return KpiUnit::major_money;
    if (ends("_value") || own == "revenue" || own == "total_cost" || own == "cost_per_year" || own.starts_with("cost_terms."))
        return KpiUnit::minor_money;
    if (own.find("_s.") != std::string_view::npos && !ends(".count")) return KpiUnit::seconds;
    return KpiUnit::count;
}

std::string kpi_label(std::string_view path) {
    const std::string_view own = own_path(path);
    const Meaning* meaning = find(own);
    if (meaning == nullptr) return std::string(path);
    std::string label(meaning->label);
    if (meaning->path.ends_with('.')) label += " " + std::string(own.substr(meaning->path.size()));
    if (own.size() < path.size())
        label += ", " + std::string(path.substr(kChannels.size(), path.size() - own.size() - kChannels.size() - 1));
    return label;
}

std::string mean_text(std::string_view path, double value) {
    if (!std::isfinite(value)) return "-";
    const std::string text = magnitude_text(unit_of(path), std::abs(value));
    return value < 0 ? "-" + text : text;
}

std::string difference_text(std::string_view path, double value) {
    if (!std::isfinite(value)) return "-";
    const KpiUnit unit = unit_of(path);
    std::string text = magnitude_text(unit, std::abs(value));
    if (unit == KpiUnit::share) {
        if (const std::size_t sign = text.find(" %"); sign != std::string::npos) text.replace(sign, 2, " pp");
    }
    return (value < 0 ? "-" : "+") + text;
}

std::string relative_text(double ratio) {
    if (!std::isfinite(ratio)) return "-";
    if (ratio >= 2) return "x " + decimal(ratio, ratio < 9.95 ? 1 : 0);
    const double change = (ratio - 1) * 100;
    return (change < 0 ? "-" : "+") + decimal(std::abs(change), std::abs(change) < 9.95 ? 1 : 0) + " %";
}

const std::vector<std::string>& usual_kpis() {
    static const std::vector<std::string> kUsual = {"oversold_units",
                                                    "oversell_rate",
                                                    "undersold_units",
                                                    "lost_sales_units",
                                                    "cancelled_orders",
                                                    "cancelled_units",
                                                    "fulfilment_time_s.p50",
                                                    "fulfilment_time_s.p90",
                                                    "fulfilment_time_s.p99",
                                                    "promise_kept_rate",
                                                    "cost_per_order",
                                                    "cost_per_year",
                                                    "revenue"};
    return kUsual;
}

const std::vector<std::string>& usual_front() {
    static const std::vector<std::string> kFront = {"oversold_units", "undersold_units", "cost_per_order",
                                                    "fulfilment_time_s.p90"};
    return kFront;
}

}  // namespace lastunit::reports
