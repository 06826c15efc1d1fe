#include "drivers/http/json.hpp"

#include <charconv>
#include <cmath>
#include <sstream>

namespace lastunit::drivers::http {

bool JsonReader::read(std::string_view text) { return parser_.parse(text.data(), text.size()).get(root_) == simdjson::SUCCESS; }

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
