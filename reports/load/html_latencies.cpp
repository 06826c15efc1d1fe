#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/html_charts.hpp"
#include "reports/html_parts.hpp"
#include "reports/load/html_sections.hpp"
#include "reports/load/latency.hpp"
#include "reports/load/words.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::LoadReport;
using Kind = HtmlColumn::Kind;

constexpr double kPerNine = 60;  // points of a line

// Percentiles stand where log(1 / (1 - q)) does: each further nine takes as much room as the last. In bins.
double across(double q) { return std::log10(1 / (1 - q)) * kPerNine; }

std::vector<std::pair<double, std::string>> percentile_marks(std::size_t bins) {
    std::vector<std::pair<double, std::string>> marks = {{0, "0 %"}};
    const auto add = [&](double q, const std::string& label) {
        // Close to the end a label would run out of the page.
        const double percent_across = across(q) / static_cast<double>(bins) * 100;
        if (percent_across <= 97) marks.emplace_back(percent_across, label + " %");
    };
    add(0.5, "50");
    std::string label = "90";
    double rest = 0.1;
    for (int nines = 1; nines < 12; ++nines, rest /= 10) {
        add(1 - rest, label);
        label = nines == 1 ? "99" : nines == 2 ? "99.9" : label + "9";
    }
    return marks;
}

Values by_percentile(const model::LatencyHistogram& histogram, std::size_t bins) {
    Values values(bins, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < bins; ++i) {
        const double beyond = std::pow(10, -(static_cast<double>(i) + 0.5) / kPerNine);
        if (beyond * static_cast<double>(histogram.total()) < 1) break;
        values[i] = quantile_s(histogram, 1 - beyond);
    }
    return values;
}

// As far right as the sample has observations.
std::string distributions(const LoadReport& load) {
    std::uint64_t most = 0;
    for (const LatencyRow& row : latency_rows(load)) most = std::max(most, row.histogram->total());
    if (most < 10) return "";
    const auto bins = static_cast<std::size_t>(std::log10(static_cast<double>(most)) * kPerNine);
    Panel panel{"Latency by percentile", "logarithmic; each further nine takes as much room as the last", "calm", "", {},
                Panel::Scale::lag};
    for (const LatencyRow& row : latency_rows(load)) panel.lines.push_back({row.name, by_percentile(*row.histogram, bins)});
    // As over time: response first.
    std::swap(panel.lines[0], panel.lines[1]);
    const ChartFrame frame{bins, percentile_marks(bins), {}, "percentiles"};
    return "<div class=\"still\">\n" + chart_figure(panel, frame) + chart_ticks(frame) + "</div>\n";
}

std::string quantiles(const LoadReport& load) {
    std::vector<std::vector<std::string>> rows;
    for (const LatencyRow& row : latency_rows(load)) {
        const auto& h = *row.histogram;
        auto& cells =
            rows.emplace_back(std::vector<std::string>{escape(row.name) + "<br><small>" + escape(row.meaning) + "</small>"});
        for (const double q : {0.5, 0.9, 0.99, 0.999, 0.9999, 1.0}) cells.push_back(quantile_text(h, q));
        cells.push_back(h.total() == 0 ? "-" : latency_text(mean_s(h)));
        cells.push_back(grouped(h.total()));
    }
    return html_table("Latencies",
                      {{"time", Kind::text}, {"p50"}, {"p90"}, {"p99"}, {"p99.9"}, {"p99.99"}, {"max"}, {"mean"}, {"operations"}},
                      rows);
}

std::string by_kind(const LoadReport& load) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& one : load.operations())
        rows.push_back({escape(one.kind()), grouped(one.intended()), grouped(one.applied()), grouped(one.refused()),
                        grouped(one.unknown()), quantile_text(one.service(), 0.5), quantile_text(one.service(), 0.99),
                        quantile_text(one.response(), 0.5), quantile_text(one.response(), 0.99)});
    if (rows.empty()) return "";
    return "<div class=\"matrix\">\n" +
           html_table("By operation",
                      {{"operation", Kind::text},
                       {"intended"},
                       {"applied"},
                       {"refused"},
                       {"unknown"},
                       {"service p50"},
                       {"p99"},
                       {"response p50"},
                       {"p99"}},
                      rows) +
           "</div>\n";
}

}  // namespace

std::string load_latencies(const LoadReport& load) {
    std::string html = "<h3>The three times</h3>\n" + quantiles(load);
    if (const auto hidden = hidden_by_service_time(load)) html += "<p class=\"remark\">" + escape(*hidden) + "</p>\n";
    return html + distributions(load) + by_kind(load);
}

}  // namespace lastunit::reports
