// How a value is written where a template puts it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lastunit::drivers::http {

// What becomes of a value that takes the place of its name.
enum class Escape : std::uint8_t {
    none,
    url,     // percent-encoded, but where the template begins with the name
    form,    // percent-encoded
    json,    // escaped inside quotes; outside: a number, true, false and null as they are, else quoted
    header,  // line breaks and other control characters become spaces
};

enum class InQuotes : std::uint8_t { no, yes };  // of json

void append_escaped(std::string_view value, Escape escape, InQuotes quotes, std::string& out);

void percent_encode(std::string_view value, std::string& out);
// A number as JSON writes it, true, false or null.
bool is_json_word(std::string_view value);
void append_json_string(std::string_view value, std::string& out);  // with its quotes

}  // namespace lastunit::drivers::http
