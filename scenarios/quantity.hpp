// Numbers with units, as they stand in a scenario: `2h10min`, `08:00`, `99.90 PLN`, `12%`, `40/min`, `1Gbps`, `2kB`, `350g`.
#pragma once

#include <string>
#include <string_view>

#include "model/distribution.hpp"
#include "scenarios/options.pb.h"

namespace lastunit::scenarios {

// A value in what the message holds (microseconds, minor units, fraction, per second, bytes per second, bytes, grams), or why
// there is none.
template <class T> struct Parsed {
    T value{};
    std::string error;  // empty = parsed
};

// A plain decimal number, the whole text of it.
Parsed<double> parse_number(std::string_view text);

Parsed<double> parse_quantity(std::string_view text, schema::Unit unit, const std::string& currency);

// `15s`, `exponential(2min)`, `lognormal(20h, cv 0.3)` ...; every argument but cv has the unit.
Parsed<model::Distribution> parse_distribution(std::string_view text, schema::Unit unit, const std::string& currency);

// As a person would write it: parse_quantity(format_quantity(x)) is x up to the printed digits.
std::string format_quantity(double value, schema::Unit unit, const std::string& currency);

}  // namespace lastunit::scenarios
