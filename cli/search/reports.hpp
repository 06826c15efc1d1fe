// The files that sweep and plan write.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace lastunit::cli {

struct SearchFile {
    const char* option;
    std::function<std::string()> content;
};

// Before a study of hours: each can be written, and no two are the same. Throws BadInput.
void check_search_files(const Arguments& arguments);
// Those that were asked for, and the summary on stdout, or on stderr when a file went there; no summary with --quiet.
void write_search_files(const Arguments& arguments, const std::vector<SearchFile>& files,
                        const std::function<std::string(int file_descriptor)>& summary);

// The options --json, --csv, --html, --lang, --markdown, --quiet.
std::vector<Option> search_file_options();

// "lastunit sweep black-friday --vary buffer=0..5": what makes the same report again, without where it was written and who
// simulated.
std::string search_command(const Arguments& arguments);

}  // namespace lastunit::cli
