#include "drivers/http/json_path.hpp"

#include <algorithm>
#include <charconv>

#include "drivers/http/elements.hpp"
#include "drivers/http/text.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kMostSegments = 32, kMostKeysShown = 12;

std::optional<JsonValue> nth(const JsonValue& at, std::int64_t index) {
    if (!at.is_array()) return std::nullopt;
    const simdjson::dom::array list = list_in(at);
    if (index < 0) {
        std::int64_t size = 0;
        for ([[maybe_unused]] const JsonValue one : list) ++size;
        index += size;
    }
    if (index < 0) return std::nullopt;
    for (const JsonValue one : list)
        if (index-- == 0) return one;
    return std::nullopt;
}

std::string described(const JsonValue& at, Notation notation) {
    const std::string what = notation == Notation::xml ? "element" : "object";
    if (at.is_null()) return "null";
    if (at.is_object()) {
        std::string keys;
        std::size_t count = 0;
        for (const auto [key, value] : object_in(at)) {
            if (++count > kMostKeysShown) {
                keys += ", ...";
                break;
            }
            keys += (keys.empty() ? "" : ", ") + std::string(key);
        }
        return keys.empty() ? "an empty object" : "an " + what + " with " + keys;
    }
    if (at.is_array()) {
        std::size_t size = 0;
        for ([[maybe_unused]] const JsonValue one : list_in(at)) ++size;
        if (notation == Notation::xml) return std::to_string(size) + " elements, the first " + described(*nth(at, 0), notation);
        return size == 0 ? "an empty list" : "a list of " + std::to_string(size);
    }
    const auto text = text_of(at);
    if (text && text->empty() && notation == Notation::xml) return "empty";
    return "`" + (text ? text->substr(0, 60) : "") + "`";
}

}  // namespace

struct JsonPath::Reader {
    std::string_view text;
    Names& names;
    std::vector<Segment>& out;
    std::size_t at = 0;

    std::string wrong(const std::string& what) const { return what + " at character " + std::to_string(at + 1) + " of the path"; }

    std::string read() {
        if (text.empty()) return "a path cannot be empty; the document itself is `$`";
        if (text[0] == '/') return "a path goes by dots and brackets, `data.items[0].id`, not by slashes";
        if (text[0] == '$') at = 1;
        bool begin = at == 0;
        while (at < text.size()) {
            if (out.size() >= kMostSegments) return "a path has at most " + std::to_string(kMostSegments) + " parts";
            std::string problem;
            if (text[at] == '[') {
                problem = bracket();
            } else {
                if (!begin && text[at] != '.') return wrong("expected `.` or `[`");
                if (!begin) ++at;
                problem = key();
            }
            if (!problem.empty()) return problem;
            begin = false;
        }
        return "";
    }

    // What XPath says otherwise.
    static std::string not_xpath(std::string_view key) {
        if (key == "text()") return "the text of an element is `#text`, or the element itself";
        const std::size_t attribute = key.find("/@");
        if (attribute == std::string_view::npos) return "";
        return "an attribute is a key of its own: `" + std::string(key.substr(0, attribute)) + "." +
               std::string(key.substr(attribute + 1)) + "`";
    }

    std::string key() {
        const std::size_t end = std::min(text.find_first_of(".[]", at), text.size());
        if (end == at) return wrong("expected a key");
        if (std::string problem = not_xpath(text.substr(at, end - at)); !problem.empty()) return problem;
        Segment segment;
        segment.key = std::string(text.substr(at, end - at));
        segment.shown = (out.empty() ? "" : ".") + segment.key;
        out.push_back(std::move(segment));
        at = end;
        return "";
    }

    // The bracket that closes: not one inside quotes or {{braces}}.
    std::size_t closing() const {
        bool quotes = false;
        for (std::size_t i = at + 1; i < text.size(); ++i) {
            if (text[i] == '"') quotes = !quotes;
            if (text[i] == ']' && !quotes) return i;
        }
        return std::string_view::npos;
    }

    // `included`, `order_lines by order_id`
    std::string reference(std::string_view inside, Segment& segment) const {
        segment.kind = Segment::Kind::reference;
        const std::size_t by = inside.find(" by ");
        segment.key = std::string(trimmed(inside.substr(0, by)));
        if (by != std::string_view::npos) segment.by = std::string(trimmed(inside.substr(by + 4)));
        const auto is_keys = [](const std::string& keys) {
            return !keys.empty() && keys.front() != '.' && keys.back() != '.' &&
                   keys.find_first_of(" []*$/") == std::string::npos;
        };
        if (!is_keys(segment.key) || (by != std::string_view::npos && !is_keys(segment.by)))
            return wrong(
                "expected [-> list], or [-> list by key]; both are keys, with dots between, from the document and from its "
                "entry");
        return "";
    }

