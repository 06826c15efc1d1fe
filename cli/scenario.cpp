#include "cli/scenario.hpp"

#include <cstdio>

#include "cli/library.hpp"
#include "cli/log.hpp"

namespace lastunit::cli {

std::vector<scenarios::Override> overrides(const Arguments& arguments) {
    std::vector<scenarios::Override> out;
    for (const std::string& text : arguments.all("set")) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            throw BadInput("--set: '" + text + "' is not PATH=VALUE, e.g. run.horizon=2h");
        out.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    return out;
}

std::optional<model::Scenario> load_or_explain(const std::string& file_or_name, const Arguments& arguments) {
    return load_under_design(file_or_name, arguments.get("design").value_or(""), arguments);
}

std::optional<model::Scenario> load_under_design(const std::string& file_or_name, const std::string& design,
                                                 const Arguments& arguments) {
    const std::vector<std::string> folders = library_folders(arguments);
    for (const std::string& folder : folders) log_detail("library: " + folder);
    const std::vector<scenarios::Override> changes = overrides(arguments);
    const scenarios::Library library(folders);
    scenarios::Loaded loaded = scenarios::load(file_or_name, changes, library, design);
    for (const scenarios::Diagnostic& mistake : loaded.errors) std::fprintf(stderr, "%s\n", mistake.text().c_str());
    if (!loaded.errors.empty()) return std::nullopt;
    for (const scenarios::Diagnostic& note : loaded.notes) std::fprintf(stderr, "%s\n", note.text().c_str());
    return std::move(loaded.scenario);
}

}  // namespace lastunit::cli
