#include "drivers/http/extract.hpp"

#include "drivers/http/document.hpp"
#include "drivers/http/text.hpp"
#include "drivers/http/url.hpp"

namespace lastunit::drivers::http {
namespace {

Extracted from_header(const std::string& name, const Response& response) {
    if (const std::string* found = response.header(name)) return {*found, ""};
    std::string note = "the answer has no header `" + name + "`; it has";
    for (const auto& [known, ignored] : response.headers) note += " " + known;
    return {std::nullopt, note};
}

Extracted from_link(const std::string& relation, const Response& response) {
    for (const auto& [name, value] : response.headers)
        if (same_without_case(name, "link"))
            if (auto target = link_of(value, relation)) return {std::move(target), ""};
    return {std::nullopt, "the answer has no Link header with rel=\"" + relation + "\""};
}

Extracted whole(const ExtractPlan& plan, const Asked& asked, const CookieJar& cookies) {
    if (!plan.header.empty()) return from_header(plan.header, *asked.response);
    if (!plan.link.empty()) return from_link(plan.link, *asked.response);
    if (!plan.cookie.empty()) {
        if (const std::string* found = cookies.find(plan.cookie)) return {*found, ""};
        return {std::nullopt, "there is no cookie `" + plan.cookie + "`"};
    }
    if (!plan.json.given()) return {asked.response->body, ""};
    if (!asked.document) return {std::nullopt, "the answer is " + not_read(asked.values->notation, asked.problem)};
    Extracted out;
    if (const auto found = plan.json.first(*asked.document, *asked.values)) out.value = text_of(*found);
    if (!out.value) out.note = plan.json.missing(*asked.document, *asked.values);
    return out;
}

}  // namespace

Extracted extracted(const ExtractPlan& plan, const Asked& asked, const CookieJar& cookies) {
    Extracted out = whole(plan, asked, cookies);
    if (!out.value || (plan.after.empty() && !plan.up_to)) return out;
    const auto missing = [](const std::string& mark) {
        return Extracted{std::nullopt, "`" + mark.substr(0, 60) + "` is not in the text"};
    };
    std::size_t at = 0;
    for (const Template& mark : plan.after) {
        std::string text;
        if (const auto lack = mark.render(*asked.values, text)) return {std::nullopt, lack->text()};
        const std::size_t found = out.value->find(text, at);
        if (found == std::string::npos) return missing(text);
        at = found + text.size();
    }
    std::size_t end = std::string::npos;
    if (plan.up_to) {
        std::string text;
        if (const auto lack = plan.up_to->render(*asked.values, text)) return {std::nullopt, lack->text()};
        end = out.value->find(text, at);
        if (end == std::string::npos) return missing(text);
    }
    out.value = out.value->substr(at, end == std::string::npos ? end : end - at);
    return out;
}

std::optional<std::string> link_of(std::string_view header, std::string_view relation) {
    while (!header.empty()) {
        const std::size_t open = header.find('<');
        if (open == std::string_view::npos) return std::nullopt;
        const std::size_t close = header.find('>', open);
        if (close == std::string_view::npos) return std::nullopt;
        const std::string_view target = header.substr(open + 1, close - open - 1);
        header.remove_prefix(close + 1);
        // The parameters, up to the next link.
        std::string_view rest = header.substr(0, header.find('<'));
        header.remove_prefix(rest.size());
        while (!rest.empty()) {
            const std::string_view part = trimmed(rest.substr(0, rest.find_first_of(";,")));
            rest.remove_prefix(std::min(rest.find_first_of(";,"), rest.size() - 1) + 1);
            if (!same_without_case(part.substr(0, 4), "rel=")) continue;
            std::string_view is = trimmed(part.substr(4));
            if (is.size() >= 2 && is.front() == '"' && is.back() == '"') is = is.substr(1, is.size() - 2);
            while (!is.empty()) {  // several, with spaces between
                const std::string_view one = is.substr(0, is.find(' '));
                if (same_without_case(one, relation)) return std::string(target);
                is.remove_prefix(std::min(one.size() + 1, is.size()));
            }
        }
    }
    return std::nullopt;
}

}  // namespace lastunit::drivers::http
