#include "drivers/http/books.hpp"

#include <algorithm>
#include <utility>

namespace lastunit::drivers::http {
namespace {

std::optional<std::int64_t> whole_at(const JsonPath& path, const JsonValue& row, const Values& values) {
    if (!path.given()) return std::nullopt;
    const auto found = path.first(row, values);
    return found ? whole_of(*found) : std::nullopt;
}

// Every SKU that the platform calls so: several of a scenario may be one there, and then the first has it.
std::optional<Sku> find_sku(const std::string& text, std::optional<std::uint16_t> value, const std::vector<SkuEntry>& skus) {
    for (std::size_t i = 0; i < skus.size(); ++i) {
        const SkuEntry& sku = skus[i];
        const bool same = value ? *value < sku.values.size() && sku.values[*value] == text : sku.name == text;
        if (same) return Sku(static_cast<std::uint32_t>(i));
    }
    return std::nullopt;
}

struct Taker {
    const Values& values;
    const std::vector<SkuEntry>& skus;
    const SkuEntry* only;
    LinesTally* tally = nullptr;
    SeenRows* seen = nullptr;
    std::string problem{};  // the first

    void wrong(const std::string& what) {
        if (problem.empty()) problem = what;
    }
    void must_lead(const char* field, const JsonPath& rows, const JsonValue& document) {
        if (std::string lost = astray(field, rows, document, values); !lost.empty()) wrong(lost);
    }
    void must_refer(const char* field, const JsonPath& path, const JsonValue& row) {
        if (std::string broken = broken_at(field, path, row, values); !broken.empty()) wrong(broken);
    }
    void lead(PathTally& to, const JsonPath& path, const JsonValue& row) const { to.add(path, row, values); }

    // Of the row itself, or of the one that the step is done for.
    std::string of_row(const JsonPath& path, std::optional<std::uint16_t> slot, const JsonValue& row) const {
        if (path.given() || !slot || values.row == nullptr || *slot >= values.row->size()) return text_at(path, row, values);
        return (*values.row)[*slot].value_or("");
    }

    // The row of an order may have changed between two pages, and is known by its id alone; one line of an order has its id too.
    bool seen_before(const LinesPlan& plan, const JsonValue& row) const {
        const std::string id = seen == nullptr ? "" : text_at(plan.id, row, values);
        if (id.empty()) return false;
        std::string key = plan.lines.given() ? id : id + '\n' + text_of(row).value_or("");
        if (seen->earlier.count(key) > 0) return ++seen->repeated, true;
        seen->here.insert(std::move(key));
        return false;
    }

    void on_page(const JsonValue& row) const {
        if (seen != nullptr) seen->on_page(row);
    }

    std::optional<Sku> sku_of(const JsonPath& path, std::optional<std::uint16_t> value, const JsonValue& row) const {
        if (!path.given())
            return only == nullptr ? std::nullopt : std::optional(Sku(static_cast<std::uint32_t>(only - skus.data())));
        const auto found = find_sku(text_at(path, row, values), value, skus);
        if (only != nullptr && found && &skus[found->value] != only) return std::nullopt;
        return found;
    }

    void line(const LinesPlan& plan, const JsonValue& row, const JsonValue& line, std::vector<Books::Line>& out) {
        must_refer("sku", plan.sku, line);
        const auto sku = sku_of(plan.sku, plan.sku_is, line);
        lead(tally->sku, plan.sku, line);
        if (!sku) {
            if (tally->others++ == 0) tally->other = text_at(plan.sku, line, values);
            return;
        }
        ++tally->ours;
        lead(tally->id, plan.id, row);
        lead(tally->shopper, plan.shopper, row);
        const auto read = plan.units.given() ? whole_at(plan.units, line, values) : 1;
        if (!read) wrong("units: no whole number: " + plan.units.missing(line, values));
        std::int64_t units = read.value_or(0);
        if (plan.sign == LinesPlan::Sign::magnitude) units = std::abs(units);
        if (plan.sign == LinesPlan::Sign::negated) units = -units;
        out.push_back({of_row(plan.id, plan.row_id, row), lower_case(of_row(plan.shopper, plan.row_shopper, row)), *sku, units});
    }

