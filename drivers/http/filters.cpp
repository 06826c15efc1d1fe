#include "drivers/http/filters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "drivers/http/decimal.hpp"
#include "drivers/http/encoding.hpp"
#include "drivers/http/escape.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kMostBytes = 64'000'000;  // of a value

constexpr std::array kFilters{
    FilterRule{"plus", Filter::plus, 1, 1},
    FilterRule{"minus", Filter::minus, 1, 1},
    FilterRule{"times", Filter::times, 1, 1},
    FilterRule{"divided_by", Filter::divided_by, 1, 1},
    FilterRule{"modulo", Filter::modulo, 1, 1},
    FilterRule{"at_least", Filter::at_least, 1, 1},
    FilterRule{"at_most", Filter::at_most, 1, 1},
    FilterRule{"round", Filter::round, 0, 1},
    FilterRule{"default", Filter::missing, 1, 1},
    FilterRule{"upcase", Filter::upcase, 0, 0},
    FilterRule{"downcase", Filter::downcase, 0, 0},
    FilterRule{"strip", Filter::strip, 0, 0},
    FilterRule{"append", Filter::append, 1, 1},
    FilterRule{"prepend", Filter::prepend, 1, 1},
    FilterRule{"remove", Filter::remove, 1, 1},
    FilterRule{"replace", Filter::replace, 2, 2},
    FilterRule{"slice", Filter::slice, 1, 2},
    FilterRule{"url_encode", Filter::url_encode, 0, 0},
    FilterRule{"url_decode", Filter::url_decode, 0, 0},
    FilterRule{"base64_encode", Filter::base64_encode, 0, 0},
    FilterRule{"base64_decode", Filter::base64_decode, 0, 0},
    FilterRule{"hex_decode", Filter::hex_decode, 0, 0},
    FilterRule{"html_unescape", Filter::html_unescape, 0, 0},
    FilterRule{"escape", Filter::escape, 0, 0},
    FilterRule{"sha256", Filter::sha256, 0, 1},
    FilterRule{"hmac_sha256", Filter::hmac_sha256, 1, 2},
};

// What other template languages call it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 23> kElsewhere{{{"lower", "downcase"},
                                                                                    {"upper", "upcase"},
                                                                                    {"trim", "strip"},
                                                                                    {"base64", "base64_encode"},
                                                                                    {"b64encode", "base64_encode"},
                                                                                    {"b64enc", "base64_encode"},
                                                                                    {"b64decode", "base64_decode"},
                                                                                    {"b64dec", "base64_decode"},
                                                                                    {"url", "url_encode"},
                                                                                    {"urlencode", "url_encode"},
                                                                                    {"urldecode", "url_decode"},
                                                                                    {"hmac", "hmac_sha256"},
                                                                                    {"hash", "sha256"},
                                                                                    {"add", "plus"},
                                                                                    {"sub", "minus"},
                                                                                    {"subtract", "minus"},
                                                                                    {"mul", "times"},
                                                                                    {"multiply", "times"},
                                                                                    {"div", "divided_by"},
                                                                                    {"mod", "modulo"},
                                                                                    {"xml_escape", "escape"},
                                                                                    {"html_escape", "escape"},
                                                                                    {"escape_xml", "escape"}}};

std::string not_a_number(const std::string& text) { return "`" + text.substr(0, 40) + "` is not a number"; }

std::optional<Decimal> calculated(Filter filter, Decimal a, Decimal b) {
    switch (filter) {
        case Filter::plus:
            return sum(a, b);
        case Filter::minus:
            return difference(a, b);
        case Filter::times:
            return product(a, b);
        case Filter::divided_by:
            return quotient(a, b);
        case Filter::modulo:
            return remainder(a, b);
        case Filter::at_least:
            return compare(a, b) < 0 ? b : a;
        default:
            return compare(a, b) > 0 ? b : a;
    }
}

std::string calculate(Filter filter, const std::string& by, std::string& value) {
    const auto a = decimal_of(value), b = decimal_of(by);
    if (!a || !b) return not_a_number(a ? by : value);
    const auto result = calculated(filter, *a, *b);
    if (!result) return b->digits == 0 ? "divides by zero" : "the number is too large";
    value = text_of(*result);
    return "";
}

std::optional<std::int64_t> whole(const std::string& text) {
    const auto number = decimal_of(text);
    return number && number->scale == 0 ? std::optional(number->digits) : std::nullopt;
}

std::string round_to(std::span<const std::string> arguments, std::string& value) {
    const auto number = decimal_of(value);
    if (!number) return not_a_number(value);
    const auto digits = arguments.empty() ? std::optional<std::int64_t>(0) : whole(arguments[0]);
    if (!digits || *digits < 0 || *digits > 9) return "rounds to 0 to 9 digits";
    value = text_of(rounded(*number, static_cast<int>(*digits)).value_or(*number));
    return "";
}

