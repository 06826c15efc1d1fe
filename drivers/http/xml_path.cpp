// How a path leads through an XML document, where nothing says whether an element may be there more than once: as in XPath, a key
// leads to every element of that name, be it one or many, and a value is the first's. So `order.id` reads a shop with one order
// as it reads one with two, and `rows: orders.order` is a list of both.
#include "drivers/http/elements.hpp"
#include "drivers/http/json_path.hpp"

namespace lastunit::drivers::http {

bool JsonPath::step_xml(const JsonValue& at, const Segment& segment, const Values& values,
                        const std::function<bool(const JsonValue&)>& found) const {
    if (segment.kind == Segment::Kind::every) return each_element(at, found);
    if (segment.kind == Segment::Kind::key)
        return each_element(at, [&](const JsonValue& one) {
            const auto next = child_of(one, segment.key);
            return !next || found(*next);
        });
    if (segment.kind == Segment::Kind::index) {
        const auto next = nth_element(at, segment.index);
        return !next || found(*next);
    }
    std::string wanted;
    if (segment.is.render(values, wanted)) return true;
    std::optional<JsonValue> next;
    each_element(at, [&](const JsonValue& one) {
        const auto value = element_field(one, segment.key);
        if (value && text_of(*value) == wanted) next = one;
        return !next;
    });
    return !next || found(*next);
}

bool JsonPath::leads_to_nothing(const JsonValue& root, const Values& values) const {
    if (values.notation != Notation::xml || segments_.empty() || segments_.back().kind != Segment::Kind::key) return false;
    JsonPath parent = *this;
    parent.segments_.pop_back();
    const auto holder = parent.first(root, values);
    return holder && is_empty_element(*holder);
}

}  // namespace lastunit::drivers::http
