#include "reports/html_page.hpp"

#include <string_view>

#include "reports/html_parts.hpp"

// Compiled in from the files of these names, see cmake/embed.cmake.
namespace lastunit::reports::assets {
extern const std::string_view study_page_html;
extern const std::string_view study_page_css;
extern const std::string_view study_css;
}  // namespace lastunit::reports::assets

namespace lastunit::reports {

std::string html_page(const HtmlPage& page) {
    std::string style(assets::study_page_css);
    if (page.style == HtmlPage::Style::study) style += assets::study_css;
    return fill(assets::study_page_html, {{"title", escape(page.title_text)},
                                          {"script_policy", ""},
                                          {"style", style},
                                          {"header", page.header_html},
                                          {"sections", page.body_html},
                                          {"script", ""}});
}

}  // namespace lastunit::reports
