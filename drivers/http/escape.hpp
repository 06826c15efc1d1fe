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
    xml,     // escaped in texts and in attributes; in a CDATA section as it is, but for the mark that ends one
    header,  // line breaks and other control characters become spaces
};

enum class InQuotes : std::uint8_t { no, yes };  // of json; of xml: in a CDATA section

void append_escaped(std::string_view value, Escape escape, InQuotes quotes, std::string& out);

void percent_encode(std::string_view value, std::string& out);
// A number as JSON writes it, true, false or null.
bool is_json_word(std::string_view value);
// For text and attributes of XML and HTML. A line break and a tab as `&#10;`, other control characters, which XML cannot have, as
// spaces.
void append_xml_text(std::string_view value, std::string& out);
void append_json_string(std::string_view value, std::string& out);  // with its quotes

}  // namespace lastunit::drivers::http
