#include "reports/autopsy/autopsy_terminal.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {

namespace {

std::string unit_text(const model::OversoldLineStory& line) {
    const std::string first = grouped(line.first_unit());
    if (line.oversold() == 1) return "Unit " + first;
    return "Units " + first + " to " + grouped(line.first_unit() + line.oversold() - 1);
}

// "web showed 2, which had not been there for 41 s; there were 0"; "web showed 2 (2 were there) 1 min before it sold; by then
// there were 0".
std::string belief(const model::OversoldLineStory& line) {
    const std::string there =
        "there " + std::string(line.there_at_promise() == 1 ? "was " : "were ") + grouped(line.there_at_promise());
    if (line.victim_order() > 0)
        return "the shopper took a unit that was promised to order " + std::to_string(line.victim_order()) + " (" +
               line.victim_channel() + "): at the taking " + grouped(line.there_at_promise()) + " on the shelf, " +
               grouped(line.shows_at_promise()) + " promised to others";
    if (line.method() == "carry_out")
        return "at the taking " + grouped(line.there_at_promise()) + " on the shelf, " + grouped(line.shows_at_promise()) +
               " promised to others";
    if (line.looked_s() < 0) return there;
    std::string text = line.channel() + " showed " + grouped(line.shown());
    if (line.looked_s() < line.at_s())
        return text + " (" + grouped(line.there()) + " were there) " + span(line.at_s() - line.looked_s()) +
               " before it sold; by then there " + (line.there_at_promise() == 1 ? "was " : "were ") +
               grouped(line.there_at_promise());
    if (line.wrong_for_s() > 0) text += ", which had not been there for " + span(line.wrong_for_s());
    if (line.wrong_for_s() < 0) text += ", which never were there";
    return text + "; " + there;
}

// Words to lines of at most `width` columns, the later ones indented.
std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
    std::vector<std::string> lines{""};
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at);
        const bool fits = display_width(lines.back()) + 1 + display_width(word) <= width;
        if (lines.back().empty())
            lines.back() = word;
        else if (fits)
            lines.back() += " " + word;
        else
            lines.push_back(word);
        at = end + 1;
    }
    return lines;
}

void header(const model::Autopsy& autopsy, Canvas& canvas) {
    const model::OversoldLineStory& line = autopsy.line();
    std::string text = unit_text(line) + " of " + grouped(line.total_oversold()) + ": order " + std::to_string(line.order()) +
                       ", " + line.channel() + " (" + line.method() + (line.store().empty() ? "" : " at " + line.store()) +
                       "), " + line.sku() + ", " + line.clock() + ", " + money(line.value(), autopsy.currency()) + ", cause " +
                       line.cause() + ": " + belief(line) + ".";
    for (const std::string& part : wrapped(canvas.name(text), canvas.width()))
        canvas.line(std::vector<Cell>{{part, Tone::strong}});
    text = line.cause() + ": " + line.cause_text() + ". What became of it: " + line.outcome() + ".";
    for (const std::string& part : wrapped(canvas.name(text), canvas.width())) canvas.line(part);
    for (const model::LateNews& news : line.late_news())
        for (const std::string& part : wrapped(canvas.name(news.text()), canvas.width())) canvas.line(part);
    canvas.line(
        std::vector<Cell>{{clip("scenario " + canvas.name(autopsy.scenario()) + ", design " + canvas.name(autopsy.design()) +
                                    ", seed " + std::to_string(autopsy.seed()) + ", shopper " + std::to_string(line.shopper()),
                                canvas.width()),
                           Tone::faint}});
}

void timeline(const model::Autopsy& autopsy, Canvas& canvas) {
    const model::OversoldLineStory& line = autopsy.line();
    const bool till = line.method() == "carry_out";
    const std::size_t nodes = static_cast<std::size_t>(line.nodes_size());
    canvas.heading("Timeline", till ? "units at " + line.store() + ": on the shelf, on record, promised to orders"
                                    : "units over " + (nodes == 1 ? line.nodes(0) : std::to_string(nodes) + " nodes") +
                                          ": there and uncommitted, on the core's record, shown by " + line.channel());
    std::size_t clock = 8;
    for (const model::StoryMoment& moment : autopsy.timeline()) clock = std::max(clock, moment.clock().size());
    const auto number = [](std::int64_t units) { return pad_left(std::to_string(units), 8); };
    canvas.line(std::vector<Cell>{{"  " + pad_right("time", clock) + pad_left(till ? "shelf" : "there", 8) +
                                       pad_left("record", 8) + pad_left(till ? "promised" : "shows", 9) + "  what happened",
                                   Tone::faint}});
    const std::size_t left = 2 + clock + 8 + 8 + 9 + 2;
    for (const model::StoryMoment& moment : autopsy.timeline()) {
        const Tone tone = moment.decisive() ? Tone::strong : moment.folded() > 0 ? Tone::faint : Tone::plain;
        const std::string mark = moment.decisive() ? (canvas.ascii() ? "> " : "▶ ") : "  ";
        const std::string what = canvas.name(moment.text());
        const std::string dots = moment.folded() == 0 ? "" : canvas.ascii() ? "... " : "… ";
        bool first = true;
        for (const std::string& part : wrapped(dots + what, canvas.width() - left)) {
            const std::string begin = first ? mark + pad_right(moment.clock(), clock) + number(moment.there()) +
                                                  number(moment.record()) + " " + number(moment.shows()) + "  "
                                            : std::string(left, ' ');
            canvas.line(std::vector<Cell>{{begin + part, tone}});
            first = false;
        }
    }
}

