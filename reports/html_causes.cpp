// Why units were oversold or undersold: cause by channel.
#include <algorithm>

#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;
using Kind = HtmlColumn::Kind;

enum class Error : std::uint8_t { oversold, undersold };

const auto& causes_of(const model::Kpi& kpi, Error which) {
    return which == Error::oversold ? kpi.oversold_causes() : kpi.undersold_causes();
}

std::string units_cell(std::uint64_t units) { return units == 0 ? "<span class=\"none\">&middot;</span>" : grouped(units); }

// A row per cause that occurred, a column per channel that has any.
std::string cause_table(const RunRecord& record, Error which, std::uint64_t all) {
    const auto& totals = causes_of(record.kpi(), which);
    std::vector<const model::ChannelKpi*> channels;
    for (const auto& channel : record.channels())
        if ((which == Error::oversold ? channel.kpi().oversold_units() : channel.kpi().undersold_units()) > 0)
            channels.push_back(&channel);
    std::vector<HtmlColumn> columns = {{"cause", Kind::text}, {"units"}, {"share"}, {"", Kind::text}};
    for (const auto* channel : channels) columns.push_back({escape(channel->name())});
    std::vector<int> order;
    for (int i = 0; i < totals.size(); ++i)
        if (totals[i].units() > 0) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return totals[a].units() > totals[b].units(); });
    std::vector<std::vector<std::string>> rows;
    for (const int i : order) {
        const double share = all == 0 ? 0 : static_cast<double>(totals[i].units()) / static_cast<double>(all);
        auto& row =
            rows.emplace_back(std::vector<std::string>{escape(totals[i].cause()), grouped(totals[i].units()), percent(share),
                                                       html_bar(share, which == Error::oversold ? "bad" : "warn")});
        for (const auto* channel : channels) {
            const auto& own = causes_of(channel->kpi(), which);
            row.push_back(units_cell(i < own.size() ? own[i].units() : 0));
        }
    }
    if (rows.empty()) return "";
    return html_table(which == Error::oversold ? "Causes of oversold units" : "Causes of undersold units", columns, rows);
}

}  // namespace

std::string causes_section(const RunRecord& record) {
    const auto& kpi = record.kpi();
    const std::string tables =
        cause_table(record, Error::oversold, kpi.oversold_units()) + cause_table(record, Error::undersold, kpi.undersold_units());
    if (tables.empty()) return "";
    return section("causes", "Why", "Each oversold and each undersold unit has exactly one cause.", tables);
}

}  // namespace lastunit::reports
