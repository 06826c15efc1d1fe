#include "reports/study/study_page.hpp"

#include "reports/html_page.hpp"
#include "reports/html_parts.hpp"

namespace lastunit::reports {

std::string study_page(const StudyPage& page) {
    HtmlPage out;
    out.title_text = page.title_text;
    out.header_html = "<p class=\"sub\">" + escape(page.lead_text) + "</p>\n";
    if (!page.headline_text.empty())
        out.header_html += std::string("<p class=\"headline ") + (page.tone == StudyPage::Tone::good ? "good" : "bad") +
                           "\"><b>" + escape(page.headline_text) + "</b> <span>" + escape(page.headline_note_text) +
                           "</span></p>\n";
    out.body_html = page.body_html;
    if (!page.command_text.empty())
        out.body_html +=
            section("command", "The command that makes this page", "", "<pre>" + escape(page.command_text) + "</pre>\n");
    return html_page(out);
}

}  // namespace lastunit::reports
