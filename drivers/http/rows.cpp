#include "drivers/http/rows.hpp"

#include <functional>
#include <utility>

namespace lastunit::drivers::http {

std::string text_at(const JsonPath& path, const JsonValue& row, const Values& values) {
    if (!path.given()) return "";
    const auto found = path.first(row, values);
    return found ? text_of(*found).value_or("") : "";
}

std::string astray(const char* field, const JsonPath& path, const JsonValue& document, const Values& values) {
    if (std::string broken = broken_at(field, path, document, values); !broken.empty()) return broken;
    const bool lost = path.has_references() ? !path.leads(document, values) : !path.has_every() && !path.first(document, values);
    return lost && !path.leads_to_nothing(document, values) ? std::string(field) + ": " + path.missing(document, values) : "";
}

std::string broken_at(const char* field, const JsonPath& path, const JsonValue& row, const Values& values) {
    if (!path.has_references()) return "";
    const std::string broken = path.broken(row, values);
    return broken.empty() ? "" : std::string(field) + ": " + broken;
}

std::string broken_in(const Conditions& only, const JsonValue& row, const Values& values) {
    for (const Condition& one : only)
        if (std::string broken = broken_at("only", one.json, row, values); !broken.empty()) return broken;
    return "";
}

void PathTally::add(const JsonPath& path, const JsonValue& row, const Values& of) {
    if (!path.given()) return;
    if (path.leads(row, of))
        ++there;
    else if (missing.empty())
        missing = path.missing(row, of);
}

void SeenRows::on_page(const JsonValue& row) { hash = hash * 31 + std::hash<std::string>{}(text_of(row).value_or("")) + 1; }

void SeenRows::turn() {
    earlier.merge(here);
    here.clear();
    repeated = 0;
    hash_before = std::exchange(hash, 0);
}

std::string RowList::problem(const ListPlan& plan) const {
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i].there == 0 && !values[i].missing.empty())
            return "list.values." + plan.values[i].name + ": " + values[i].missing;
    return "";
}

Taken take_rows(const ListPlan& plan, const JsonValue& document, const Values& of, std::size_t slots, SeenRows* seen,
                RowList& out) {
    Taken taken;
    References references(document, of.notation);
    Values values = of;
    values.references = &references;
    out.values.resize(plan.values.size());
    const auto wrong = [&](std::string problem) {
        if (taken.problem.empty() && !problem.empty()) taken.problem = "list." + problem;
    };
    wrong(astray("rows", plan.rows, document, values));
    taken.rows = each_row(plan.rows, document, values, [&](const JsonValue& row) {
        if (seen != nullptr) seen->on_page(row);
        Slots made = of.row != nullptr ? *of.row : Slots{};
        made.resize(slots);
        for (const RowValuePlan& one : plan.values) {
            wrong(broken_at(one.name.c_str(), one.path, row, values));
            const auto found = one.path.first(row, values);
            made[one.slot] = found ? text_of(*found) : std::nullopt;
        }
        if (plan.id && made[*plan.id] && !out.ids.insert(*made[*plan.id]).second) {
            if (seen != nullptr) ++seen->repeated;
            return;
        }
        const Response none;
        wrong(broken_in(plan.only, row, values));
        if (!holds(plan.only, {&none, row, &values})) return;
        for (std::size_t i = 0; i < plan.values.size(); ++i) out.values[i].add(plan.values[i].path, row, values);
        out.rows.push_back(std::move(made));
    });
    return taken;
}

}  // namespace lastunit::drivers::http