    std::string bracket() {
        const std::size_t end = closing();
        if (end == std::string_view::npos) return wrong("`[` is not closed");
        const std::string_view inside = text.substr(at + 1, end - at - 1);
        Segment segment;
        segment.shown = std::string(text.substr(at, end - at + 1));
        const std::size_t equals = inside.find('=');
        if (inside == "*") {
            segment.kind = Segment::Kind::every;
        } else if (inside.starts_with("->")) {
            if (std::string problem = reference(inside.substr(2), segment); !problem.empty()) return problem;
        } else if (inside.size() >= 3 && inside.front() == '"' && inside.back() == '"') {
            segment.key = std::string(inside.substr(1, inside.size() - 2));
        } else if (equals != std::string_view::npos && equals > 0) {
            segment.kind = Segment::Kind::filter;
            segment.key = std::string(inside.substr(0, equals));
            std::string_view value = inside.substr(equals + 1);
            if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
            if (std::string problem = segment.is.read(value, Escape::none, names); !problem.empty()) return problem;
        } else {
            segment.kind = Segment::Kind::index;
            const auto [stop, error] = std::from_chars(inside.data(), inside.data() + inside.size(), segment.index);
            if (inside.empty() || error != std::errc{} || stop != inside.data() + inside.size())
                return wrong("expected [0], [-1], [*], [key=value], [\"a key\"] or [-> list]");
        }
        out.push_back(std::move(segment));
        at = end + 1;
        return "";
    }
};

std::string JsonPath::read(std::string_view text, Names& names) {
    given_ = true;
    text_ = std::string(text);
    segments_.clear();
    return Reader{text, names, segments_}.read();
}

// One way through a document.
struct JsonPath::Walk {
    const Values& values;
    const std::function<bool(const JsonValue&)>& found;  // false: no more is wanted
    const JsonValue& root;
    std::string* broken = nullptr;    // the first reference that leads nowhere
    std::optional<References> own{};  // of the root, where it is the document

    bool is_xml() const { return values.notation == Notation::xml; }
    References& references() {
        if (values.references != nullptr) return *values.references;
        if (!own) own.emplace(root, values.notation);
        return *own;
    }
};

bool JsonPath::has_every() const {
    return std::any_of(segments_.begin(), segments_.end(), [](const Segment& one) {
        return one.kind == Segment::Kind::every || one.kind == Segment::Kind::reference;
    });
}

bool JsonPath::has_references() const {
    return std::any_of(segments_.begin(), segments_.end(),
                       [](const Segment& one) { return one.kind == Segment::Kind::reference; });
}

std::optional<JsonValue> JsonPath::step(const JsonValue& at, const Segment& segment, const Values& values) const {
    if (segment.kind == Segment::Kind::index) return nth(at, segment.index);
    if (segment.kind == Segment::Kind::key) {
        JsonValue next;
        if (!at.is_object() || object_in(at).at_key(segment.key).get(next) != simdjson::SUCCESS) return std::nullopt;
        return next;
    }
    if (!at.is_array()) return std::nullopt;
    std::string wanted;
    if (segment.is.render(values, wanted)) return std::nullopt;
    for (const JsonValue one : list_in(at)) {
        const auto value = field(one, segment.key);
        if (value && text_of(*value) == wanted) return one;
    }
    return std::nullopt;
}

// False when `found` wants no more.
bool JsonPath::walk(Walk& with, const JsonValue& at, std::size_t segment) const {
    if (with.is_xml()) return walk_xml(with, at, segment);
    JsonValue here = at;
    for (; segment < segments_.size(); ++segment) {
        const Segment::Kind kind = segments_[segment].kind;
        if (kind == Segment::Kind::reference) return follow(with, here, segment);
        if (kind == Segment::Kind::every) {
            if (!here.is_array()) return true;
            for (const JsonValue one : list_in(here))
                if (!walk(with, one, segment + 1)) return false;
            return true;
        }
        const auto next = step(here, segments_[segment], with.values);
        if (!next) return true;
        here = *next;
    }
    return with.found(here);
}

bool JsonPath::walk_xml(Walk& with, const JsonValue& at, std::size_t segment) const {
    if (segment == segments_.size()) return each_element(at, with.found);
    const Segment& to = segments_[segment];
    if (to.kind == Segment::Kind::reference) return follow(with, at, segment);
    return step_xml(at, to, with.values, [&](const JsonValue& next) { return walk_xml(with, next, segment + 1); });
}

