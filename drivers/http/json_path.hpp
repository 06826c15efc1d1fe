// A way to values in a JSON document: `data.order.lines[0].id`, `[-1]`, `[*]`, `[sku=A-1]`, `["a key"]`, `$`. In one that was XML
// (`Values::notation`, xml.hpp) a key leads to every element of that name, be it one or several, and a value is the first's.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/http/json.hpp"
#include "drivers/http/template.hpp"

namespace lastunit::drivers::http {

class JsonPath {
   public:
    // Returns what is wrong, with the place in the path, or nothing.
    std::string read(std::string_view text, Names& names);

    bool given() const { return given_; }
    bool has_every() const;  // a [*]: any number of values is right, none too
    const std::string& text() const { return text_; }

    // The first value there, or none.
    std::optional<JsonValue> first(const JsonValue& root, const Values& values) const;
    // Whether there is a place for a value: it has one, or null stands there or somewhere on the way.
    bool leads(const JsonValue& root, const Values& values) const;
    // Every value there: more than one where the path has [*]. Of XML the elements one by one, never as a list.
    void each(const JsonValue& root, const Values& values, const std::function<void(const JsonValue&)>& found) const;

    // Of XML: that the path leads to no element because that which would hold them is empty, `<orders/>`: a list without rows.
    bool leads_to_nothing(const JsonValue& root, const Values& values) const;

    // For a person to whom nothing was found: how far the path leads, and what is there. "`data.order` is null", "`cart` has no
    // `ids`; it has id, items, region".
    std::string missing(const JsonValue& root, const Values& values) const;

   private:
    struct Segment {
        enum class Kind : std::uint8_t { key, index, every, filter };
        Kind kind = Kind::key;
        std::string key;         // of the filter: the field compared; may be a path of keys
        std::int64_t index = 0;  // below 0: from the end
        Template is;             // of the filter
        std::string shown;
    };
    struct Reader;

    bool walk(const JsonValue& at, std::size_t segment, const Values& values,
              const std::function<bool(const JsonValue&)>& found) const;
    std::optional<JsonValue> step(const JsonValue& at, const Segment& segment, const Values& values) const;

    // One step on, of the first that it leads to.
    std::optional<JsonValue> next(const JsonValue& at, const Segment& segment, const Values& values) const;

    // Of XML (xml_path.cpp).
    std::optional<JsonValue> first_xml(const JsonValue& root, const Values& values) const;
    bool walk_xml(const JsonValue& at, std::size_t segment, const Values& values,
                  const std::function<bool(const JsonValue&)>& found) const;
    bool step_xml(const JsonValue& at, const Segment& segment, const Values& values,
                  const std::function<bool(const JsonValue&)>& found) const;

    bool given_ = false;
    std::string text_;
    std::vector<Segment> segments_;
};

}  // namespace lastunit::drivers::http
