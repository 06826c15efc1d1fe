// What a sweep found: KPIs with their intervals at every point of a grid, as curves, surfaces and tables.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reports/statistics/interval.hpp"
#include "reports/study/figures.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

struct SweepVariable {
    enum class Axis : std::uint8_t {
        number,
        name,  // its values have no distances
    };
    std::string name;
    std::vector<std::string> paths;   // as --set has them
    std::vector<std::string> values;  // as a scenario has them
    std::vector<double> at;           // places on the axis
    Axis axis = Axis::number;
};

struct Sweep {
    const StudyFigures* figures = nullptr;  // arm i is point i
    std::vector<SweepVariable> variables;
    std::vector<std::vector<std::size_t>> points;   // the number of each variable's value; the last variable fastest
    std::vector<std::vector<std::string>> changes;  // of each point: PATH=VALUE
    std::vector<std::string> kpis;
    statistics::Confidence confidence = statistics::Confidence();
    std::string command;  // that made it
};

// Of one KPI at one point; nothing when it was not measured in every replication.
std::optional<statistics::Interval> sweep_interval(const Sweep& sweep, std::size_t point, const std::string& kpi);
// From the first to the last point, same shoppers: the paired difference. Nothing with fewer than two points or pairs.
std::optional<statistics::Interval> sweep_change(const Sweep& sweep, const std::string& kpi);

// "0.41 % ±0.03 %", by the KPI's path; without the interval where one run gives none. "-" for nothing.
std::string plus_minus_text(const std::string& kpi, const std::optional<statistics::Interval>& interval);
std::string confidence_text(statistics::Confidence confidence);  // "95 %"
// "0.38 % to 0.44 %"
std::string range_text(const std::string& kpi, const statistics::Interval& interval);

std::string sweep_summary(const Sweep& sweep, const TerminalStyle& style);
std::string sweep_json(const Sweep& sweep);
std::string sweep_csv(const Sweep& sweep);  // one line per point and KPI
std::string sweep_markdown(const Sweep& sweep);

}  // namespace lastunit::reports
