// A document that was XML (xml.hpp): nothing in it says whether an element may be there more than once, so that one is looked at
// as a list of one is.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "drivers/http/json.hpp"

namespace lastunit::drivers::http {

// One element after the other, be it one or a list; false when `found` wanted no more.
bool each_element(const JsonValue& at, const std::function<bool(const JsonValue&)>& found);

// The n-th of one or several; below 0: from the end.
std::optional<JsonValue> nth_element(const JsonValue& at, std::int64_t index);

// One element, or a list of those of that name; `@name` an attribute, `#text` the text, also of an element that is its text.
std::optional<JsonValue> child_of(const JsonValue& element, std::string_view name);

// An element that has attributes and no elements in it is its text where a value is wanted.
JsonValue element_value(const JsonValue& element);

// What is at the keys `a.b`: one or a list, each key in the first element of the one before.
std::optional<JsonValue> elements_at(JsonValue element, std::string_view keys);
// The value of the first of them.
std::optional<JsonValue> element_field(const JsonValue& element, std::string_view keys);

// Neither elements nor text in it, or nil: a list without rows.
bool is_empty_element(const JsonValue& element);

}  // namespace lastunit::drivers::http
