#include "reports/html_page.hpp"

#include <string_view>

#include "reports/html_parts.hpp"

// Compiled in from the files of these names, see cmake/embed.cmake.
namespace lastunit::reports::assets {
extern const std::string_view page_html;
extern const std::string_view page_css;
extern const std::string_view page_js;
extern const std::string_view study_css;
}  // namespace lastunit::reports::assets

namespace lastunit::reports {

std::string html_page(const HtmlPage& page) {
    std::string style(assets::page_css);
    if (page.style == HtmlPage::Style::study) style += assets::study_css;
    const bool scripted = page.script == HtmlPage::Script::read_out;
    return fill(assets::page_html, {{"title", escape(page.title_text)},
                                    {"script_policy", scripted ? "; script-src 'unsafe-inline'" : ""},
                                    {"style", style},
                                    {"header", page.header_html},
                                    {"sections", page.body_html},
                                    {"script", scripted ? "<script>\n" + std::string(assets::page_js) + "</script>\n" : ""}});
}

}  // namespace lastunit::reports
