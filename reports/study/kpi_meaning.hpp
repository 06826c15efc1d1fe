// What a KPI is to a person who compares: its name in words, whether less of it is better, and its figures as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lastunit::reports {

enum class Better : std::uint8_t {
    lower,
    higher,
    neither,  // says what happened, not how well: shoppers, parcels, units returned
};
// Of a path as in kpi_values.hpp; a channel's KPI is as good as the run's of the same name.
Better better(std::string_view path);

enum class KpiUnit : std::uint8_t { share, minor_money, major_money, seconds, count };
KpiUnit unit_of(std::string_view path);

// "oversold units", "fulfilment p90"; the path itself where it has no words of its own.
std::string kpi_label(std::string_view path);

// A mean, with as many digits as a person compares by: "412", "0.67 %", "1 d 23 h".
std::string mean_text(std::string_view path, double value);
// The same with its sign: "-58.2", "+0"; shares in percentage points: "-0.31 pp".
std::string difference_text(std::string_view path, double value);
// A ratio to the baseline: "-41 %", "+3.2 %", and from twice as much on "x 3.4".
std::string relative_text(double ratio);

// What designs are compared by where nobody says otherwise, and what the front is drawn over: oversell, undersell, cost, time.
const std::vector<std::string>& usual_kpis();
const std::vector<std::string>& usual_front();

}  // namespace lastunit::reports
