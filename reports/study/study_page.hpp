// A page about a study in the house's frame (html_page.hpp): its lead, a headline, the command that makes it.
#pragma once

#include <string>

namespace lastunit::reports {

struct StudyPage {
    std::string title_text, lead_text, command_text;
    std::string headline_text, headline_note_text;  // empty: none
    enum class Tone : std::uint8_t { good, bad } tone = Tone::good;
    std::string body_html;  // sections
};
std::string study_page(const StudyPage& page);

}  // namespace lastunit::reports
