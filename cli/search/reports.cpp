#include "cli/search/reports.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "cli/identity.hpp"
#include "cli/page_language.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

constexpr const char* kFiles[] = {"json", "csv", "html", "markdown"};
constexpr const char* kOfTheMachine[] = {"json",    "csv",   "html",  "lang",  "markdown",
                                         "workers", "store", "shard", "quiet", "verbose"};

}  // namespace

std::vector<Option> search_file_options() {
    return {{"json", "FILE", "write the results as JSON; - for stdout"},   {"csv", "FILE", "write a line for each point and KPI"},
            {"html", "FILE", "write the report as one HTML page"},         kLanguage,
            {"markdown", "FILE", "write the results as a Markdown table"}, {"quiet", nullptr, "no summary and no progress"}};
}

void check_search_files(const Arguments& arguments) {
    page_language(arguments);
    std::set<std::string> seen;
    for (const char* option : kFiles) {
        const auto path = arguments.get(option);
        if (!path) continue;
        if (!seen.insert(*path).second) throw BadInput("two reports would be written to " + *path);
        if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
    }
}

void write_search_files(const Arguments& arguments, const std::vector<SearchFile>& files,
                        const std::function<std::string(int)>& summary) {
    bool to_stdout = false;
    for (const SearchFile& file : files) {
        const auto path = arguments.get(file.option);
        if (!path) continue;
        if (const auto problem = reports::write_file(*path, file.content())) throw BadInput(*problem);
        to_stdout = to_stdout || *path == "-";
    }
    if (arguments.has("quiet")) return;
    std::FILE* out = to_stdout ? stderr : stdout;
    std::fputs(summary(fileno(out)).c_str(), out);
    std::fflush(out);  // before what stderr has to say about it
}

std::string search_command(const Arguments& arguments) {
    std::string out = "lastunit " + arguments.command;
    for (const std::string& word : arguments.words) out += " " + shell_quoted(word);
    for (const auto& [name, values] : arguments.options) {
        if (std::find(std::begin(kOfTheMachine), std::end(kOfTheMachine), name) != std::end(kOfTheMachine)) continue;
        for (const std::string& value : values) out += " --" + name + (value.empty() ? "" : " " + shell_quoted(value));
    }
    return out;
}

}  // namespace lastunit::cli
