// Small things that HTTP asks of text, in ASCII alone.
#pragma once

#include <string>
#include <string_view>

namespace lastunit::drivers::http {

std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

// Without blanks, tabs and line breaks at both ends.
std::string_view trimmed(std::string_view text);

// Whether it may stand in a request line: no blank and no control character, which would end it early.
bool fits_in_a_line(std::string_view target);

}  // namespace lastunit::drivers::http
