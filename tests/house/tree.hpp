// The files of the source tree, as the house rules see them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastunit::house {

std::vector<std::string> top_level_folders();  // without hidden ones and what a build makes
std::vector<std::string> text_files();         // paths from the root, sorted
std::string read(const std::string& path);

// Each line of `text` that holds a note to self or a path of somebody's machine, or is a comment of nothing but dashes, as "line
// N: what".
std::vector<std::string> untidy_lines(std::string_view text);

// Each line of TypeScript that hands a text to a parser of markup or of code, as "line N: innerHTML". Comments do not count.
std::vector<std::string> unescaped_lines(std::string_view text);

}  // namespace lastunit::house
