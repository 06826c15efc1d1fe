#include "reports/comparison.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "reports/fulfilment_figures.hpp"
#include "reports/json.hpp"
#include "reports/methods.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using model::RunRecord;

constexpr std::size_t kBar = 24;  // columns of the largest oversell

std::vector<const RunRecord*> fewest_oversold_first(std::span<const RunRecord> records) {
    std::vector<const RunRecord*> order;
    for (const RunRecord& record : records) order.push_back(&record);
    std::stable_sort(order.begin(), order.end(), [](const RunRecord* a, const RunRecord* b) {
        return a->kpi().oversold_units() < b->kpi().oversold_units();
    });
    return order;
}

// What the rows are called: "DESIGN, POLICY" where designs are routed in several ways, without what all have in common.
struct Names {
    std::string common;  // the design, or the policy, of all
    enum class Common : std::uint8_t { nothing, design, policy } what = Common::nothing;

    explicit Names(std::span<const RunRecord> records) {
        if (records.size() < 2) return;
        const auto all_share = [&](std::size_t part) {
            for (const RunRecord& record : records) {
                const auto own = parts(record.identity().design());
                if (own[1].empty() || own[part] != parts(records.front().identity().design())[part]) return false;
            }
            common = parts(records.front().identity().design())[part];
            return true;
        };
        what = all_share(0) ? Common::design : all_share(1) ? Common::policy : Common::nothing;
    }
    std::string of(const RunRecord& record) const {
        const std::string& whole = record.identity().design();
        return what == Common::nothing ? whole : parts(whole)[what == Common::design ? 1 : 0];
    }
    const char* column() const { return what == Common::design ? "routing" : "design"; }

   private:
    static std::array<std::string, 2> parts(const std::string& name) {
        const std::size_t at = name.rfind(", ");
        if (at == std::string::npos) return {name, ""};
        return {name.substr(0, at), name.substr(at + 2)};
    }
};

// With its share of all oversold units; the first of equals.
std::string biggest_cause(const model::Kpi& kpi) {
    const model::CauseCount* biggest = nullptr;
    for (const model::CauseCount& cause : kpi.oversold_causes())
        if (cause.units() > 0 && (biggest == nullptr || cause.units() > biggest->units())) biggest = &cause;
    if (biggest == nullptr || kpi.oversold_units() == 0) return "-";
    const double share = static_cast<double>(biggest->units()) / static_cast<double>(kpi.oversold_units());
    return biggest->cause() + " " + decimal(share * 100, 0) + " %";
}

// What a person reads in the table; in major units, since minor ones only make it wide.
struct Figures {
    std::string oversold, rate, cause, undersold, lost, cancelled_orders, cancelled_units;
    std::string p50, p90, promise, cost_per_order, cost, revenue, year, split;
};

Figures figures_of(const model::Kpi& k) {
    const auto major = [](std::int64_t minor) { return grouped((minor + (minor < 0 ? -50 : 50)) / 100); };
    const bool promised = k.orders_accepted() > 0;
    return {grouped(k.oversold_units()),
            percent(k.oversell_rate()),
            biggest_cause(k),
            grouped(k.undersold_units()),
            grouped(k.lost_sales_units()),
            grouped(k.cancelled_orders()),
            grouped(k.cancelled_units()),
            span_of(k.fulfilment_time_s(), k.fulfilment_time_s().p50()),
            span_of(k.fulfilment_time_s(), k.fulfilment_time_s().p90()),
            promised ? percent(k.promise_kept_rate()) : "-",
            promised ? decimal(k.cost_per_order(), 2) : "-",
            major(k.total_cost()),
            major(k.revenue()),
            k.cost_per_year() != 0 ? major(k.cost_per_year()) : "-",
            k.parcels() > 0 ? percent(k.split_rate()) : "-"};
}

void oversold(const std::vector<const RunRecord*>& records, const Names& names, Canvas& canvas) {
    std::uint64_t most = 1;
    for (const RunRecord* record : records) most = std::max<std::uint64_t>(most, record->kpi().oversold_units());
    std::vector<std::vector<Cell>> rows;
    for (const RunRecord* record : records) {
        const model::Kpi& k = record->kpi();
        const Figures f = figures_of(k);
        const Tone tone = k.oversold_units() == 0 ? Tone::good : Tone::plain;
        const double share = static_cast<double>(k.oversold_units()) / static_cast<double>(most);
        rows.push_back({{canvas.name(names.of(*record))},
                        {f.oversold, tone},
                        {f.rate, tone},
                        {pad_right(canvas.bar(share, kBar), kBar), Tone::bad},
                        {f.cause}});
    }
    canvas.heading("Oversold", "units accepted with nothing behind them");
    canvas.table(
        {{names.column(), Align::left}, {"units"}, {"rate"}, {"", Align::left, Need::if_room}, {"biggest cause", Align::left}},
        std::move(rows));
}

