// What a sweep or a search changes: one field of the scenario, or several together, over a list of values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "scenarios/options.pb.h"
#include "scenarios/tree.hpp"

namespace lastunit::cli {

struct Variable {
    enum class Kind : std::uint8_t {
        number,  // the values have distances
        name,    // policies, modes: they have an order at most
    };
    std::string name;                // as it was asked for
    std::vector<std::string> paths;  // as --set has them; all get the same value
    std::string form = "$";          // what is set there, `$` being the value
    Kind kind = Kind::number;
    schema::Unit unit = schema::NONE;
    std::vector<std::string> values;  // as a scenario has them
    std::vector<double> at;           // in what the scenario holds (microseconds, fractions ...); of names their index

    // PATH=VALUE for each path.
    std::vector<std::string> changes(std::size_t value) const;
};

// One --vary. `tree`: the effective scenario that it changes. Throws BadInput, saying what would be right.
//
//   PATH=FROM..TO           five values, evenly; every whole number where they are at most eleven
//   PATH=FROM..TO:POINTS    so many, evenly
//   PATH=FROM..TO:POINTS:log, PATH=FROM..TO:log    each the same factor from the one before
//   PATH=A,B,C              these, whatever the field holds
//
// PATH is as with --set, or shorter (scenarios/short_path.hpp). Values have their units (1min..60min, 0%..5%); FROM may leave its
// unit to TO, and minutes may be `m`. Values in between are rounded to what a person would write: whole numbers, whole seconds.
Variable parse_vary(const std::string& text, const scenarios::Tree& tree);

// `name` resolved, and its unit and kind known; without values.
Variable named_variable(const std::string& name, const scenarios::Tree& tree);
// Distinct values from `from` to `to` (in what the scenario holds), at most `points` of them.
enum class Spacing : std::uint8_t { even, log };
void spread(Variable& variable, double from, double to, std::size_t points, Spacing spacing, const scenarios::Tree& tree);
std::string currency_of(const scenarios::Tree& tree);
void list(Variable& variable, std::vector<std::string> values);

}  // namespace lastunit::cli
