#include "cli/validation/effort.hpp"

#include <algorithm>

namespace lastunit::cli::validation {

double times_effort_at(double load) {
    constexpr double kUsual = 0.9, kMost = 5;
    const double ratio = (1 - kUsual) / (1 - load);
    return std::clamp(ratio * ratio, 1.0, kMost);
}

std::optional<Effort> find_effort(const std::string& name) {
    if (name == "quick") return Effort{name, 100'000, 0.15, 4, 10};
    if (name == "normal") return Effort{name, 11'000'000, 0.03, 30, 30};
    if (name == "thorough") return Effort{name, 80'000'000, 0.01, 100, 100};
    return std::nullopt;
}

}  // namespace lastunit::cli::validation
