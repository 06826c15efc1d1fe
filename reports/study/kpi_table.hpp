// The KPIs that a study speaks of when nobody names others, and which way each of them is better.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lastunit::reports {

enum class Better : std::uint8_t { lower, higher, neither };

struct StudyKpi {
    const char* path;
    const char* label;  // "fulfilment time, p90"
    Better better;
};

// In the order in which a reader asks: oversold, its opposites, time, money.
std::span<const StudyKpi> study_kpis();

// Of any path, also one of a channel: "channels.web.oversold_units". `neither` where it depends on who asks.
Better better(std::string_view path);
// The label where there is one, else the path.
std::string kpi_label(std::string_view path);

// The nearest of `known` as a hint: "; did you mean `oversell_rate`?", or where to find them all.
std::string kpi_hint(const std::string& path, const std::vector<std::string>& known);

}  // namespace lastunit::reports
