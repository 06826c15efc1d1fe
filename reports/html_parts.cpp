#include "reports/html_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/assert.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : printable(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string fill(std::string_view page, const std::vector<std::pair<std::string_view, std::string>>& values) {
    std::string out;
    for (;;) {
        const std::size_t open = page.find("{{");
        const std::size_t close = open == std::string_view::npos ? open : page.find("}}", open);
        if (close == std::string_view::npos) return out.append(page);
        const std::string_view name = page.substr(open + 2, close - open - 2);
        const auto value = std::find_if(values.begin(), values.end(), [&](const auto& entry) { return entry.first == name; });
        LASTUNIT_ASSERT(value != values.end(), name);
        out.append(page.substr(0, open)).append(value->second);
        page.remove_prefix(close + 2);
    }
}

std::string section(std::string_view id, std::string_view title, std::string_view lead_text, const std::string& html) {
    if (html.empty()) return "";
    std::string out = "<section id=\"" + escape(id) + "\">\n<h2>" + escape(title) + "</h2>\n";
    if (!lead_text.empty()) out += "<p class=\"lead\">" + escape(lead_text) + "</p>\n";
    return out + html + "</section>\n";
}

std::string html_table(std::string_view caption_text, const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows) {
    const auto kind = [&](std::size_t i) { return columns[i].kind == HtmlColumn::Kind::number ? " class=\"n\"" : ""; };
    std::string out =
        "<div class=\"scroll\" tabindex=\"0\"><table>\n<caption>" + escape(caption_text) + "</caption>\n<thead><tr>";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        out += std::string("<th scope=\"col\"") + kind(i) + ">";
        out += escape(columns[i].title_text) + "</th>";
    }
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += i == 0 ? std::string("<th scope=\"row\"") : std::string("<td");
            out += std::string(kind(i)) + ">" + row[i];
            out += i == 0 ? "</th>" : "</td>";
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

std::string details(std::string_view summary_text, const std::string& html) {
    return html.empty() ? "" : "<details><summary>" + escape(summary_text) + "</summary>\n" + html + "</details>\n";
}

std::string html_bar(double fraction, std::string_view tone) {
    const double share = std::isfinite(fraction) ? std::clamp(fraction, 0.0, 1.0) : 0;
    return "<span class=\"bar " + std::string(tone) + "\" aria-hidden=\"true\"><i style=\"width:" + coordinate(share * 100) +
           "%\"></i></span>";
}

std::string coordinate(double value, int decimals) {
    if (!std::isfinite(value)) return "0";
    std::array<char, 400> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals).ptr;
    std::string text(buffer.data(), end);
    if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text == "-0" ? "0" : text;
}

}  // namespace lastunit::reports