    std::size_t lines(const LinesPlan& plan, const JsonValue& document, std::vector<Books::Line>& out) {
        must_lead("rows", plan.rows, document);
        return each_row(plan.rows, document, values, [&](const JsonValue& row) {
            const Response none;
            on_page(row);
            if (seen_before(plan, row)) return;
            if (std::string broken = broken_in(plan.only, row, values); !broken.empty()) wrong(broken);
            must_refer("shopper", plan.shopper, row);
            must_refer("id", plan.id, row);
            if (!holds(plan.only, {&none, row, &values})) return;
            if (!plan.lines.given()) return line(plan, row, row, out);
            must_lead("lines", plan.lines, row);
            each_row(plan.lines, row, values, [&](const JsonValue& one) { line(plan, row, one, out); });
        });
    }

    // What a row does not have is none of `reserved` (many platforms leave out a zero), and a mistake of the others.
    std::size_t counters(const CountersPlan& plan, const JsonValue& document, std::map<Sku, Books::Counter>& out) {
        const auto add = [](std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& more) {
            if (more) sum = sum.value_or(0) + *more;
        };
        const auto number = [&](const char* field, const JsonPath& path, const JsonValue& row) {
            const auto found = whole_at(path, row, values);
            if (path.given() && !found) wrong(std::string(field) + ": no whole number: " + path.missing(row, values));
            return found;
        };
        must_lead("rows", plan.rows, document);
        return each_row(plan.rows, document, values, [&](const JsonValue& row) {
            on_page(row);
            must_refer("sku", plan.sku, row);
            const auto sku = sku_of(plan.sku, plan.sku_is, row);
            if (!sku) return;
            must_refer("reserved", plan.reserved, row);
            const auto on_hand = number("on_hand", plan.on_hand, row), reserved = whole_at(plan.reserved, row, values);
            auto available = number("available", plan.available, row);
            // Alone, on hand does not say what may be sold: most platforms lower it when they ship.
            if (!available && on_hand && plan.reserved.given()) available = *on_hand - reserved.value_or(0);
            Books::Counter& counter = out[*sku];
            add(counter.on_hand, on_hand);
            add(counter.reserved, reserved);
            add(counter.available, available);
        });
    }
};

}  // namespace

std::string LinesTally::problem() const {
    const std::pair<const char*, const PathTally*> all[] = {{"sku", &sku}, {"shopper", &shopper}, {"id", &id}};
    for (const auto& [field, path] : all)
        if (path->there == 0 && !path->missing.empty()) return std::string(field) + ": " + path->missing;
    return "";
}

Taken take(const StepPlan& step, const JsonValue& document, const Values& of, const std::vector<SkuEntry>& skus,
           const SkuEntry* only, const TakeInto& into) {
    Taken out;
    References references(document, of.notation);
    Values values = of;
    values.references = &references;
    Books& books = into.books;
    const auto add = [&](const char* what, Taker& taker, std::size_t rows) {
        out.rows = std::max(out.rows, rows);
        if (out.problem.empty() && !taker.problem.empty()) out.problem = std::string(what) + "." + taker.problem;
    };
    if (step.orders) {
        Taker taker{values, skus, only, &into.reading.orders, into.seen};
        books.has_orders = true;
        add("orders", taker, taker.lines(*step.orders, document, books.orders));
    }
    if (step.reservations) {
        Taker taker{values, skus, only, &into.reading.reservations, step.orders ? nullptr : into.seen};
        books.has_reservations = true;
        add("reservations", taker, taker.lines(*step.reservations, document, books.reservations));
    }
    if (step.counters) {
        Taker taker{values, skus, only, nullptr, into.seen};
        books.has_counters = true;
        add("counters", taker, taker.counters(*step.counters, document, books.counters));
    }
    return out;
}

}  // namespace lastunit::drivers::http
