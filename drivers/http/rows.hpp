// Rows of an answer, as books and lists are read from them, and the rows of a `list` for which other steps are done.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "drivers/http/plan.hpp"

namespace lastunit::drivers::http {

// Empty where the path is not given, or leads to no text or number.
std::string text_at(const JsonPath& path, const JsonValue& row, const Values& values);

// Of a list, or of the one row; null is an empty list, as many languages write it. Returns how many there were.
std::size_t each_row(const JsonPath& rows, const JsonValue& document, const Values& values, const auto& row) {
    std::size_t count = 0;
    rows.each(document, values, [&](const JsonValue& found) {
        if (found.is_null()) return;
        if (!found.is_array()) return ++count, row(found);
        for (const JsonValue one : list_in(found)) ++count, row(one);
    });
    return count;
}

// Not empty: why `path`, of the field of that name, leads nowhere from `document`: nothing is there, or what it refers to is not.
std::string astray(const char* field, const JsonPath& path, const JsonValue& document, const Values& values);
// The second alone. A line without its variant would be an order without units.
std::string broken_at(const char* field, const JsonPath& path, const JsonValue& row, const Values& values);
std::string broken_in(const Conditions& only, const JsonValue& row, const Values& values);

// Where a path led, over all of a step's answers: one row may lack what another has, and no row of any is a wrong path.
struct PathTally {
    std::size_t there = 0;  // null too: a guest's order has no shopper
    std::string missing;    // what was there instead, the first time

    void add(const JsonPath& path, const JsonValue& row, const Values& values);
};

// Rows page after page, those with an `id` apart: what comes in between two pages moves rows from one to the next, and is read
// twice.
struct SeenRows {
    std::set<std::string> earlier, here;    // on the pages before, on this one
    std::size_t repeated = 0;               // rows of this page that were on one before
    std::size_t hash = 0, hash_before = 0;  // of the rows of this page and of the one before
    bool same_page() const { return hash == hash_before; }
    void on_page(const JsonValue& row);
    void turn();  // to the next page
};

struct Taken {
    std::size_t rows = 0;  // for paging
    // A path of the flow that leads nowhere, with what is there instead: books that were read by it would accuse the shop, or
    // clear it. Empty: none.
    std::string problem;
};

// The rows of a step's `list`, over all of its answers. Each is what {{row.NAME}} stands for, by slot.
struct RowList {
    std::vector<Slots> rows;
    std::set<std::string> ids;
    std::vector<PathTally> values;  // by ListPlan::values

    // A value that no row has. Empty: none.
    std::string problem(const ListPlan& plan) const;
};

// Adds what one answer has of them. A step that is itself done for a row gives its rows that one's values as well. `seen`: null
// where the step has one page, or where its rows are told apart by something else that is read of it. `slots`: of all row values.
Taken take_rows(const ListPlan& plan, const JsonValue& document, const Values& values, std::size_t slots, SeenRows* seen,
                RowList& out);

}  // namespace lastunit::drivers::http
