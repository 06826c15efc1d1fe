#include "cli/flow/race_files.hpp"

#include "cli/charts.hpp"
#include "cli/page_language.hpp"
#include "cli/version.hpp"
#include "drivers/http/flow_file.hpp"
#include "reports/page.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

namespace http = drivers::http;

constexpr std::size_t kMostOfPage = 2'000'000;  // bytes of JSON: a page has to open at once, and fit into a mail
constexpr std::size_t kMostKept = 200'000'000;  // bytes of requests and answers

std::string page_of(const Arguments& arguments, const http::Plan& plan, std::span<const http::JudgedRace> races) {
    std::string json = http::race_json(plan, races);
    if (json.size() > kMostOfPage) json = http::race_json(plan, races, http::Shoppers::of_stories);
    std::string command = "lastunit flow race " + arguments.words[1];
    for (const auto& [name, values] : arguments.options)
        for (const std::string& value : values)
            if (name != "json" && name != "html" && name != "charts" && name != "lang" && name != "verbose")
                command += " --" + name + (value.empty() ? "" : " " + value);
    return reports::race_page({.title = plan.title.empty() ? plan.name : plan.title,
                               .command = http::masked(command, plan.secrets),
                               .version = version_number(),
                               .commit = commit()},
                              json, page_language(arguments));
}

}  // namespace

RaceFiles::RaceFiles(const Arguments& arguments) : arguments_(arguments) {
    page_language(arguments);
    for (const char* name : {"json", "html"})
        if (const auto path = arguments.get(name))
            if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
    if (arguments.has("json") && arguments.get("json") == arguments.get("html"))
        throw BadInput("two reports would be written to " + *arguments.get("json"));
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

bool RaceFiles::use_stdout() const { return arguments_.get("json") == "-" || arguments_.get("html") == "-"; }

void RaceFiles::write(const http::Plan& plan, std::span<const http::JudgedRace> races) const {
    if (const auto json = arguments_.get("json"))
        if (const auto problem = reports::write_file(*json, http::race_json(plan, races))) throw BadInput(*problem);
    if (!arguments_.has("html") && !arguments_.has("charts")) return;
    const std::string page = page_of(arguments_, plan, races);
    if (const auto html = arguments_.get("html"))
        if (const auto problem = reports::write_file(*html, page)) throw BadInput(*problem);
    if (const auto folder = arguments_.get("charts")) draw_charts(page, *folder);
}

}  // namespace lastunit::cli
