// How a path leads through an XML document, where nothing says whether an element may be there more than once: as in XPath, a key
// leads to every element of that name, be it one or many, and a value is the first's. So `order.id` reads a shop with one order
// as it reads one with two, and `rows: orders.order` is a list of both.
#include <algorithm>

#include "drivers/http/json_path.hpp"

namespace lastunit::drivers::http {
namespace {

// One element after the other, be it one or a list; false when `found` wants no more.
bool each_of(const JsonValue& at, const std::function<bool(const JsonValue&)>& found) {
    if (!at.is_array()) return found(at);
    for (const JsonValue one : list_in(at))
        if (!found(one)) return false;
    return true;
}

std::int64_t count_of(const JsonValue& at) {
    std::int64_t count = 0;
    each_of(at, [&](const JsonValue&) {
        ++count;
        return true;
    });
    return count;
}

std::optional<JsonValue> child(const JsonValue& at, std::string_view name) {
    if (at.is_string() && name == "#text") return at;
    JsonValue out;
    if (!at.is_object() || object_in(at).at_key(name).get(out) != simdjson::SUCCESS) return std::nullopt;
    return out;
}

// An element that has attributes and no elements in it is its text where a value is wanted.
JsonValue value_of(const JsonValue& element) {
    const auto text = element.is_object() ? child(element, "#text") : std::nullopt;
    if (!text) return element;
    for (const auto [key, ignored] : object_in(element))
        if (!key.starts_with('@') && key != "#text") return element;
    return *text;
}

// The value at `a.b` in one element.
std::optional<JsonValue> field(JsonValue at, std::string_view keys) {
    while (!keys.empty()) {
        const std::size_t dot = keys.find('.');
        const auto next = child(at, keys.substr(0, dot));
        if (!next) return std::nullopt;
        each_of(*next, [&](const JsonValue& one) {
            at = one;
            return false;
        });
        keys.remove_prefix(dot == std::string_view::npos ? keys.size() : dot + 1);
    }
    return value_of(at);
}

}  // namespace

bool JsonPath::step_xml(const JsonValue& at, const Segment& segment, const Values& values,
                        const std::function<bool(const JsonValue&)>& found) const {
    switch (segment.kind) {
        case Segment::Kind::key:
            return each_of(at, [&](const JsonValue& one) {
                const auto next = child(one, segment.key);
                return !next || found(*next);
            });
        case Segment::Kind::every:
            return each_of(at, found);
        case Segment::Kind::index: {
            std::int64_t left = segment.index < 0 ? segment.index + count_of(at) : segment.index;
            bool more = true;
            each_of(at, [&](const JsonValue& one) {
                if (left-- != 0) return true;
                more = found(one);
                return false;
            });
            return more;
        }
        case Segment::Kind::filter:
            break;
    }
    std::string wanted;
    if (segment.is.render(values, wanted)) return true;
    bool more = true;
    each_of(at, [&](const JsonValue& one) {
        const auto value = field(one, segment.key);
        if (!value || text_of(*value) != wanted) return true;
        more = found(one);
        return false;
    });
    return more;
}

bool JsonPath::walk_xml(const JsonValue& at, std::size_t segment, const Values& values,
                        const std::function<bool(const JsonValue&)>& found) const {
    if (segment == segments_.size()) return each_of(at, found);
    return step_xml(at, segments_[segment], values,
                    [&](const JsonValue& next) { return walk_xml(next, segment + 1, values, found); });
}

std::optional<JsonValue> JsonPath::first_xml(const JsonValue& root, const Values& values) const {
    std::optional<JsonValue> out;
    walk_xml(root, 0, values, [&](const JsonValue& value) {
        out = value_of(value);
        return false;
    });
    return out;
}

bool JsonPath::leads_to_nothing(const JsonValue& root, const Values& values) const {
    if (values.notation != Notation::xml || segments_.empty() || segments_.back().kind != Segment::Kind::key) return false;
    JsonPath parent = *this;
    parent.segments_.pop_back();
    const auto holder = parent.first_xml(root, values);
    return holder && (holder->is_null() || text_of(*holder) == "");
}

}  // namespace lastunit::drivers::http
