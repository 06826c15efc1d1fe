// Which parameter matters: Morris' screening and Sobol's indices of KPIs, with what of them is noise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/statistics/screening.hpp"
#include "reports/statistics/sensitivity.hpp"
#include "reports/terminal.hpp"

namespace lastunit::reports {

// Of one KPI.
struct ScreenedKpi {
    std::string kpi;
    std::vector<statistics::MorrisEffect> effects;  // by variable, over its whole range
    // The strength that a variable would show that did nothing but deal the same chance anew; nothing with one replication.
    std::vector<std::optional<double>> floors;
};
struct ExplainedKpi {
    std::string kpi;
    statistics::SobolIndices indices;
    std::optional<double> noise;  // share of the variance between points that is chance
};

struct Indices {
    std::string title, command;
    std::vector<std::string> variables;  // of Morris
    std::vector<ScreenedKpi> screened;   // empty: not asked for
    std::size_t screening_runs = 0;
    std::vector<std::string> explaining;  // variables of Sobol
    std::vector<ExplainedKpi> explained;
    std::size_t explaining_runs = 0;
    std::vector<std::string> not_measured;  // KPIs
};

// Above what chance alone would show, all of its interval.
bool matters(const ScreenedKpi& kpi, std::size_t variable);

std::string indices_summary(const Indices& indices, const TerminalStyle& style);
std::string indices_json(const Indices& indices);
std::string indices_csv(const Indices& indices);
std::string indices_markdown(const Indices& indices);

}  // namespace lastunit::reports
