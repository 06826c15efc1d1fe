// Parts of Markdown in which a name from a file stays a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastunit::reports {

// Printable, and no markup: also inside a table's cell.
std::string markdown_text(std::string_view text);
// One row of a table: its cells are text. Ends with a newline.
std::string markdown_row(const std::vector<std::string>& cells);
// `inline code`, on one line.
std::string markdown_code(std::string_view text);
// A block of code; a fence inside the text does not end it.
std::string markdown_block(std::string_view text);

}  // namespace lastunit::reports
