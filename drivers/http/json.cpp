#include "drivers/http/json.hpp"

#include <charconv>
#include <cmath>
#include <sstream>
#include <string>

#include "drivers/http/encoding.hpp"

namespace lastunit::drivers::http {

namespace {

// Of a text that the parser does not take: whole numbers that are longer than it has words for become texts, and bytes that are
// no UTF-8 `?`. Other platforms read both.
std::string mended(std::string_view text) {
    constexpr std::size_t kMostDigits = 18;
    const std::string readable = utf8_cut(text, text.size());
    std::string out;
    bool inside = false;  // of quotes
    for (std::size_t i = 0; i < readable.size();) {
        const char c = readable[i];
        if (inside && c == '\\') {
            out += readable.substr(i, 2);
            i += 2;
            continue;
        }
        if (c == '"') inside = !inside;
        const bool number = !inside && (c == '-' || (c >= '0' && c <= '9'));
        const std::size_t size = number ? readable.find_first_not_of("-+.eE0123456789", i) : i + 1;
        const std::string one = readable.substr(i, size == std::string::npos ? size : size - i);
        const bool too_long = one.size() > kMostDigits && one.find_first_of(".eE") == std::string::npos;
        out += number && too_long ? '"' + one + '"' : one;
        i += one.size();
    }
    return out;
}

}  // namespace

bool JsonReader::read(std::string_view text) {
    const auto error = parser_.parse(text.data(), text.size()).get(root_);
    if (error == simdjson::SUCCESS) return true;
    const bool curable = error == simdjson::NUMBER_ERROR || error == simdjson::UTF8_ERROR;
    return curable && parser_.parse(mended(text)).get(root_) == simdjson::SUCCESS;
}

std::optional<std::string> text_of(const JsonValue& value) {
    switch (value.type()) {
        case simdjson::dom::element_type::STRING: {
            const std::string_view text = value.get_string().value_unsafe();
            return std::string(text);
        }
        case simdjson::dom::element_type::NULL_VALUE:
            return std::nullopt;
        case simdjson::dom::element_type::INT64:
            return std::to_string(value.get_int64().value_unsafe());
        case simdjson::dom::element_type::UINT64:
            return std::to_string(value.get_uint64().value_unsafe());
        case simdjson::dom::element_type::BOOL:
            return value.get_bool().value_unsafe() ? "true" : "false";
        default: {
            std::ostringstream out;
            out << simdjson::minify(value);
            return out.str();
        }
    }
}

std::optional<std::int64_t> whole_of(const JsonValue& value) {
    constexpr std::int64_t kMost = std::int64_t{1} << 53;  // where a double stops telling one from the next
    if (value.is<std::int64_t>()) {
        const std::int64_t number = value.get_int64().value_unsafe();
        return number >= -kMost && number <= kMost ? std::optional(number) : std::nullopt;
    }
    double number = 0;
    if (value.is<double>()) {
        number = value.get_double().value_unsafe();
    } else {
        const auto text = text_of(value);
        if (!text) return std::nullopt;
        const auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), number);
        if (error != std::errc{} || stop != text->data() + text->size()) return std::nullopt;
    }
    if (!(std::abs(number) <= static_cast<double>(kMost)) || std::floor(number) != number) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

}  // namespace lastunit::drivers::http
