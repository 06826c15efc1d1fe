// Text into markup.
#pragma once

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

}  // namespace lastunit::reports
