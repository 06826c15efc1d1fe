#include "reports/channels.hpp"
#include "reports/cost_terms.hpp"
#include "reports/terminal_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;

constexpr std::size_t kBar = 12;

std::string running_text(const RunRecord& record, const std::string& currency) {
    std::int64_t sum = 0;
    std::string names;
    for (const model::RunningCostKpi& item : record.year().running()) {
        sum += item.cost();
        names += (names.empty() ? "" : ", ") + item.name();
    }
    return names.empty() ? "" : "; " + whole_money(sum, currency) + " of it to run the design: " + names;
}

}  // namespace

void cost(const RunRecord& record, Canvas& canvas) {
    const auto& k = record.kpi();
    const auto terms = dearest_terms(k.cost_terms());
    if (terms.empty()) return;
    const std::string currency = canvas.name(record.identity().currency());
    const auto orders = static_cast<double>(k.orders_accepted());
    canvas.heading("Cost", currency + "; of " + counted(k.orders_accepted(), "order") + " accepted" +
                               (tills_took_orders(record) ? " in all channels, tills among them" : ""));
    std::vector<std::vector<Cell>> rows;
    const auto whole = static_cast<double>(k.total_cost());
    for (const CostTermText& term : terms) {
        const double share = whole > 0 ? static_cast<double>(term.cost) / whole : 0;
        rows.push_back({{canvas.name(term.term)},
                        {term.meaning, Tone::faint},
                        {per_order(term.cost, orders)},
                        {whole_money(term.cost, "")},
                        {percent(share)},
                        {canvas.bar(share, kBar)}});
    }
    rows.push_back(
        {{"all"}, {""}, {per_order(k.total_cost(), orders), Tone::strong}, {whole_money(k.total_cost(), "")}, {""}, {""}});
    canvas.table({{"term", Align::left},
                  {"", Align::left, Need::if_room},
                  {"per order"},
                  {"in all"},
                  {"share"},
                  {std::string(kBar, ' '), Align::left, Need::if_room}},
                 std::move(rows));
    if (!record.has_year()) return;
    canvas.wrapped(std::vector<Cell>{{"  a year  ", Tone::faint},
                                     {whole_money(record.year().total_cost(), currency), Tone::strong},
                                     {" for " + year_basis(record) + canvas.name(running_text(record, currency))}});
}

}  // namespace lastunit::reports
