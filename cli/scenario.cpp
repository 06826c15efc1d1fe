#include "cli/scenario.hpp"

#include <cstdio>

#include "cli/library.hpp"
#include "cli/log.hpp"
#include "cli/routing.hpp"

namespace lastunit::cli {

std::vector<scenarios::Override> overrides(const Arguments& arguments) {
    std::vector<scenarios::Override> out;
    for (const std::string& text : changes_of(arguments)) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            throw BadInput("--set: '" + text + "' is not PATH=VALUE, e.g. run.horizon=2h");
        out.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    return out;
}

std::optional<model::Scenario> load_or_explain(const std::string& file_or_name, const Arguments& arguments) {
    scenarios::Loaded loaded = load_scenario(file_or_name, arguments.get("design").value_or(""), arguments);
    const auto& lines = loaded.errors.empty() ? loaded.notes : loaded.errors;
    for (const scenarios::Diagnostic& line : lines) std::fprintf(stderr, "%s\n", line.text().c_str());
    return std::move(loaded.scenario);
}

scenarios::Loaded load_scenario(const std::string& file_or_name, const std::string& design, const Arguments& arguments) {
    const std::vector<std::string> folders = library_folders(arguments);
    for (const std::string& folder : folders) log_detail("library: " + folder);
    const std::vector<scenarios::Override> changes = overrides(arguments);
    const scenarios::Library library(folders);
    return scenarios::load(file_or_name, changes, library, design);
}

}  // namespace lastunit::cli
