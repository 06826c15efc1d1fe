// Figures of KPIs as people compare them: means, differences, ratios.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lastunit::reports {

enum class KpiUnit : std::uint8_t { share, minor_money, major_money, seconds, count };
// Of a path as in kpi_values.hpp.
KpiUnit unit_of(std::string_view path);

// A mean, with as many digits as a person compares by: "412", "0.67 %", "1 d 23 h"; "-" when it is not finite.
std::string mean_text(std::string_view path, double value);
// The same with its sign: "-58.2", "+0"; shares in percentage points: "-0.31 pp".
std::string difference_text(std::string_view path, double value);
// A ratio to the baseline: "-41 %", "+3.2 %", and from twice as much on "x 3.4".
std::string relative_text(double ratio);

}  // namespace lastunit::reports
