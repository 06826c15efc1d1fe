#include "reports/study/study_page.hpp"

#include <string_view>

#include "reports/html_parts.hpp"

// Compiled in from the file of this name, see cmake/embed.cmake.
namespace lastunit::reports::assets {
extern const std::string_view page_css;
}  // namespace lastunit::reports::assets

namespace lastunit::reports {

std::string study_page(const StudyPage& page) {
    std::string out =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
        escape(page.title_text) + " - lastunit</title>\n<style>\n" + std::string(assets::page_css) +
        "</style>\n</head>\n<body>\n<main>\n";
    out += "<h1>" + escape(page.title_text) + "</h1>\n<p class=\"sub\">" + escape(page.lead_text) + "</p>\n";
    if (!page.headline_text.empty())
        out += std::string("<p class=\"headline ") + (page.tone == StudyPage::Tone::good ? "good" : "bad") + "\"><b>" +
               escape(page.headline_text) + "</b> <span>" + escape(page.headline_note_text) + "</span></p>\n";
    out += page.body_html;
    if (!page.command_text.empty())
        out += section("command", "The command that makes this page", "", "<pre>" + escape(page.command_text) + "</pre>\n");
    return out + "</main>\n</body>\n</html>\n";
}

}  // namespace lastunit::reports
