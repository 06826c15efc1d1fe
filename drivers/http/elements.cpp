#include "drivers/http/elements.hpp"

namespace lastunit::drivers::http {

bool each_element(const JsonValue& at, const std::function<bool(const JsonValue&)>& found) {
    if (!at.is_array()) return found(at);
    for (const JsonValue one : list_in(at))
        if (!found(one)) return false;
    return true;
}

std::optional<JsonValue> nth_element(const JsonValue& at, std::int64_t index) {
    if (index < 0)
        each_element(at, [&](const JsonValue&) {
            ++index;
            return true;
        });
    std::optional<JsonValue> out;
    // What is still below 0 was too far from the end.
    if (index >= 0)
        each_element(at, [&](const JsonValue& one) {
            if (index-- == 0) out = one;
            return !out;
        });
    return out;
}

std::optional<JsonValue> child_of(const JsonValue& element, std::string_view name) {
    if (element.is_string() && name == "#text") return element;
    JsonValue out;
    if (!element.is_object() || object_in(element).at_key(name).get(out) != simdjson::SUCCESS) return std::nullopt;
    return out;
}

JsonValue element_value(const JsonValue& element) {
    const auto text = element.is_object() ? child_of(element, "#text") : std::nullopt;
    if (!text) return element;
    for (const auto [key, ignored] : object_in(element))
        if (!key.starts_with('@') && key != "#text") return element;
    return *text;
}

std::optional<JsonValue> elements_at(JsonValue element, std::string_view keys) {
    while (!keys.empty()) {
        const std::size_t dot = keys.find('.');
        const auto first = nth_element(element, 0);
        const auto next = first ? child_of(*first, keys.substr(0, dot)) : std::nullopt;
        if (!next) return std::nullopt;
        element = *next;
        keys.remove_prefix(dot == std::string_view::npos ? keys.size() : dot + 1);
    }
    return element;
}

std::optional<JsonValue> element_field(const JsonValue& element, std::string_view keys) {
    const auto found = elements_at(element, keys);
    const auto first = found ? nth_element(*found, 0) : std::nullopt;
    return first ? std::optional(element_value(*first)) : std::nullopt;
}

bool is_empty_element(const JsonValue& element) {
    const JsonValue value = element_value(element);
    return value.is_null() || text_of(value) == "";
}

}  // namespace lastunit::drivers::http
