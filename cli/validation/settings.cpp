#include "cli/validation/settings.hpp"

#include <charconv>
#include <cstdio>

namespace lastunit::cli::validation {

std::string digits(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string Clock::time(double units) const {
    char text[40];
    std::snprintf(text, sizeof text, "%.0fus", us(units));
    return text;
}

std::string Clock::exponential(double mean_units) const { return "exponential(" + time(mean_units) + ")"; }

std::string Clock::with_cv(const std::string& kind, double mean_units, double cv) const {
    return kind + "(" + time(mean_units) + ", cv " + digits(cv) + ")";
}

std::string Clock::rate(double per_unit) const { return digits(per_unit / us_per_unit_ * 1e6) + "/s"; }

Settings::Settings(double horizon_units, const Clock& clock) { set("run.horizon", clock.time(horizon_units)); }

Settings& Settings::set(const std::string& path, const std::string& value) {
    overrides_.push_back({path, value});
    return *this;
}

}  // namespace lastunit::cli::validation
