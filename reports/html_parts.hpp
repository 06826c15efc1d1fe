// What every section of the page is made of. Strings named `html` are markup; `text` is not, and is escaped here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lastunit::reports {

// Safe as element content and inside quoted attributes; control characters and broken UTF-8 become U+FFFD.
std::string escape(std::string_view text);

// Puts values into the `{{name}}` places of a template, in one pass: a value that itself holds `{{name}}` stays as it is. A place
// without a value is an assertion failure.
std::string fill(std::string_view page, const std::vector<std::pair<std::string_view, std::string>>& values);

// <section> with a heading and an optional sentence under it; empty when `html` is.
std::string section(std::string_view id, std::string_view title, std::string_view lead_text, const std::string& html);

struct HtmlColumn {
    enum class Kind : std::uint8_t { text, number };
    std::string title_text;
    Kind kind = Kind::number;
};
// Cells are markup. The first cell of a row is its header.
std::string html_table(std::string_view caption_text, const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows);
std::string details(std::string_view summary_text, const std::string& html);
// A bar of `fraction` of its cell, 0..1; `tone` is a class of page.css: bad, calm, warn.
std::string html_bar(double fraction, std::string_view tone);
// A coordinate or length with at most `decimals` decimals, in the C locale, no trailing zeros.
std::string coordinate(double value, int decimals = 1);

}  // namespace lastunit::reports
