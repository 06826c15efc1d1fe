#include "cli/compare_arms.hpp"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "cli/library.hpp"
#include "cli/routing.hpp"
#include "cli/scenario.hpp"
#include "scenarios/library.hpp"

namespace lastunit::cli {
namespace {

constexpr const char* kAll = "all";
constexpr const char* kOwn = "own";  // the scenario's own design

// One per policy of --routing, or the arguments as they are.
std::vector<Arguments> by_routing(const Arguments& arguments) {
    std::vector<Arguments> out;
    for (const std::string& routing : routings_named(arguments)) {
        out.push_back(arguments);
        out.back().options["routing"] = {routing};
    }
    if (out.empty()) out.push_back(arguments);
    return out;
}

std::vector<std::string> designs_named(const Arguments& arguments) {
    const std::string text = arguments.get("designs").value_or(arguments.has("routing") ? kOwn : kAll);
    std::vector<std::string> names;
    std::istringstream list(text);
    for (std::string name; std::getline(list, name, ',');) {
        if (name.empty()) throw BadInput("--designs: '" + text + "' has an empty name; names are separated by commas");
        if (name == kAll) {
            for (const auto& entry : scenarios::Library(library_folders(arguments)).list_designs()) names.push_back(entry.name);
        } else {
            names.push_back(name == kOwn ? "" : name);
        }
    }
    if (names.empty()) throw BadInput("--designs: names no design");
    for (std::size_t i = 0; i < names.size(); ++i)
        if (std::find(names.begin() + static_cast<std::ptrdiff_t>(i) + 1, names.end(), names[i]) != names.end())
            throw BadInput("--designs: '" + (names[i].empty() ? kOwn : names[i]) + "' is there twice");
    return names;
}

enum class Designs : std::uint8_t { unnamed, named };

// What loading said, each line once: a mistake of the scenario is found under every design, one of a design under that.
struct Said {
    std::vector<std::pair<std::string, std::vector<std::string>>> lines;  // the text, and the designs under which it was said
    std::size_t designs = 0;

    void add(const std::string& text, const std::string& design) {
        for (auto& [known, under] : lines)
            if (known == text) return under.push_back(design);
        lines.push_back({text, {design}});
    }
    void print(Designs how) const {
        for (const auto& [text, under] : lines) {
            std::string of;
            if (how == Designs::named && under.size() < designs)
                for (const std::string& name : under) of += (of.empty() ? " (under " : ", ") + name;
            std::fprintf(stderr, "%s%s\n", text.c_str(), of.empty() ? "" : (of + ")").c_str());
        }
    }
};

}  // namespace

std::vector<Arm> arms_to_compare(const Arguments& arguments) {
    std::vector<Arm> out;
    Said said;
    const std::vector<Arguments> routings = by_routing(arguments);
    for (const std::string& design : designs_named(arguments))
        for (const Arguments& with : routings) {
            scenarios::Loaded loaded = load_scenario(arguments.words[0], design, with);
            const auto& lines = loaded.errors.empty() ? loaded.notes : loaded.errors;
            for (const scenarios::Diagnostic& line : lines) said.add(line.text(), design.empty() ? kOwn : design);
            ++said.designs;
            if (!loaded.scenario) continue;
            if (routings.size() > 1) loaded.scenario->design.name += ", " + *with.get("routing");
            out.push_back(make_arm(with, design, std::move(*loaded.scenario)));
        }
    const bool all_good = out.size() == said.designs;
    said.print(all_good ? Designs::unnamed : Designs::named);
    if (!all_good) out.clear();
    return out;
}

}  // namespace lastunit::cli
