#include "reports/page.hpp"

#include "reports/balance_json.hpp"
#include "reports/country_outlines.hpp"
#include "reports/html_parts.hpp"
#include "reports/json.hpp"
#include "reports/page_record.hpp"

// Compiled in, see cmake/embed.cmake; page.js and page.css are made by reports/page/build.mjs.
namespace lastunit::reports::assets {
extern const std::string_view frame_html;
extern const std::string_view page_css;
extern const std::string_view page_js;
}  // namespace lastunit::reports::assets

namespace lastunit::reports {
namespace {

std::string_view code(Language language) { return language == Language::polish ? "pl" : "en"; }

std::string element(std::string_view id, std::string_view json) {
    return "<script type=\"application/json\" id=\"" + escape(id) + "\">" + std::string(json) + "</script>\n";
}

std::string no_script(Language language) {
    return language == Language::polish
               ? "Ten raport rysuje się za pomocą JavaScriptu, który jest w tym pliku; nic nie jest pobierane z sieci."
               : "This report is drawn by the JavaScript inside this file; nothing is loaded from anywhere.";
}

std::string autopsies_json(const std::vector<model::Autopsy>& autopsies) {
    std::string out = "[";
    for (const model::Autopsy& one : autopsies) out += (out.size() > 1 ? "," : "") + to_json(one, Layout::compact);
    return out + "]";
}

// JSON that was made without regard to the element it stands in: these characters are only within its strings.
std::string within_element(std::string_view json) {
    std::string out;
    out.reserve(json.size() + json.size() / 16);
    for (const char c : json) {
        if (c == '<')
            out += "\\u003c";
        else if (c == '>')
            out += "\\u003e";
        else if (c == '&')
            out += "\\u0026";
        else
            out += c;
    }
    return out;
}

}  // namespace

std::string page_html(const Page& page) {
    std::string documents =
        element("page", "{\"kind\": " + json_string(page.kind) + ", \"language\": " + json_string(code(page.language)) +
                            ", \"version\": " + json_string(page.version) + ", \"commit\": " + json_string(page.commit) +
                            ", \"command\": " + json_string(page.command) + "}");
    for (const PageDocument& one : page.documents) documents += element(one.id, one.json);
    return fill(assets::frame_html, {{"language", std::string(code(page.language))},
                                     {"title", escape(page.title_text)},
                                     {"style", std::string(assets::page_css)},
                                     {"no_script", no_script(page.language)},
                                     {"documents", documents},
                                     {"script", std::string(assets::page_js)}});
}

std::string run_page(const model::RunRecord& record, Language language, const std::vector<model::Autopsy>& autopsies) {
    const model::Identity& id = record.identity();
    Page page;
    page.kind = "run";
    page.language = language;
    page.title_text = id.scenario_title().empty() ? id.scenario() : id.scenario_title();
    page.version = id.version();
    page.commit = id.commit();
    page.command = id.repeat_command();
    page.documents.push_back({"run", to_json(page_record(record), Layout::compact)});
    page.documents.push_back({"balance", balance_json(balance(record))});
    if (steps_merged(record.series()) > 1)
        page.documents.push_back({"thinned", "{\"step_s\":" + json_number(record.series().step_s()) + "}"});
    if (!autopsies.empty()) page.documents.push_back({"autopsies", autopsies_json(autopsies)});
    page.documents.push_back({"outlines", country_outlines(box_of(record))});
    return page_html(page);
}

std::string autopsy_page(const model::Autopsy& autopsy, Language language, std::string_view version) {
    Page page;
    page.kind = "autopsy";
    page.language = language;
    page.title_text = autopsy.line().sku() + ": " + autopsy.line().cause();
    page.version = version;
    page.commit = autopsy.commit();
    page.command = autopsy.repeat_command();
    page.documents.push_back({"autopsies", autopsies_json({autopsy})});
    return page_html(page);
}

std::string race_page(const RacePage& race, std::string_view json, Language language) {
    Page page;
    page.kind = "race";
    page.language = language;
    page.title_text = race.title;
    page.version = race.version;
    page.commit = race.commit;
    page.command = race.command;
    page.documents.push_back({"race", within_element(json)});
    return page_html(page);
}

}  // namespace lastunit::reports