void refused_and_cancelled(const std::vector<const RunRecord*>& records, const Names& names, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    for (const RunRecord* record : records) {
        const Figures f = figures_of(record->kpi());
        rows.push_back({{canvas.name(names.of(*record))}, {f.undersold}, {f.lost}, {f.cancelled_orders}, {f.cancelled_units}});
    }
    canvas.heading("Refused and cancelled", "undersold and lost sales in units; uncollected units count as cancelled");
    canvas.table({{names.column(), Align::left}, {"undersold"}, {"lost sales"}, {"cancelled orders"}, {"cancelled units"}},
                 std::move(rows));
}

void fulfilment(const std::vector<const RunRecord*>& records, const Names& names, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    for (const RunRecord* record : records) {
        const model::Kpi& k = record->kpi();
        const Figures f = figures_of(k);
        const bool sent = k.parcels() > 0;
        rows.push_back({{canvas.name(names.of(*record))},
                        {f.p50},
                        {f.p90},
                        {f.split},
                        {sent ? decimal(k.shipments_per_order(), 3) : "-"},
                        {sent ? decimal(k.parcel_km(), 0) : "-"}});
    }
    canvas.heading("Fulfilment",
                   "accepted until at the door or ready; of orders sent: split over nodes, parcels, km of a parcel");
    canvas.table({{names.column(), Align::left}, {"p50"}, {"p90"}, {"split"}, {"parcels"}, {"km"}}, std::move(rows));
}

// Those who stand in the stores, and those who are paid to serve them.
void stores_and_people(const std::vector<const RunRecord*>& records, const Names& names, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    std::uint64_t any = 0;
    for (const RunRecord* record : records) {
        const model::Kpi& k = record->kpi();
        any += walked_out_units(*record) + k.walk_ins_lost_units() + (k.labour_h() > 0 ? 1 : 0);
        rows.push_back({{canvas.name(names.of(*record))},
                        {grouped(walked_out_units(*record))},
                        {grouped(k.walk_ins_lost_units())},
                        {grouped(k.lost_sales_units())},
                        {k.labour_h() > 0 ? decimal(k.labour_h(), 0) : "-"}});
    }
    if (any == 0) return;
    canvas.heading("Stores and people",
                   "units of shoppers who would not wait to be served, of those before a shelf that online orders had emptied, "
                   "and all lost sales; paid hours");
    canvas.table({{names.column(), Align::left}, {"walked out"}, {"walk-ins lost"}, {"lost sales"}, {"labour, h"}},
                 std::move(rows));
}

// By what was promised; methods that nobody was promised have no column.
void promises(const std::vector<const RunRecord*>& records, const Names& names, Canvas& canvas) {
    std::vector<std::string> methods;
    for (const RunRecord* record : records)
        for (const MethodRow& row : methods_of(record->kpi()))
            if (std::find(methods.begin(), methods.end(), row.name) == methods.end()) methods.push_back(row.name);
    std::vector<TableColumn> columns = {{names.column(), Align::left}, {"all"}};
    for (const std::string& method : methods) columns.push_back({method});
    std::vector<std::vector<Cell>> rows;
    for (const RunRecord* record : records) {
        const model::Kpi& k = record->kpi();
        auto& row = rows.emplace_back();
        row.push_back({canvas.name(names.of(*record))});
        row.push_back({figures_of(k).promise});
        for (const std::string& method : methods) {
            std::string kept = "-";
            for (const MethodRow& own : methods_of(k))
                if (own.name == method && own.kpi->promises_due() > 0) kept = percent(own.kpi->promise_kept_rate());
            row.push_back({kept});
        }
    }
    canvas.heading("Promises kept", "of those that fell due, by what was promised");
    canvas.table(columns, std::move(rows));
}

void money(const std::vector<const RunRecord*>& records, const Names& names, Canvas& canvas) {
    std::vector<std::vector<Cell>> rows;
    for (const RunRecord* record : records) {
        const Figures f = figures_of(record->kpi());
        rows.push_back({{canvas.name(names.of(*record))}, {f.cost_per_order}, {f.cost}, {f.year}, {f.revenue}});
    }
    canvas.heading("Money",
                   canvas.name(records.front()->identity().currency()) + "; a year: all orders of it, and what runs the design");
    canvas.table({{names.column(), Align::left}, {"cost per order"}, {"total cost"}, {"cost a year"}, {"revenue"}},
                 std::move(rows));
}

