#include "drivers/load/validity.hpp"

#include <cstdio>

namespace lastunit::drivers {

namespace {

std::string milliseconds_text(double ms) {
    char text[32];
    std::snprintf(text, sizeof text, ms < 10 ? "%.2f ms" : "%.0f ms", ms);
    return text;
}
std::string milliseconds_text(std::uint64_t ns) { return milliseconds_text(static_cast<double>(ns) / 1e6); }
std::string milliseconds_text(Duration span) { return milliseconds_text(static_cast<double>(span.us) / 1e3); }

}  // namespace

std::vector<std::string> reasons_for_invalid(const ValidityFigures& figures, const DispatcherOptions& options) {
    std::vector<std::string> reasons;
    const auto lag = static_cast<double>(figures.lag_p99_ns);
    const double ever = static_cast<double>(options.most_lag_ever.us) * 1e3;
    const double always_allowed = static_cast<double>(options.most_lag.us) * 1e3;
    const bool distorts = lag > always_allowed && lag > options.most_lag_share * static_cast<double>(figures.service_p99_ns);
    if (lag > ever) {
        reasons.push_back("the generator sent late: dispatch lag p99 " + milliseconds_text(figures.lag_p99_ns) + ", above " +
                          milliseconds_text(options.most_lag_ever) + "; a lower speed, or more shards");
    } else if (distorts) {
        reasons.push_back("the generator sent late: dispatch lag p99 " + milliseconds_text(figures.lag_p99_ns) +
                          " beside service p99 " + milliseconds_text(figures.service_p99_ns) + "; a lower speed, or more shards");
    }
    if (figures.beyond_most_in_flight != 0)
        reasons.push_back("more than " + std::to_string(options.most_in_flight) +
                          " operations were under way: " + std::to_string(figures.beyond_most_in_flight) + " of " +
                          std::to_string(figures.intended) + " were not sent");
    if (!figures.history_error.empty()) reasons.push_back("the history is not whole: " + figures.history_error);
    return reasons;
}

}  // namespace lastunit::drivers
