#include "cli/flow/race_files.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "cli/charts.hpp"
#include "cli/flow/race_ci.hpp"
#include "cli/page_language.hpp"
#include "cli/version.hpp"
#include "drivers/http/flow_file.hpp"
#include "reports/page.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

namespace http = drivers::http;

constexpr const char* kFiles[] = {"json", "html", "markdown", "junit"};
constexpr std::size_t kMostOfPage = 2'000'000;  // bytes of JSON: a page has to open at once, and fit into a mail
constexpr std::size_t kMostKept = 200'000'000;  // bytes of requests and answers

// Without what names the files.
std::string command_of(const Arguments& arguments, const http::Plan& plan) {
    std::string command = "lastunit flow race " + arguments.words[1];
    const auto is_file = [](const std::string& name) {
        return std::any_of(std::begin(kFiles), std::end(kFiles), [&](const char* file) { return name == file; });
    };
    for (const auto& [name, values] : arguments.options)
        for (const std::string& value : values)
            if (!is_file(name) && name != "charts" && name != "lang" && name != "verbose")
                command += " --" + name + (value.empty() ? "" : " " + value);
    return http::masked(command, plan.secrets);
}

std::string page_of(const Arguments& arguments, const http::Plan& plan, std::span<const http::JudgedRace> races) {
    std::string json = http::race_json(plan, races);
    if (json.size() > kMostOfPage) json = http::race_json(plan, races, http::Shoppers::of_stories);
    return reports::race_page({.title = plan.title.empty() ? plan.name : plan.title,
                               .command = command_of(arguments, plan),
                               .version = version_number(),
                               .commit = commit()},
                              json, page_language(arguments));
}

}  // namespace

RaceFiles::RaceFiles(const Arguments& arguments) : arguments_(arguments) {
    page_language(arguments);
    std::set<std::string> paths;
    for (const char* name : kFiles) {
        const auto path = arguments.get(name);
        if (!path) continue;
        if (!paths.insert(*path).second) throw BadInput("two reports would be written to " + *path);
        if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
    }
    check_charts(arguments);
}

void RaceFiles::keep_what_is_written(const http::Plan& plan, std::span<http::JudgedRace> races) const {
    const bool whole = arguments_.has("json"), page = arguments_.has("html") || arguments_.has("charts");
    std::size_t bytes = 0;
    for (const http::JudgedRace& race : races) bytes += http::kept_bytes(race.run);
    if (whole && bytes <= kMostKept) return;
    if (!whole && page && bytes <= kMostOfPage) return;  // a small page has everybody
    http::keep_stories(plan, races.back());
}

bool RaceFiles::use_stdout() const {
    return std::any_of(std::begin(kFiles), std::end(kFiles), [&](const char* name) { return arguments_.get(name) == "-"; });
}

void RaceFiles::write(const http::Plan& plan, std::span<const http::JudgedRace> races, const std::string& problem) const {
    const auto write = [&](const char* name, const auto& text) {
        if (const auto path = arguments_.get(name))
            if (const auto wrong = reports::write_file(*path, text())) throw BadInput(*wrong);
    };
    const RaceForCi ci{plan, races, command_of(arguments_, plan), problem};
    write("json", [&] { return http::race_json(plan, races); });
    write("markdown", [&] { return race_markdown(ci); });
    write("junit", [&] { return race_junit(ci); });
    if (!arguments_.has("html") && !arguments_.has("charts")) return;
    const std::string page = page_of(arguments_, plan, races);
    write("html", [&] { return page; });
    if (const auto folder = arguments_.get("charts")) draw_charts(page, *folder);
}

}  // namespace lastunit::cli
