#include "reports/html_parts.hpp"

#include <algorithm>

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

}  // namespace lastunit::reports
