#include "cli/validation/output_name.hpp"

#include <charconv>

namespace lastunit::cli::validation {

std::optional<double> number_after(const std::string& prefix, const std::string& name, const std::string& suffix) {
    if (!name.starts_with(prefix) || !name.ends_with(suffix) || name.size() <= prefix.size() + suffix.size()) return std::nullopt;
    double value = 0;
    const char* begin = name.data() + prefix.size();
    const char* end = name.data() + name.size() - suffix.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error != std::errc{} || stop != end || *begin == '-') return std::nullopt;
    return value;
}

}  // namespace lastunit::cli::validation
