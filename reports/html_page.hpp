// The frame of every page: one file with its style inside, that loads nothing, and that no text of a record can make run
// anything.
#pragma once

#include <cstdint>
#include <string>

namespace lastunit::reports {

struct HtmlPage {
    std::string title_text;
    std::string header_html;                                              // below the title
    std::string body_html;                                                // sections
    enum class Style : std::uint8_t { page, study } style = Style::page;  // study: those of a study's plots as well
};
std::string html_page(const HtmlPage& page);

}  // namespace lastunit::reports
