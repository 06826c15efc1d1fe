#include "reports/balance.hpp"

#include <string_view>

#include "reports/balance_detail.hpp"

namespace lastunit::reports {
namespace {

using model::Kpi;
using model::NodeKpi;
using model::RunRecord;
using Lines = std::vector<BalanceLine>;

// Unsigned counts wrap into the sign here; sums compare equal all the same.
template <class... Counts> std::int64_t sum(Counts... counts) {
    return (std::int64_t{0} + ... + static_cast<std::int64_t>(counts));
}

void add(Lines& lines, std::string sentence, std::int64_t left, std::int64_t right) {
    lines.push_back({std::move(sentence), left, right});
}

template <class Range, class Value> std::int64_t total(const Range& range, Value value) {
    std::int64_t result = 0;
    for (const auto& item : range) result += static_cast<std::int64_t>(value(item));
    return result;
}

void totals(const RunRecord& record, Lines& lines) {
    const auto& b = record.balance();
    add(lines, "units accepted = shipped + handed over + cancelled + forgotten + open", sum(b.units_accepted()),
        sum(b.units_shipped(), b.units_handed_over(), b.units_cancelled(), b.units_forgotten(), b.units_open()));
    lines.push_back({"units uncollected or taken back are part of units cancelled",
                     sum(b.units_uncollected(), b.units_taken_back()), sum(b.units_cancelled()), BalanceLine::Relation::at_most});
    const std::int64_t between = sum(b.stock_in_transit(), b.stock_gathered(), b.stock_in_inspection());
    const std::int64_t given_up = sum(b.stock_marked_down(), b.stock_written_off());
    add(lines, "stock at start + replenished + returned = stock at end + left + shrunk + aside + between nodes + given up",
        sum(b.stock_start(), b.stock_replenished(), b.stock_returned()),
        sum(b.stock_end(), b.stock_left(), b.stock_shrunk(), b.stock_aside()) + between + given_up);
    add(lines, "stock returned = returns by path + in inspection", sum(b.stock_returned()),
        total(record.kpi().returns_by_path(), [](const model::CauseCount& path) { return path.units(); }) +
            sum(b.stock_in_inspection()));
    add(lines, "stock that left = units shipped + handed over", sum(b.stock_left()),
        sum(b.units_shipped(), b.units_handed_over()));
    add(lines, "orders accepted = completed + cancelled + open", sum(b.orders_accepted()),
        sum(b.orders_completed(), b.orders_cancelled(), b.orders_open()));
    add(lines, "shoppers = bought + left + active", sum(b.shoppers()),
        sum(b.shoppers_bought(), b.shoppers_left(), b.shoppers_active()));
    add(lines, "holds taken = confirmed + released + expired + live", sum(b.holds_taken()),
        sum(b.holds_confirmed(), b.holds_released(), b.holds_expired(), b.holds_live()));
}

// Every oversold and every undersold unit has exactly one cause.
void causes(const RunRecord& record, Lines& lines) {
    const auto units = [](const model::CauseCount& count) { return count.units(); };
    const auto oversold = [&](const Kpi& kpi) { return total(kpi.oversold_causes(), units); };
    const auto undersold = [&](const Kpi& kpi) { return total(kpi.undersold_causes(), units); };
    add(lines, "causes of oversold units = oversold units", oversold(record.kpi()), sum(record.kpi().oversold_units()));
    add(lines, "causes of undersold units = undersold units", undersold(record.kpi()), sum(record.kpi().undersold_units()));
    std::int64_t apart = 0;
    for (const model::ChannelKpi& channel : record.channels())
        apart += oversold(channel.kpi()) != sum(channel.kpi().oversold_units()) ||
                 undersold(channel.kpi()) != sum(channel.kpi().undersold_units());
    add(lines, "channels whose causes do not add up = none", apart, 0);
}

void channels_against_totals(const RunRecord& record, Lines& lines) {
    if (record.channels().empty()) return;
    const auto compare = [&](std::string_view what, auto value) {
        const auto of_channels = total(record.channels(), [&](const model::ChannelKpi& channel) { return value(channel.kpi()); });
        add(lines, "sum over channels = total: " + std::string(what), of_channels, sum(value(record.kpi())));
    };
    compare("shoppers", [](const Kpi& k) { return k.shoppers(); });
    compare("orders accepted", [](const Kpi& k) { return k.orders_accepted(); });
    compare("units accepted", [](const Kpi& k) { return k.units_accepted(); });
    compare("oversold units", [](const Kpi& k) { return k.oversold_units(); });
    compare("oversold orders", [](const Kpi& k) { return k.oversold_orders(); });
    compare("oversold value", [](const Kpi& k) { return k.oversold_value(); });
    compare("undersold units", [](const Kpi& k) { return k.undersold_units(); });
    compare("lost sales units", [](const Kpi& k) { return k.lost_sales_units(); });
    compare("cancelled orders", [](const Kpi& k) { return k.cancelled_orders(); });
    compare("cancelled units", [](const Kpi& k) { return k.cancelled_units(); });
    compare("units taken back", [](const Kpi& k) { return k.taken_back_units(); });
    compare("units forgotten", [](const Kpi& k) { return k.forgotten_units(); });
    compare("failed picks", [](const Kpi& k) { return k.failed_picks(); });
}

// Arise at no node, and are some channel's; the others are some node's.
bool of_channels_alone(std::string_view term) { return term == "commission" || term == "cancellation"; }
// Some or all of it nobody's order caused: trucks, shifts, stock.
bool of_no_channel(std::string_view term) {
    return term == "labour" || term == "overtime" || term == "holding" || term == "transfer" || term == "markdown";
}

// Every amount has a term; each that an order caused is some channel's, and each that arose at a node is that node's.
void costs(const RunRecord& record, Lines& lines) {
    if (record.kpi().cost_terms().empty()) return;
    const auto cost = [](const model::CostCount& count) { return count.cost(); };
    const auto of = [](const auto& terms, std::string_view term) {
        std::int64_t found = 0;
        for (const model::CostCount& count : terms)
            if (count.term() == term) found += count.cost();
        return found;
    };
    add(lines, "terms of cost = total cost", total(record.kpi().cost_terms(), cost), record.kpi().total_cost());
    std::int64_t apart = 0;
    for (const model::ChannelKpi& channel : record.channels())
        apart += total(channel.kpi().cost_terms(), cost) != channel.kpi().total_cost();
    add(lines, "channels whose terms of cost do not add up = none", apart, 0);
    for (const model::CostCount& count : record.kpi().cost_terms()) {
        const std::string& term = count.term();
        if (count.cost() == 0) continue;
        const auto of_channel = [&](const model::ChannelKpi& channel) { return of(channel.kpi().cost_terms(), term); };
        const auto of_node = [&](const NodeKpi& node) { return of(node.cost_terms(), term); };
        if (!record.channels().empty() && !of_no_channel(term))
            add(lines, "sum over channels = total: cost of " + term, total(record.channels(), of_channel), count.cost());
        if (!record.nodes().empty() && !of_channels_alone(term))
            add(lines, "sum over nodes = total: cost of " + term, total(record.nodes(), of_node), count.cost());
    }
    if (!record.has_year()) return;
    const auto running = [](const model::RunningCostKpi& item) { return item.cost(); };
    add(lines, "cost of a year = its terms + running costs", record.year().total_cost(),
        total(record.year().terms(), cost) + total(record.year().running(), running));
    add(lines, "KPI = year: cost of a year", record.kpi().cost_per_year(), record.year().total_cost());
}

void nodes_against_balance(const RunRecord& record, Lines& lines) {
    if (record.nodes().empty()) return;
    const auto& b = record.balance();
    const auto& nodes = record.nodes();
    add(lines, "sum over nodes = balance: stock at start", total(nodes, [](const NodeKpi& n) { return n.stock_start(); }),
        sum(b.stock_start()));
    add(lines, "sum over nodes = balance: stock at end", total(nodes, [](const NodeKpi& n) { return n.stock_end(); }),
        sum(b.stock_end()));
    add(lines, "sum over nodes = balance: units shipped", total(nodes, [](const NodeKpi& n) { return n.units_shipped(); }),
        sum(b.units_shipped()));
    add(lines, "sum over nodes = balance: units collected + sold at the till = handed over",
        total(nodes, [](const NodeKpi& n) { return n.units_handed_over() + n.units_sold_at_till(); }),
        sum(b.units_handed_over()));
    add(lines, "sum over nodes = total: failed picks", total(nodes, [](const NodeKpi& n) { return n.failed_picks(); }),
        sum(record.kpi().failed_picks()));
}

void kpis_against_balance(const RunRecord& record, Lines& lines) {
    const auto& b = record.balance();
    const auto& k = record.kpi();
    add(lines, "KPI = balance: shoppers", sum(k.shoppers()), sum(b.shoppers()));
    add(lines, "KPI = balance: orders accepted", sum(k.orders_accepted()), sum(b.orders_accepted()));
    add(lines, "KPI = balance: units accepted", sum(k.units_accepted()), sum(b.units_accepted()));
    add(lines, "KPI = balance: units shipped", sum(k.shipped_units()), sum(b.units_shipped()));
    add(lines, "KPI = balance: units handed over", sum(k.handed_over_units()), sum(b.units_handed_over()));
    add(lines, "KPI = balance: units cancelled", sum(k.cancelled_units()), sum(b.units_cancelled()));
    add(lines, "KPI = balance: units taken back", sum(k.taken_back_units()), sum(b.units_taken_back()));
    add(lines, "KPI = balance: units forgotten", sum(k.forgotten_units()), sum(b.units_forgotten()));
    add(lines, "KPI = balance: units open", sum(k.open_units()), sum(b.units_open()));
    add(lines, "KPI = balance: holds expired", sum(k.holds_expired()), sum(b.holds_expired()));
}

void series_against_kpis(const RunRecord& record, Lines& lines) {
    const auto& s = record.series();
    const auto& k = record.kpi();
    const auto compare = [&](std::string_view what, const auto& values, std::uint64_t after, std::uint64_t expected) {
        if (values.empty()) return;
        add(lines, "sum over time = total: " + std::string(what), total(values, [](auto v) { return v; }) + sum(after),
            sum(expected));
    };
    compare("shoppers arriving", s.arrivals(), s.arrivals_after(), k.shoppers());
    compare("orders accepted", s.orders(), s.orders_after(), k.orders_accepted());
    compare("oversold units", s.oversold(), s.oversold_after(), k.oversold_units());
    compare("undersold units", s.undersold(), s.undersold_after(), k.undersold_units());
    compare("refused units", s.refused(), s.refused_after(), k.refused_units());
    compare("cancelled units", s.cancelled(), s.cancelled_after(), k.cancelled_units());
}

}  // namespace

std::vector<BalanceLine> balance(const RunRecord& record) {
    Lines lines;
    if (!record.has_balance()) return lines;
    totals(record, lines);
    causes(record, lines);
    channels_against_totals(record, lines);
    costs(record, lines);
    add_detail(record, lines);
    if (record.identity().warm_up_s() > 0) return lines;
    nodes_against_balance(record, lines);
    kpis_against_balance(record, lines);
    series_against_kpis(record, lines);
    return lines;
}

}  // namespace lastunit::reports