std::string slice(std::span<const std::string> arguments, std::string& value) {
    const auto from = whole(arguments[0]), length = arguments.size() > 1 ? whole(arguments[1]) : std::optional<std::int64_t>(1);
    if (!from || !length || *length < 0) return "slices FROM, LENGTH: whole numbers";
    const auto size = static_cast<std::int64_t>(value.size());
    const std::int64_t begin = *from < 0 ? size + *from : *from;
    value = begin < 0 || begin >= size ? "" : value.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(*length));
    return "";
}

std::string replace(const std::string& what, const std::string& by, std::string& value) {
    if (what.empty()) return "replaces an empty text";
    std::string out;
    std::size_t at = 0;
    for (std::size_t found = value.find(what); found != std::string::npos; found = value.find(what, at)) {
        out.append(value, at, found - at);
        out += by;
        at = found + what.size();
        if (out.size() > kMostBytes) return "the text is too long";
    }
    value = out + value.substr(at);
    return "";
}

void change_case(char first, char last, std::string& value) {
    for (char& c : value)
        if (c >= first && c <= last) c = static_cast<char>(c ^ 0x20);
}

void strip(std::string& value) {
    const std::size_t first = value.find_first_not_of(" \t\r\n");
    value = first == std::string::npos ? "" : value.substr(first, value.find_last_not_of(" \t\r\n") - first + 1);
}

std::string decode(std::optional<std::string> decoded, const char* notation, std::string& value) {
    if (!decoded) return "`" + value.substr(0, 40) + "` is not " + notation;
    value = std::move(*decoded);
    return "";
}

std::string digest(const std::string& bytes, std::span<const std::string> notation, std::string& value) {
    if (!notation.empty() && notation[0] != "base64" && notation[0] != "hex")
        return "writes its bytes as 'hex' or 'base64', not `" + notation[0].substr(0, 20) + "`";
    value = !notation.empty() && notation[0] == "base64" ? base64(bytes) : hex(bytes);
    return "";
}

void url_encode(std::string& value) {
    std::string out;
    percent_encode(value, out);
    value = std::move(out);
}

void escape(std::string& value) {
    std::string out;
    append_xml_text(value, out);
    value = std::move(out);
}

std::string text_filter(Filter filter, std::span<const std::string> arguments, std::string& value) {
    switch (filter) {
        case Filter::upcase:
            change_case('a', 'z', value);
            return "";
        case Filter::downcase:
            change_case('A', 'Z', value);
            return "";
        case Filter::strip:
            strip(value);
            return "";
        case Filter::append:
            value += arguments[0];
            return "";
        case Filter::prepend:
            value.insert(0, arguments[0]);
            return "";
        case Filter::remove:
            return replace(arguments[0], "", value);
        case Filter::replace:
            return replace(arguments[0], arguments[1], value);
        case Filter::slice:
            return slice(arguments, value);
        default:  // `missing`
            if (value.empty()) value = arguments[0];
            return "";
    }
}

std::string notation_filter(Filter filter, std::span<const std::string> arguments, std::string& value) {
    switch (filter) {
        case Filter::url_encode:
            url_encode(value);
            return "";
        case Filter::url_decode:
            return decode(percent_decoded(value), "percent-encoded", value);
        case Filter::base64_encode:
            value = base64(value);
            return "";
        case Filter::base64_decode:
            return decode(from_base64(value), "base64", value);
        case Filter::hex_decode:
            return decode(from_hex(value), "hexadecimal", value);
        case Filter::html_unescape:
            value = html_unescaped(value);
            return "";
        case Filter::escape:
            escape(value);
            return "";
        case Filter::sha256:
            return digest(sha256(value), arguments, value);
        default:  // hmac_sha256
            return digest(hmac_sha256(arguments[0], value), arguments.subspan(1), value);
    }
}

}  // namespace

const FilterRule* find_filter(std::string_view name) {
    const auto found = std::find_if(kFilters.begin(), kFilters.end(), [&](const FilterRule& rule) { return rule.name == name; });
    return found == kFilters.end() ? nullptr : &*found;
}

std::string no_such_filter(const std::string& name) {
    for (const auto& [elsewhere, here] : kElsewhere)
        if (name == elsewhere) return "no filter `" + name + "`; it is `" + std::string(here) + "`";
    std::vector<std::string> valid;
    for (const FilterRule& rule : kFilters) valid.emplace_back(rule.name);
    return "no filter `" + name + "`" + scenarios::suggest(name, valid);
}

std::string apply(Filter filter, std::span<const std::string> arguments, std::string& value) {
    if (filter <= Filter::at_most) return calculate(filter, arguments[0], value);
    if (filter == Filter::round) return round_to(arguments, value);
    if (filter <= Filter::slice) return text_filter(filter, arguments, value);
    return notation_filter(filter, arguments, value);
}

}  // namespace lastunit::drivers::http