std::optional<JsonValue> JsonPath::next(const JsonValue& at, const Segment& segment, const Values& values) const {
    if (values.notation == Notation::json) return segment.kind == Segment::Kind::every ? nth(at, 0) : step(at, segment, values);
    std::optional<JsonValue> out;
    step_xml(at, segment, values, [&](const JsonValue& one) {
        out = one;
        return false;
    });
    return out;
}

// Of an order's lines, which name their order, there may be none.
bool JsonPath::may_be_none(std::size_t segment, const References::Found& found) const {
    return !segments_[segment].by.empty() && segment + 1 == segments_.size() && !found.no_list;
}

// A list refers to what each of its values does, and null to nothing.
bool JsonPath::follow(Walk& with, const JsonValue& from, std::size_t segment) const {
    if (from.is_null()) return true;
    if (from.is_array()) {
        for (const JsonValue one : list_in(from))
            if (!follow(with, one, segment)) return false;
        return true;
    }
    const Segment& to = segments_[segment];
    const References::Found found = with.references().find(from, to.key, to.by.empty() ? "id" : to.by);
    if (found.entries.empty() && !may_be_none(segment, found) && with.broken != nullptr && with.broken->empty())
        *with.broken = "`" + text_ + "`: " + found.missing;
    return std::all_of(found.entries.begin(), found.entries.end(),
                       [&](const JsonValue& one) { return walk(with, one, segment + 1); });
}

std::optional<JsonValue> JsonPath::first(const JsonValue& root, const Values& values) const {
    std::optional<JsonValue> out;
    const std::function<bool(const JsonValue&)> found = [&](const JsonValue& value) {
        out = values.notation == Notation::xml ? element_value(value) : value;
        return false;
    };
    Walk with{values, found, root};
    walk(with, root, 0);
    return out;
}

std::string JsonPath::broken(const JsonValue& root, const Values& values) const {
    std::string out;
    const std::function<bool(const JsonValue&)> found = [](const JsonValue&) { return true; };
    Walk with{values, found, root, &out};
    walk(with, root, 0);
    return out;
}

bool JsonPath::leads(const JsonValue& root, const Values& values) const {
    const std::function<bool(const JsonValue&)> nobody;
    Walk with{values, nobody, root};
    return leads_on(with, root, 0);
}

bool JsonPath::leads_on(Walk& with, const JsonValue& at, std::size_t segment) const {
    JsonValue here = at;
    for (; segment < segments_.size(); ++segment) {
        const Segment& to = segments_[segment];
        if (here.is_null()) return true;
        if (to.kind == Segment::Kind::every) return here.is_array() || with.is_xml();
        if (to.kind == Segment::Kind::reference) {
            // Of a list of them one is enough, as of the rows of a page.
            const auto one_leads = [&](const JsonValue& from) {
                if (from.is_null()) return true;
                const References::Found found = with.references().find(from, to.key, to.by.empty() ? "id" : to.by);
                if (found.entries.empty()) return may_be_none(segment, found);
                return std::any_of(found.entries.begin(), found.entries.end(),
                                   [&](const JsonValue& one) { return leads_on(with, one, segment + 1); });
            };
            if (!here.is_array()) return one_leads(here);
            const auto list = list_in(here);
            return list.size() == 0 || std::any_of(list.begin(), list.end(), one_leads);
        }
        const auto further = next(here, to, with.values);
        if (!further) return false;
        here = *further;
    }
    return true;
}

void JsonPath::each(const JsonValue& root, const Values& values, const std::function<void(const JsonValue&)>& found) const {
    const std::function<bool(const JsonValue&)> all = [&](const JsonValue& value) {
        found(value);
        return true;
    };
    Walk with{values, all, root};
    walk(with, root, 0);
}

std::string JsonPath::missing(const JsonValue& root, const Values& values) const {
    JsonValue here = root;
    std::string so_far;
    for (const Segment& segment : segments_) {
        if (segment.kind == Segment::Kind::reference) {
            const std::string wrong = broken(root, values);
            return wrong.empty() ? "`" + text_ + "` refers to what does not have it" : wrong;
        }
        const auto further = next(here, segment, values);
        if (!further)
            return (so_far.empty() ? "the document" : "`" + so_far + "`") + " has no `" +
                   (segment.kind == Segment::Kind::key ? segment.key : segment.shown) + "`: it is " +
                   described(here, values.notation);
        so_far += segment.shown;
        here = *further;
    }
    return "`" + so_far + "` is " + described(here, values.notation);
}

}  // namespace lastunit::drivers::http
