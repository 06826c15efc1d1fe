// Drawings of a comparison, as SVG elements for its page. Colours and sizes of type are study.css's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/study/comparison.hpp"

namespace lastunit::reports {

// The class of page elements that show a finding: better, worse, lower, higher, open.
std::string_view finding_class(Finding finding);

// Ticks at round numbers (round spans, for times) within [low, high], about `count` of them, each with its text.
struct AxisTick {
    double at = 0;
    std::string text;
};
std::vector<AxisTick> axis_ticks(std::string_view path, double low, double high, std::size_t count);

// Interval and estimate of a ratio to the baseline on an axis from 1 - reach to 1 + reach; what lies outside is an arrow.
std::string interval_svg(const statistics::Interval& ratio, double reach, Finding finding);

// Two KPIs of every arm against each other, means with their intervals.
std::string scatter_svg(const StudyComparison& study, const ComparedKpi& x, const ComparedKpi& y);

// Every replication as a dot, one row per arm with its mean and interval; with common seeds a line joins the same shoppers.
std::string strip_svg(const StudyComparison& study, const ComparedKpi& kpi);

}  // namespace lastunit::reports
