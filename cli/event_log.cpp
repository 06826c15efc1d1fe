#include "cli/event_log.hpp"

#include <filesystem>

#include "cli/routing.hpp"
#include "cli/version.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {

std::optional<std::string> planned_event_log(const Arguments& arguments) {
    if (!arguments.has("log")) return std::nullopt;
    std::string path = arguments.get("log").value_or("");
    if (path.empty()) {
        const auto folder = arguments.get("out");
        if (!folder) throw BadInput("--log writes into the folder of --out; without one, name the file: --log=FILE");
        path = (std::filesystem::path(*folder) / kEventLogName).string();
    }
    if (path == "-") throw BadInput("--log: a log is not written to stdout");
    if (const auto problem = reports::check_writable(path)) throw BadInput(*problem);
    return path;
}

model::EventLogOrigin origin_of(const Arguments& arguments, const std::string& repeat_command) {
    model::EventLogOrigin origin;
    origin.set_commit(commit());
    origin.set_scenario_file(arguments.words[0]);
    for (const std::string& change : changes_of(arguments)) origin.add_changes(change);
    for (const std::string& folder : arguments.all("library")) origin.add_libraries(folder);
    if (const auto design = arguments.get("design")) origin.set_design_file(*design);
    origin.set_repeat_command(repeat_command);
    return origin;
}

}  // namespace lastunit::cli
