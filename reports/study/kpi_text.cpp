#include "reports/study/kpi_text.hpp"

#include <algorithm>
#include <cmath>

#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

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

// Three or four digits.
std::string rounded(double magnitude) {
    return decimal(magnitude, magnitude == 0 || magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2);
}

// Three digits, also of rare things: 0.0164 %.
std::string share_text(double magnitude) {
    const double percent = magnitude * 100;
    if (percent == 0) return "0 %";
    const int digits = percent >= 9.95 ? 1 : 2 - static_cast<int>(std::floor(std::log10(percent)));
    return decimal(percent, std::clamp(digits, 1, 5)) + " %";
}

std::string magnitude_text(KpiUnit unit, double magnitude) {
    switch (unit) {
        case KpiUnit::share:
            return share_text(magnitude);
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

std::string mean_text(std::string_view path, double value) {
    if (!std::isfinite(value)) return "-";
    const std::string text = magnitude_text(unit_of(path), std::abs(value));
    return value < 0 ? "-" + text : text;
}

std::string difference_text(std::string_view path, double value) {
    if (!std::isfinite(value)) return "-";
    const KpiUnit unit = unit_of(path);
    std::string text = magnitude_text(unit, std::abs(value));
    if (unit == KpiUnit::share) text.replace(text.size() - 1, 1, "pp");
    return value == 0 ? text : (value < 0 ? "-" : "+") + text;
}

std::string relative_text(double ratio) {
    if (!std::isfinite(ratio)) return "-";
    if (ratio >= 2) return "x " + decimal(ratio, ratio < 9.95 ? 1 : 0);
    const double change = (ratio - 1) * 100, amount = std::abs(change);
    // Two digits, down to thousandths: a share of a million shoppers' revenue is money.
    const int decimals = amount >= 9.95 ? 0 : amount >= 0.995 ? 1 : amount >= 0.0995 ? 2 : 3;
    if (amount < 0.0005) return "0 %";
    return (change < 0 ? "-" : "+") + decimal(amount, decimals) + " %";
}

}  // namespace lastunit::reports
