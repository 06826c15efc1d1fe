// What an order costs: by term, by channel, and in a year.
#include <algorithm>
#include <array>

#include "reports/channels.hpp"
#include "reports/cost_terms.hpp"
#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;
using Kind = HtmlColumn::Kind;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kColours = 6;  // k0..k5 of page.css; the last stands for all the rest

// In the order of cost; whatever has no colour of its own is `the rest`.
struct Legend {
    std::vector<std::string> terms;
    bool rest = false;

    explicit Legend(const std::vector<CostTermText>& all) {
        const std::size_t own = all.size() <= kColours ? all.size() : kColours - 1;
        for (std::size_t i = 0; i < own; ++i) terms.push_back(all[i].term);
        rest = own < all.size();
    }
    std::string html() const {
        std::string out = "<p class=\"legend\">";
        for (std::size_t i = 0; i < terms.size(); ++i) out += swatch(i, terms[i]);
        return out + (rest ? swatch(terms.size(), "the rest") : "") + "</p>\n";
    }

   private:
    static std::string swatch(std::size_t colour, const std::string& name) {
        return "<span class=\"swatch k" + std::to_string(colour) + "\"><i></i>" + escape(name) + "</span> ";
    }
};

// One bar of segments, as long as `most` is the whole width.
std::string stack(const model::Kpi& kpi, const Legend& legend, double most) {
    const auto orders = static_cast<double>(kpi.orders_accepted());
    std::string out = "<span class=\"stack\" aria-hidden=\"true\">";
    const auto segment = [&](std::size_t colour, std::string_view name, std::int64_t cost) {
        if (cost <= 0 || most <= 0) return;
        out += "<i class=\"k" + std::to_string(colour) +
               "\" style=\"width:" + coordinate(static_cast<double>(cost) / orders / most * 100, 2) + "%\" title=\"" +
               escape(std::string(name) + " " + per_order(cost, orders)) + "\"></i>";
    };
    std::int64_t left = kpi.total_cost();
    for (std::size_t i = 0; i < legend.terms.size(); ++i) {
        const std::int64_t cost = cost_of(kpi.cost_terms(), legend.terms[i]);
        segment(i, legend.terms[i], cost);
        left -= cost;
    }
    if (legend.rest) segment(legend.terms.size(), "the rest", left);
    return out + "</span>";
}

std::string by_channel(const RunRecord& record, const std::vector<CostTermText>& terms) {
    const Legend legend(terms);
    struct Row {
        std::string name;
        const model::Kpi* kpi;
    };
    std::vector<Row> of = {{"all orders", &record.kpi()}};
    for (const auto& channel : record.channels())
        if (channel.kpi().orders_accepted() > 0) of.push_back({channel.name(), &channel.kpi()});
    double most = 0;
    const auto each = [](const model::Kpi& kpi) {
        return static_cast<double>(kpi.total_cost()) / static_cast<double>(std::max<std::uint64_t>(kpi.orders_accepted(), 1));
    };
    for (const Row& row : of) most = std::max(most, each(*row.kpi));
    Rows rows;
    for (const Row& row : of)
        rows.push_back({escape(row.name), grouped(row.kpi->orders_accepted()), decimal(each(*row.kpi) / 100, 2),
                        stack(*row.kpi, legend, most)});
    return html_table("Cost per order by channel", {{"channel", Kind::text}, {"orders"}, {"per order"}, {"", Kind::text}}, rows) +
           legend.html();
}

std::string by_term(const RunRecord& record, const std::vector<CostTermText>& terms) {
    const auto& k = record.kpi();
    const auto orders = static_cast<double>(k.orders_accepted());
    const bool year = record.has_year();
    const auto dearest = static_cast<double>(std::max<std::int64_t>(terms.front().cost, 1));
    std::vector<HtmlColumn> columns = {{"term", Kind::text}, {"per order"}, {"in all"}, {"share"}, {"", Kind::text}};
    if (year) columns.push_back({"a year"});
    Rows rows;
    const auto row = [&](const std::string& name, std::int64_t cost, std::int64_t of_year, const std::string& bar) {
        const double share = k.total_cost() > 0 ? static_cast<double>(cost) / static_cast<double>(k.total_cost()) : 0;
        auto& cells = rows.emplace_back(
            std::vector<std::string>{name, per_order(cost, orders), whole_money(cost, ""), percent(share), bar});
        if (year) cells.push_back(whole_money(of_year, ""));
    };
    for (const CostTermText& term : terms)
        row(escape(term.term) + " <small>" + escape(term.meaning) + "</small>", term.cost,
            cost_of(record.year().terms(), term.term), html_bar(static_cast<double>(term.cost) / dearest, "calm"));
    std::int64_t of_orders = 0;
    for (const auto& count : record.year().terms()) of_orders += count.cost();
    row("<b>all</b>", k.total_cost(), of_orders, "");
    if (year)
        for (const auto& item : record.year().running())
            rows.push_back(
                {escape(item.name()) + " <small>runs the design</small>", "", "", "", "", whole_money(item.cost(), "")});
    if (!record.year().running().empty())
        rows.push_back(
            {"<b>with running costs</b>", "", "", "", "", "<b>" + whole_money(record.year().total_cost(), "") + "</b>"});
    return html_table("Cost by term", columns, rows);
}

}  // namespace

std::string cost_section(const RunRecord& record) {
    const auto terms = dearest_terms(record.kpi().cost_terms());
    if (terms.empty()) return "";
    const std::string& currency = record.identity().currency();
    std::string lead = per_order(record.kpi().total_cost(), static_cast<double>(record.kpi().orders_accepted())) + " " +
                       currency + " per accepted order" +
                       (tills_took_orders(record) ? ", all channels together, tills among them." : ".");
    if (record.has_year())
        lead += " A year: " + whole_money(record.year().total_cost(), currency) + " for " + year_basis(record) + ".";
    return section("cost", "Cost", lead,
                   "<div class=\"pair uneven dense\">\n<div>" + by_term(record, terms) + "</div><div>" +
                       by_channel(record, terms) + "</div></div>\n");
}

}  // namespace lastunit::reports
