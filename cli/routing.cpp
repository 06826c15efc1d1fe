#include "cli/routing.hpp"

#include <algorithm>
#include <sstream>

#include "scenarios/routing_names.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {

std::vector<std::string> routings_named(const Arguments& arguments) {
    std::vector<std::string> out;
    const auto text = arguments.get("routing");
    if (!text) return out;
    const std::vector<std::string> valid = scenarios::routing_names();
    std::istringstream list(*text);
    for (std::string name; std::getline(list, name, ',');) {
        if (std::find(valid.begin(), valid.end(), name) == valid.end())
            throw BadInput("--routing: there is no policy '" + name + "'" + scenarios::suggest(name, valid));
        if (std::find(out.begin(), out.end(), name) != out.end()) throw BadInput("--routing: '" + name + "' is there twice");
        out.push_back(name);
    }
    if (out.empty()) throw BadInput("--routing: '" + *text + "' names no policy");
    return out;
}

std::vector<std::string> changes_of(const Arguments& arguments) {
    std::vector<std::string> out = arguments.all("set");
    const std::vector<std::string> routings = routings_named(arguments);
    if (routings.size() > 1) throw BadInput("--routing: names several policies: `lastunit compare` runs them side by side");
    for (const std::string& routing : routings) out.push_back("design.routing=" + routing);
    return out;
}

}  // namespace lastunit::cli
