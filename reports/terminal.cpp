#include "reports/terminal.hpp"

#include <algorithm>
#include <cmath>

#include "reports/balance.hpp"
#include "reports/channels.hpp"
#include "reports/gates.hpp"
#include "reports/load/words.hpp"
#include "reports/node_text.hpp"
#include "reports/partial.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/terminal_sections.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;

constexpr std::size_t kLabel = 12;  // columns before a sparkline
constexpr std::size_t kNote = 16;   // columns after it
constexpr std::size_t kDay = 8;     // ... and more where it has to say which day
constexpr double kDaySeconds = 86'400;
constexpr std::size_t kWorstNodes = 5;
constexpr std::size_t kWorstEdges = 8;

double ratio(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void header(const RunRecord& record, Canvas& canvas) {
    const auto& id = record.identity();
    const std::string title = canvas.name(id.scenario_title().empty() ? id.scenario() : id.scenario_title());
    canvas.line(std::vector<Cell>{{clip(title, canvas.width()), Tone::strong}});
    canvas.wrapped({{"design " + canvas.name(id.design()) + ", seed " + std::to_string(id.seed()) + ", shoppers for " +
                     round_span(id.horizon_s()) + " from " + clock(id.start_of_day_s()) + ", " + round_span(id.simulated_s()) +
                     " simulated"}});
    if (id.partial())
        canvas.wrapped(
            std::vector<Cell>{{"PARTIAL: stopped " + stopped_text(id) + "; numbers are of that part only", Tone::bad}});
    if (!is_valid(record.load())) canvas.wrapped(std::vector<Cell>{{"INVALID: " + invalid_text(record.load()), Tone::bad}});
    canvas.line();
}

void headline(const RunRecord& record, Canvas& canvas) {
    const auto& k = record.kpi();
    if (record.load().shards() > 1) {
        canvas.wrapped(std::vector<Cell>{{"SHARED RUN", Tone::strong},
                                         {" of " + grouped(std::uint64_t{record.load().shards()}) +
                                          " generators, none of which sees what the others sold: oversold and undersold units "
                                          "are not known by the truth; the audit "
                                          "below says what the back end sold twice"}});
        return;
    }
    if (const auto shop = shop_headline(record.load())) {
        const Tone tone = shop->tone == ShopHeadline::Tone::good  ? Tone::good
                          : shop->tone == ShopHeadline::Tone::bad ? Tone::bad
                                                                  : Tone::warning;
        canvas.wrapped(std::vector<Cell>{{shop->verdict, tone}, {shop->rest}});
        if (k.oversold_units() > 0)
            canvas.wrapped(std::vector<Cell>{{"  " + counted(k.oversold_units(), "unit") +
                                                  " more were promised than the scenario's nodes had; a shop has no nodes",
                                              Tone::faint}});
        return;
    }
    if (k.oversold_units() == 0) {
        canvas.wrapped(
            std::vector<Cell>{{"NOTHING OVERSOLD", Tone::good}, {" among " + counted(k.units_accepted(), "unit") + " accepted"}});
        return;
    }
    canvas.wrapped(std::vector<Cell>{
        {"OVERSOLD " + grouped(k.oversold_units()), Tone::bad},
        {" of " + counted(k.units_accepted(), "unit") + " (" + percent(k.oversell_rate()) + "), " +
         counted(k.oversold_orders(), "order") + ", " + money(k.oversold_value(), canvas.name(record.identity().currency()))}});
}

void key_figures(const RunRecord& record, Canvas& canvas) {
    const auto& k = record.kpi();
    const std::string currency = canvas.name(record.identity().currency());
    const std::vector<Figure> figures = {
        {"undersold", counted(k.undersold_units(), "unit")},
        {"lost sales", counted(k.lost_sales_units(), "unit")},
        {"cancelled", counted(k.cancelled_units(), "unit")},
        {"fulfilment p50", span_of(k.fulfilment_time_s(), k.fulfilment_time_s().p50())},
        {"fulfilment p99", span_of(k.fulfilment_time_s(), k.fulfilment_time_s().p99())},
        {"promise kept", percent(k.promise_kept_rate())},
        {tills_took_orders(record) ? "cost per order, all channels" : "cost per order",
         decimal(k.cost_per_order(), 2) + " " + currency},
        {"revenue", money(k.revenue(), currency)},
        {"split orders", percent(k.split_rate())},
        {"shoppers", grouped(k.shoppers())},
        {"orders", grouped(k.orders_accepted())},
        k.open_units() > 0 || !record.has_balance()
            ? Figure{"still open", counted(k.open_units(), "unit")}
            : Figure{"never fetched", counted(record.balance().units_uncollected(), "unit")},
    };
    canvas.figures(figures);
}

template <class Values> std::vector<double> buckets(const Values& values, std::size_t per) {
    std::vector<double> sums((static_cast<std::size_t>(values.size()) + per - 1) / per, 0.0);
    for (int i = 0; i < values.size(); ++i) sums[static_cast<std::size_t>(i) / per] += static_cast<double>(values[i]);
    return sums;
}

// The fewest that fit, rounded up to a round span of time where there is one.
std::size_t steps_per_column(double step_s, std::size_t steps, std::size_t room) {
    const std::size_t fewest = (steps + room - 1) / room;
    for (const double round : {60., 120., 300., 600., 900., 1200., 1800., 3600., 7200., 10'800., 21'600., 43'200., kDaySeconds}) {
        const double per = round / step_s;
        if (per >= static_cast<double>(fewest) && std::floor(per) == per) return static_cast<std::size_t>(per);
    }
    return fewest;
}

enum class Days : std::uint8_t { one, several };

// Local time above the sparklines: a label where a column holds a round time, at a step that leaves room between labels. Where
// there are several days, midnight is told by the number of the day that begins.
std::string ruler(double start_s, double column_s, std::size_t columns, Days days) {
    const std::size_t room = days == Days::several ? 8 : 7;
    std::string text(columns + room, ' ');
    double step = 60;
    for (const double candidate : {60., 300., 900., 1800., 3600., 7200., 10'800., 21'600., 43'200.}) {
        step = candidate;
        if (candidate / column_s >= static_cast<double>(room)) break;
    }
    for (const double count : {1., 2., 5., 7., 14., 28., 91., 364.}) {
        if (step / column_s >= static_cast<double>(room)) break;
        step = count * kDaySeconds;
    }
    for (std::size_t i = 0; i < columns; ++i) {
        const double from = start_s + static_cast<double>(i) * column_s;
        const double round = std::ceil(from / step - 1e-9) * step;
        if (round >= from + column_s - 1e-6) continue;
        const bool midnight = days == Days::several && std::fmod(round, kDaySeconds) < 1;
        const std::string label = midnight ? "day " + decimal(round / kDaySeconds + 1, 0) : clock(round);
        text.replace(i, label.size(), label);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

// When a column begins.
std::string moment(double at, double column_s, Days days) {
    if (days == Days::one) return clock(at);
    return column_s < kDaySeconds ? day_clock(at) : "day " + decimal(std::floor(at / kDaySeconds) + 1, 0);
}

void day(const RunRecord& record, Canvas& canvas) {
    const auto& s = record.series();
    const auto steps = static_cast<std::size_t>(s.orders_size());
    if (steps == 0 || !(s.step_s() > 0)) return;
    const Days days = s.step_s() * static_cast<double>(steps) > kDaySeconds ? Days::several : Days::one;
    const std::size_t room = canvas.width() - kLabel - kNote - (days == Days::several ? kDay : 0);
    const std::size_t per = steps_per_column(s.step_s(), steps, room);
    const double column_s = s.step_s() * static_cast<double>(per);
    const double start = record.identity().start_of_day_s();
    const std::size_t columns = (steps + per - 1) / per;
    canvas.heading("The day", "local time, one column is " + round_span(column_s) + "; its highest at the right");
    canvas.line(std::vector<Cell>{{std::string(kLabel, ' ') + ruler(start, column_s, columns, days), Tone::faint}});
    const auto row = [&](std::string_view label, const auto& values, Tone tone) {
        const auto sums = buckets(values, per);
        const auto top = std::max_element(sums.begin(), sums.end());
        const bool any = top != sums.end() && *top > 0;
        const double at = start + static_cast<double>(top - sums.begin()) * column_s;
        canvas.line(
            std::vector<Cell>{{pad_right("  " + std::string(label), kLabel)},
                              {any ? pad_right(canvas.sparkline(sums), columns) : std::string(columns, ' '), tone},
                              {any ? " " + decimal(*top, 0) + " at " + moment(at, column_s, days) : " none", Tone::faint}});
    };
    row("shoppers", s.arrivals(), Tone::plain);
    row("orders", s.orders(), Tone::plain);
    row("oversold", s.oversold(), Tone::bad);
    row("undersold", s.undersold(), Tone::warning);
}

void channels(const RunRecord& record, Canvas& canvas) {
    if (record.channels().empty()) return;
    canvas.heading("Channels", "units; bar = share of all oversold units");
    std::vector<std::vector<Cell>> rows;
    for (const auto& channel : record.channels()) {
        const auto& k = channel.kpi();
        const bool bad = k.oversold_units() > 0;
        rows.push_back({{canvas.name(channel.name())},
                        {grouped(k.orders_accepted())},
                        {grouped(k.oversold_units()), bad ? Tone::bad : Tone::plain},
                        {percent(k.oversell_rate())},
                        {canvas.bar(ratio(k.oversold_units(), record.kpi().oversold_units()), 8), Tone::bad},
                        {grouped(k.undersold_units())},
                        {grouped(k.lost_sales_units())},
                        {canvas.name(channel.reservation() + " on " + channel.decides_on()), Tone::faint}});
    }
    canvas.table({{"channel", Align::left},
                  {"orders"},
                  {"oversold"},
                  {"rate"},
                  {std::string(8, ' '), Align::left, Need::if_room},
                  {"undersold"},
                  {"lost"},
                  {"reserves, decides", Align::left}},
                 std::move(rows));
}

// Why: the causes of both errors, the largest first.
void causes(const RunRecord& record, Canvas& canvas) {
    struct Line {
        const model::CauseCount* cause;
        bool oversold;
        std::uint64_t all;
    };
    std::vector<Line> lines;
    const auto take = [&](const auto& counts, bool oversold, std::uint64_t all) {
        const std::size_t first = lines.size();
        for (const auto& count : counts)
            if (count.units() > 0) lines.push_back({&count, oversold, all});
        std::stable_sort(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end(),
                         [](const Line& a, const Line& b) { return a.cause->units() > b.cause->units(); });
    };
    take(record.kpi().oversold_causes(), true, record.kpi().oversold_units());
    take(record.kpi().undersold_causes(), false, record.kpi().undersold_units());
    if (lines.empty()) return;
    canvas.heading("Why", "each oversold and each undersold unit has one cause");
    std::vector<std::vector<Cell>> rows;
    for (const Line& line : lines) {
        const Tone tone = line.oversold ? Tone::bad : Tone::warning;
        const double share = ratio(line.cause->units(), line.all);
        rows.push_back({{line.oversold ? "oversold" : "undersold", Tone::faint},
                        {line.cause->cause()},
                        {grouped(line.cause->units()), tone},
                        {percent(share)},
                        {canvas.bar(share, 8), tone}});
    }
    canvas.table({{"", Align::left}, {"cause", Align::left}, {"units"}, {"share"}, {"of its kind", Align::left, Need::if_room}},
                 std::move(rows));
}

void worst_nodes(const RunRecord& record, Canvas& canvas) {
    std::vector<const model::NodeKpi*> nodes;
    for (const auto& node : record.nodes())
        if (node.oversold_units() + node.failed_picks() > 0) nodes.push_back(&node);
    if (nodes.empty()) return;
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto* a, const auto* b) {
        return a->oversold_units() + a->failed_picks() > b->oversold_units() + b->failed_picks();
    });
    const std::size_t shown = std::min(nodes.size(), kWorstNodes);
    canvas.heading("Worst nodes",
                   std::to_string(shown) + " of " + std::to_string(record.nodes_size()) + ", by oversold units and failed picks");
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& n = *nodes[i];
        rows.push_back({{canvas.name(n.name())},
                        {canvas.name(n.kind()), Tone::faint},
                        {counted(n.oversold_units(), "unit"), Tone::bad},
                        {grouped(n.failed_picks())},
                        {counted(units_out(n), "unit")},
                        {percent(utilisation(n))},
                        {span_of(n.sojourn_s(), n.sojourn_s().p99())}});
    }
    canvas.table({{"node", Align::left},
                  {"kind", Align::left, Need::if_room},
                  {"oversold"},
                  {"failed picks"},
                  {"units out"},
                  {"busy"},
                  {"p99 through it"}},
                 std::move(rows));
}

void sync_lag(const RunRecord& record, Canvas& canvas) {
    std::vector<const model::EdgeKpi*> edges;
    for (const auto& edge : record.edges()) edges.push_back(&edge);
    if (edges.empty()) return;
    std::stable_sort(edges.begin(), edges.end(),
                     [](const auto* a, const auto* b) { return a->lag_s().p99() > b->lag_s().p99(); });
    const std::size_t shown = std::min(edges.size(), kWorstEdges);
    canvas.heading("Sync lag", shown < edges.size()
                                   ? "the slowest " + std::to_string(shown) + " of " + std::to_string(edges.size()) + " edges"
                                   : "");
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& e = *edges[i];
        rows.push_back({{canvas.name(e.name())},
                        {canvas.name(e.from() + " to " + e.to()), Tone::faint},
                        {canvas.name(e.kind()), Tone::faint},
                        {span_of(e.lag_s(), e.lag_s().p50())},
                        {span_of(e.lag_s(), e.lag_s().p99())},
                        {grouped(e.messages())},
                        {grouped(e.lost()), e.lost() > 0 ? Tone::warning : Tone::plain}});
    }
    canvas.table({{"edge", Align::left},
                  {"from, to", Align::left, Need::if_room},
                  {"kind", Align::left, Need::if_room},
                  {"p50"},
                  {"p99"},
                  {"messages"},
                  {"lost"}},
                 std::move(rows));
}

void gates(const RunRecord& record, Canvas& canvas) {
    if (record.gates().empty()) return;
    canvas.heading("Gates");
    for (const auto& gate : record.gates())
        canvas.line(std::vector<Cell>{{gate.not_judged() ? "  not judged  "
                                       : gate.passed()   ? "  PASS  "
                                                         : "  FAIL  ",
                                       gate.not_judged() ? Tone::warning
                                       : gate.passed()   ? Tone::good
                                                         : Tone::bad},
                                      {clip(canvas.name(gate.text()), canvas.width() - 42)},
                                      {"  measured " + kpi_text(gate.kpi(), gate.value()), Tone::faint}});
}

void doubts(const RunRecord& record, Canvas& canvas) {
    for (const BalanceLine& line : balance(record))
        if (!line.closes())
            canvas.wrapped(std::vector<Cell>{{"BALANCE BROKEN: ", Tone::bad},
                                             {line.sentence + ": " + grouped(line.left) + " against " + grouped(line.right)}});
    if (record.rejected_row_count() == 0) return;
    std::string text = counted(record.rejected_row_count(), "row") + " of the order log " +
                       (record.rejected_row_count() == 1 ? "was" : "were") + " rejected";
    if (!record.rejected_rows().empty())
        text += "; line " + std::to_string(record.rejected_rows(0).line()) + ": " + canvas.name(record.rejected_rows(0).reason());
    canvas.wrapped(std::vector<Cell>{{text, Tone::warning}});
}

void identity(const RunRecord& record, Canvas& canvas) {
    const auto& id = record.identity();
    const double rate = id.wall_s() > 0 ? static_cast<double>(id.events()) / id.wall_s() : 0;
    canvas.line();
    std::string text = "fingerprint " + canvas.name(id.fingerprint()) + ", seed " + std::to_string(id.seed()) + ", " +
                       counted(id.events(), "event");
    if (rate > 0) text += " in " + span(id.wall_s()) + " (" + decimal(rate, 0) + " events/s)";
    canvas.wrapped({{text}});
    if (!id.repeat_command().empty())
        canvas.line((id.partial() ? "repeat, the whole run: " : "repeat: ") + canvas.name(id.repeat_command()));
}

}  // namespace

std::string summary(const RunRecord& record, const TerminalStyle& style) {
    Canvas canvas(style);
    header(record, canvas);
    headline(record, canvas);
    key_figures(record, canvas);
    live_run(record, canvas);
    day(record, canvas);
    channels(record, canvas);
    causes(record, canvas);
    fulfilment(record, canvas);
    cost(record, canvas);
    worst_nodes(record, canvas);
    sync_lag(record, canvas);
    gates(record, canvas);
    doubts(record, canvas);
    identity(record, canvas);
    return canvas.take();
}

}  // namespace lastunit::reports
