#include "reports/html_parts.hpp"
#include "reports/load/html_sections.hpp"

namespace lastunit::reports {
namespace {

const char* tone_of(const std::string& verdict) { return verdict == "sound" ? "good" : verdict == "refuted" ? "bad" : "open"; }

// A sentence, and the operations that show it.
std::string story(const std::string& text) {
    const std::size_t end = text.find('\n');
    std::string html = "<div class=\"story\"><p><b>" + escape(text.substr(0, end)) + "</b></p>\n";
    if (end == std::string::npos) return html + "</div>\n";
    html += "<pre>";
    for (std::size_t at = end + 1; at <= text.size();) {
        const std::size_t until = std::min(text.find('\n', at), text.size());
        html += escape(text.substr(at, until - at)) + "\n";
        at = until + 1;
    }
    return html + "</pre></div>\n";
}

}  // namespace

std::string load_audit_part(const model::LoadReport& load) {
    if (!load.has_audit()) return "";
    const auto& audit = load.audit();
    std::string html = std::string("<h3>Audit</h3>\n<p class=\"verdict ") + tone_of(audit.verdict()) + "\">" +
                       escape(audit.headline()) + "</p>\n";
    if (!audit.history().empty()) html += "<p class=\"lead\">History: " + escape(audit.history()) + "</p>\n";
    std::vector<std::vector<std::string>> rows;
    for (const auto& check : audit.checks())
        rows.push_back(
            {escape(check.name()),
             std::string("<span class=\"verdict ") + tone_of(check.verdict()) + "\">" + escape(check.verdict()) + "</span>",
             escape(check.text())});
    if (!rows.empty())
        html += html_table("Checks of the audit",
                           {{"check", HtmlColumn::Kind::text}, {"", HtmlColumn::Kind::text}, {"of what", HtmlColumn::Kind::text}},
                           rows);
    for (const std::string& one : audit.stories()) html += story(one);
    return html;
}

}  // namespace lastunit::reports
