// What a template may do with a value: {{stock | divided_by: 2}}. Names and meaning are Liquid's where it has them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lastunit::drivers::http {

enum class Filter : std::uint8_t {
    plus,
    minus,
    times,
    divided_by,
    modulo,
    at_least,
    at_most,
    round,
    missing,  // `default`
    upcase,
    downcase,
    strip,
    append,
    prepend,
    remove,
    replace,
    slice,
    url_encode,
    url_decode,
    base64_encode,
    base64_decode,
    hex_decode,
    html_unescape,
    escape,  // of HTML and XML
    sha256,
    hmac_sha256,
};

struct FilterRule {
    std::string_view name;
    Filter filter{};
    unsigned least = 0, most = 0;  // arguments
};

const FilterRule* find_filter(std::string_view name);  // null: there is none of that name
// "no filter `lower`; did you mean `downcase`?"
std::string no_such_filter(const std::string& name);

// `value` in place. Returns why it cannot be done ("`abc` is not a number"), or nothing. As many `arguments` as the rule wants.
std::string apply(Filter filter, std::span<const std::string> arguments, std::string& value);

}  // namespace lastunit::drivers::http