std::string change_of(std::int64_t difference) { return difference > 0 ? "+" + grouped(difference) : grouped(difference); }
std::string change_of(double difference) {
    const std::string text = decimal(difference, 2);
    return difference > 0.005 ? "+" + text : difference > -0.005 ? "0.00" : text;
}

// What a change does, as far as the table tells it.
std::string effect_of(const model::Counterfactual& changed) {
    return changed.instead() + changed.difference().SerializeAsString();
}

bool does_nothing(const model::Counterfactual& changed) {
    const model::CounterfactualTotals& d = changed.difference();
    return !changed.avoided() && d.oversold_units() == 0 && d.undersold_units() == 0 && d.lost_sales_units() == 0 &&
           d.cancelled_units() == 0 && std::abs(d.cost_per_order()) < 0.005;
}

// Changes without an effect, and those that do what one above them does, are named below the table.
void folded_changes(const std::vector<std::string>& nothing, const std::vector<std::pair<std::string, std::string>>& same,
                    Canvas& canvas) {
    const auto wrap = [&](const std::string& text) {
        for (const std::string& part : wrapped(canvas.name(text), canvas.width() - 2))
            canvas.line(std::vector<Cell>{{"  " + part, Tone::faint}});
    };
    std::string names;
    for (const std::string& name : nothing) names += (names.empty() ? "" : ", ") + name;
    if (!names.empty()) wrap("no change: " + names);
    for (const auto& [change, as] : same) wrap(change + ": the same as " + as);
}

void counterfactuals(const model::Autopsy& autopsy, Canvas& canvas) {
    if (autopsy.counterfactuals().empty()) return;
    canvas.heading("What would have avoided it",
                   "the same shoppers, one change at a time; units and cost per order against as it was");
    std::vector<std::vector<Cell>> rows;
    std::vector<std::string> nothing;
    std::vector<std::pair<std::string, std::string>> same;
    std::map<std::string, std::string> seen;  // by effect: the first change that has it
    for (const model::Counterfactual& changed : autopsy.counterfactuals()) {
        if (!changed.failure().empty()) {
            rows.push_back({{canvas.name(changed.change())}, {"failed", Tone::warning}, {""}, {""}, {""}, {""}, {""}});
            continue;
        }
        if (does_nothing(changed)) {
            nothing.push_back(changed.change());
            continue;
        }
        if (const auto [first, is_new] = seen.try_emplace(effect_of(changed), changed.change()); !is_new) {
            same.emplace_back(changed.change(), first->second);
            continue;
        }
        const model::CounterfactualTotals& d = changed.difference();
        rows.push_back({{canvas.name(changed.change())},
                        {changed.avoided() ? "yes: " + changed.instead() : "no", changed.avoided() ? Tone::good : Tone::bad},
                        {change_of(d.oversold_units())},
                        {change_of(d.undersold_units())},
                        {change_of(d.lost_sales_units())},
                        {change_of(d.cancelled_units())},
                        {change_of(d.cost_per_order())}});
    }
    if (!rows.empty())
        canvas.table(
            {{"change", Align::left}, {"avoids it", Align::left}, {"oversold"}, {"undersold"}, {"lost"}, {"cancelled"}, {"cost"}},
            std::move(rows));
    folded_changes(nothing, same, canvas);
    const model::CounterfactualTotals& now = autopsy.as_it_was();
    canvas.line(std::vector<Cell>{{"  as it was: " + grouped(now.oversold_units()) + " oversold, " +
                                       grouped(now.undersold_units()) + " undersold, " + grouped(now.lost_sales_units()) +
                                       " lost, " + grouped(now.cancelled_units()) + " cancelled, " +
                                       decimal(now.cost_per_order(), 2) + " " + canvas.name(autopsy.currency()) + " per order",
                                   Tone::faint}});
    canvas.line();
    const std::string answer =
        autopsy.smallest() == 0
            ? "None of these changes avoids it."
            : "The smallest change that avoids it: " + autopsy.counterfactuals(autopsy.smallest() - 1).change() + ".";
    canvas.line(std::vector<Cell>{{canvas.name(answer), autopsy.smallest() == 0 ? Tone::warning : Tone::good}});
}