// A cell of a Markdown table ends at a bar.
std::string cell(const std::string& text) {
    std::string out;
    for (const char c : printable(text)) out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

std::string caption(const RunRecord& first, std::size_t count, const Names& names) {
    const model::Identity& id = first.identity();
    const std::string start = "The same " + grouped(first.kpi().shoppers()) + " shoppers, seed " + std::to_string(id.seed());
    if (names.what == Names::Common::design)
        return start + ", design " + printable(names.common) + " under " + std::to_string(count) + " routing policies";
    return start + ", under " + std::to_string(count) + (count == 1 ? " design" : " designs") +
           (names.what == Names::Common::policy ? ", routing " + printable(names.common) : "");
}

}  // namespace

std::string comparison(std::span<const RunRecord> records, const TerminalStyle& style) {
    Canvas canvas(style);
    if (records.empty()) return "";
    const model::Identity& id = records.front().identity();
    const std::string title = canvas.name(id.scenario_title().empty() ? id.scenario() : id.scenario_title());
    canvas.line(std::vector<Cell>{{clip(title, canvas.width()), Tone::strong}});
    const Names names(records);
    canvas.wrapped({{caption(records.front(), records.size(), names)}});
    const std::vector<const RunRecord*> order = fewest_oversold_first(records);
    oversold(order, names, canvas);
    refused_and_cancelled(order, names, canvas);
    fulfilment(order, names, canvas);
    stores_and_people(order, names, canvas);
    promises(order, names, canvas);
    money(order, names, canvas);
    return canvas.take();
}

std::string comparison_markdown(std::span<const RunRecord> records) {
    if (records.empty()) return "";
    const Names names(records);
    const std::string currency = cell(records.front().identity().currency());
    std::string out = "| " + std::string(names.column()) +
                      " | oversold units | rate | biggest cause | undersold units | lost sales, units | cancelled orders | "
                      "cancelled units | fulfilment p50 | p90 | promise kept | cost per order, " +
                      currency + " | total cost, " + currency + " | revenue, " + currency + " | cost a year, " + currency +
                      " | split orders | walked out, units | walk-ins lost, units | labour, h |\n";
    out += "|---|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for (const RunRecord* record : fewest_oversold_first(records)) {
        const Figures f = figures_of(record->kpi());
        out += "| " + cell(names.of(*record));
        const std::string walked_out = grouped(walked_out_units(*record)),
                          walk_ins = grouped(record->kpi().walk_ins_lost_units()), labour = decimal(record->kpi().labour_h(), 0);
        for (const std::string* text :
             {&f.oversold, &f.rate, &f.cause, &f.undersold, &f.lost, &f.cancelled_orders, &f.cancelled_units, &f.p50, &f.p90,
              &f.promise, &f.cost_per_order, &f.cost, &f.revenue, &f.year, &f.split, &walked_out, &walk_ins, &labour})
            out += " | " + cell(*text);
        out += " |\n";
    }
    return out + "\n" + caption(records.front(), records.size(), names) + ".\n";
}

std::string comparison_json(std::span<const RunRecord> records) {
    if (records.empty()) return "{}\n";
    const model::Identity& first = records.front().identity();
    std::string out = "{\n\"scenario\": " + json_string(first.scenario()) + ",\n\"seed\": " + std::to_string(first.seed()) +
                      ",\n\"designs\": [\n";
    for (std::size_t i = 0; i < records.size(); ++i) {
        RunRecord part;
        *part.mutable_identity() = records[i].identity();
        *part.mutable_kpi() = records[i].kpi();
        *part.mutable_channels() = records[i].channels();
        *part.mutable_edges() = records[i].edges();
        *part.mutable_faults() = records[i].faults();
        *part.mutable_gates() = records[i].gates();
        std::string text = to_json(part);
        while (!text.empty() && text.back() == '\n') text.pop_back();
        out += text + (i + 1 < records.size() ? ",\n" : "\n");
    }
    return out + "]\n}\n";
}

std::string unequal_shoppers(std::span<const RunRecord> records) {
    for (const RunRecord& record : records) {
        const model::Identity &id = record.identity(), &first = records.front().identity();
        if (id.shoppers_fingerprint() == first.shoppers_fingerprint()) continue;
        return "the shoppers under " + id.design() + " (" + id.shoppers_fingerprint() + ") are not those under " +
               first.design() + " (" + first.shoppers_fingerprint() + ")";
    }
    return "";
}

}  // namespace lastunit::reports
