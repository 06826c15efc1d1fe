#include "drivers/http/escape.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr const char* kHex = "0123456789ABCDEF";

bool digit(char c) { return c >= '0' && c <= '9'; }

bool unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || c == '-' || c == '_' || c == '.' || c == '~';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && digit(text[at])) ++at;
    return at;
}

bool is_json_number(std::string_view text) {
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    const std::size_t whole = at;
    at = skip_digits(text, at);
    if (at == whole || (text[whole] == '0' && at > whole + 1)) return false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = ++at;
        at = skip_digits(text, at);
        if (at == fraction) return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        if (++at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const std::size_t power = at;
        at = skip_digits(text, at);
        if (at == power) return false;
    }
    return at == text.size();
}

void escape_json(std::string_view value, std::string& out) {
    for (const char c : value) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (const auto byte = static_cast<unsigned char>(c); byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        } else {
            out += c;
        }
    }
}

constexpr std::string_view kEndOfCdata = "]]>";

// The mark goes into two sections, one behind the other.
void append_cdata(std::string_view value, std::string& out) {
    for (std::size_t end = value.find(kEndOfCdata); end != std::string_view::npos; end = value.find(kEndOfCdata)) {
        out += value.substr(0, end);
        out += "]]]]><![CDATA[>";
        value.remove_prefix(end + kEndOfCdata.size());
    }
    out += value;
}

}  // namespace

void append_xml_text(std::string_view value, std::string& out) {
    for (const char c : value) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (c == '\'')
            out += "&#39;";
        else if (c == '\t' || c == '\n' || c == '\r')
            out += "&#" + std::to_string(static_cast<int>(c)) + ";";
        else
            out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
}

void percent_encode(std::string_view value, std::string& out) {
    for (const char c : value) {
        if (unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kHex[byte >> 4U];
        out += kHex[byte & 15U];
    }
}

bool is_json_word(std::string_view value) {
    return value == "true" || value == "false" || value == "null" || is_json_number(value);
}

void append_json_string(std::string_view value, std::string& out) {
    out += '"';
    escape_json(value, out);
    out += '"';
}

void append_escaped(std::string_view value, Escape escape, InQuotes quotes, std::string& out) {
    switch (escape) {
        case Escape::none:
            out += value;
            return;
        case Escape::url:
        case Escape::form:
            percent_encode(value, out);
            return;
        case Escape::xml:
            quotes == InQuotes::yes ? append_cdata(value, out) : append_xml_text(value, out);
            return;
        case Escape::header:
            for (const char c : value) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
            return;
        case Escape::json:
            if (quotes == InQuotes::yes)
                escape_json(value, out);
            else if (is_json_word(value))
                out += value;
            else
                append_json_string(value, out);
            return;
    }
}

}  // namespace lastunit::drivers::http