// --- the worst ---

struct OfSku {
    Sku sku;
    Quantity units = 0;
    std::uint64_t first = 0;
    std::map<std::string, Quantity> causes;
};

std::string mostly(const std::map<std::string, Quantity>& causes) {
    const auto most =
        std::max_element(causes.begin(), causes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most->first + " " + std::to_string(most->second);
}

void worst_skus(const RunLog& log, const std::vector<const OversoldUnits*>& chosen, std::size_t most, const std::string& run,
                Canvas& canvas) {
    std::map<std::uint32_t, OfSku> by_sku;
    for (const OversoldUnits* units : chosen) {
        OfSku& of = by_sku[units->sku.value];
        of.sku = units->sku;
        of.units += units->units;
        if (of.first == 0) of.first = units->first;
        of.causes[model::name_of(units->cause)] += units->units;
    }
    const auto value = [&](const OfSku& of) { return log.header.skus(static_cast<int>(of.sku.value)).price() * of.units; };
    std::vector<OfSku> skus;
    for (auto& [sku, of] : by_sku) skus.push_back(std::move(of));
    std::stable_sort(skus.begin(), skus.end(), [&](const OfSku& a, const OfSku& b) { return value(a) > value(b); });
    canvas.heading("SKUs", "by value of their oversold units; the command explains the first of them");
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < std::min(most, skus.size()); ++i)
        rows.push_back({{canvas.name(log.header.skus(static_cast<int>(skus[i].sku.value)).name())},
                        {grouped(std::int64_t{skus[i].units}), Tone::bad},
                        {money(value(skus[i]), log.header.currency())},
                        {mostly(skus[i].causes), Tone::faint},
                        {"lastunit explain " + run + " --oversold " + std::to_string(skus[i].first)}});
    canvas.table({{"sku", Align::left}, {"units"}, {"value"}, {"mostly", Align::left}, {"explain", Align::left}},
                 std::move(rows));
}

void worst_orders(const RunLog& log, std::vector<const OversoldUnits*> chosen, std::size_t most, const std::string& run,
                  Canvas& canvas) {
    const auto value = [&](const OversoldUnits* units) {
        return log.header.skus(static_cast<int>(units->sku.value)).price() * units->units;
    };
    std::stable_sort(chosen.begin(), chosen.end(), [&](const auto* a, const auto* b) { return value(a) > value(b); });
    canvas.heading("Orders", "by value of their oversold units");
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < std::min(most, chosen.size()); ++i) {
        const OversoldUnits& units = *chosen[i];
        const OrderFacts& order = log.list.orders()[units.order];
        rows.push_back({{std::to_string(std::uint64_t{units.order} + 1)},
                        {canvas.name(log.header.channels(order.channel.value).name())},
                        {canvas.name(log.header.skus(static_cast<int>(units.sku.value)).name())},
                        {grouped(std::int64_t{units.units}), Tone::bad},
                        {money(value(&units), log.header.currency())},
                        {model::name_of(units.cause), Tone::faint},
                        {"lastunit explain " + run + " --oversold " + std::to_string(units.first)}});
    }
    canvas.table({{"order", Align::left},
                  {"channel", Align::left},
                  {"sku", Align::left},
                  {"units"},
                  {"value"},
                  {"cause", Align::left},
                  {"explain", Align::left}},
                 std::move(rows));
}

}  // namespace

std::string autopsy_text(const model::Autopsy& autopsy, const TerminalStyle& style) {
    Canvas canvas(style);
    header(autopsy, canvas);
    timeline(autopsy, canvas);
    counterfactuals(autopsy, canvas);
    return canvas.take();
}

std::string worst_text(const RunLog& log, std::size_t most, const std::string& sku, const std::string& run,
                       const TerminalStyle& style) {
    Canvas canvas(style);
    std::vector<const OversoldUnits*> chosen;
    for (const OversoldUnits& units : log.list.units())
        if (sku.empty() || log.header.skus(static_cast<int>(units.sku.value)).name() == sku) chosen.push_back(&units);
    std::uint64_t count = 0;
    for (const OversoldUnits* units : chosen) count += static_cast<std::uint64_t>(units->units);
    canvas.line(std::vector<Cell>{{"OVERSOLD " + grouped(count) + (sku.empty() ? "" : " of " + canvas.name(sku)), Tone::bad},
                                  {" in " + canvas.name(log.header.scenario()) + ", design " + canvas.name(log.header.design()) +
                                   ", seed " + std::to_string(log.header.seed())}});
    if (chosen.empty()) return canvas.take();
    worst_skus(log, chosen, most, run, canvas);
    worst_orders(log, std::move(chosen), most, run, canvas);
    return canvas.take();
}

}  // namespace lastunit::reports
