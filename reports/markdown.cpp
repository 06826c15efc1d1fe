#include "reports/markdown.hpp"

#include <algorithm>

#include "reports/text.hpp"

namespace lastunit::reports {

std::string markdown_text(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '|' || c == '`' || c == '*' || c == '_' || c == '\\' || c == '[') out += '\\';
        out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    }
    return out;
}

std::string markdown_row(const std::vector<std::string>& cells) {
    std::string out = "|";
    for (const std::string& one : cells) out += " " + markdown_text(one) + " |";
    return out + "\n";
}

std::string markdown_code(std::string_view text) {
    std::string out = "`";
    for (const char c : printable(text)) out += c == '`' ? '\'' : c;
    return out + "`";
}

std::string markdown_block(std::string_view text) {
    std::string out = "```\n";
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        for (const char c : printable(text.substr(at, end - at))) out += c == '`' ? '\'' : c;
        out += "\n";
        at = end + 1;
    }
    return out + "```\n";
}

}  // namespace lastunit::reports
