#include "drivers/http/books.hpp"

#include <algorithm>

namespace lastunit::drivers::http {
namespace {

std::string text_at(const JsonPath& path, const JsonValue& row, const Values& values) {
    if (!path.given()) return "";
    const auto found = path.first(row, values);
    return found ? text_of(*found).value_or("") : "";
}

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

template <class Path> void each_row(const Path& rows, const JsonValue& document, const Values& values, const auto& row) {
    rows.each(document, values, [&](const JsonValue& found) {
        if (!found.is_array()) return row(found);
        for (const JsonValue one : list_in(found)) row(one);
    });
}

struct Taker {
    const Values& values;
    const std::vector<SkuEntry>& skus;
    const SkuEntry* only;

    std::optional<Sku> sku_of(const JsonPath& path, std::optional<std::uint16_t> value, const JsonValue& row) const {
        if (!path.given())
            return only == nullptr ? std::nullopt : std::optional(Sku(static_cast<std::uint32_t>(only - skus.data())));
        const auto found = find_sku(text_at(path, row, values), value, skus);
        if (only != nullptr && found && &skus[found->value] != only) return std::nullopt;
        return found;
    }

    void line(const LinesPlan& plan, const JsonValue& row, const JsonValue& line, std::vector<Books::Line>& out) const {
        const auto sku = sku_of(plan.sku, plan.sku_is, line);
        if (!sku) return;
        std::int64_t units = plan.units.given() ? whole_at(plan.units, line, values).value_or(0) : 1;
        if (plan.sign == LinesPlan::Sign::magnitude) units = std::abs(units);
        if (plan.sign == LinesPlan::Sign::negated) units = -units;
        out.push_back({text_at(plan.id, row, values), lower_case(text_at(plan.shopper, row, values)), *sku, units});
    }

    std::size_t lines(const LinesPlan& plan, const JsonValue& document, std::vector<Books::Line>& out) const {
        std::size_t count = 0;
        each_row(plan.rows, document, values, [&](const JsonValue& row) {
            ++count;
            const Response none;
            if (!holds(plan.only, {&none, row, &values})) return;
            if (!plan.lines.given()) return line(plan, row, row, out);
            each_row(plan.lines, row, values, [&](const JsonValue& one) { line(plan, row, one, out); });
        });
        return count;
    }

    std::size_t counters(const CountersPlan& plan, const JsonValue& document, std::map<Sku, Books::Counter>& out) const {
        std::size_t count = 0;
        const auto add = [](std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& more) {
            if (more) sum = sum.value_or(0) + *more;
        };
        each_row(plan.rows, document, values, [&](const JsonValue& row) {
            ++count;
            const auto sku = sku_of(plan.sku, plan.sku_is, row);
            if (!sku) return;
            const auto on_hand = whole_at(plan.on_hand, row, values), reserved = whole_at(plan.reserved, row, values);
            auto available = whole_at(plan.available, row, values);
            if (!available && on_hand) available = *on_hand - reserved.value_or(0);
            Books::Counter& counter = out[*sku];
            add(counter.on_hand, on_hand);
            add(counter.reserved, reserved);
            add(counter.available, available);
        });
        return count;
    }
};

}  // namespace

std::string lower_case(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return text;
}

std::size_t take(const StepPlan& step, const JsonValue& document, const Values& values, const std::vector<SkuEntry>& skus,
                 const SkuEntry* only, Books& books) {
    const Taker taker{values, skus, only};
    std::size_t rows = 0;
    if (step.orders) {
        books.has_orders = true;
        rows = std::max(rows, taker.lines(*step.orders, document, books.orders));
    }
    if (step.reservations) {
        books.has_reservations = true;
        rows = std::max(rows, taker.lines(*step.reservations, document, books.reservations));
    }
    if (step.counters) {
        books.has_counters = true;
        rows = std::max(rows, taker.counters(*step.counters, document, books.counters));
    }
    return rows;
}

}  // namespace lastunit::drivers::http
