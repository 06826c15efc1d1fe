// A way to values in a JSON document: `data.order.lines[0].id`, `[-1]`, `[*]`, `[sku=A-1]`, `["a key"]`, `$`, and by `[->
// included]` to where a value refers to in the same document. In one that was XML (`Values::notation`, xml.hpp) a key leads to
// every element of that name, be it one or several, and a value is the first's.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/http/json.hpp"
#include "drivers/http/references.hpp"
#include "drivers/http/template.hpp"

namespace lastunit::drivers::http {

class JsonPath {
   public:
    // Returns what is wrong, with the place in the path, or nothing.
    std::string read(std::string_view text, Names& names);

    bool given() const { return given_; }
    bool has_every() const;       // a [*] or a reference: any number of values is right, none too
    bool has_references() const;  // a [-> list]. Where `root` is not the document, `values.references` is of it
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
    // The first reference on the way that leads nowhere, as words. Empty: none. One `by` a key at the end of the path may have
    // none.
    std::string broken(const JsonValue& root, const Values& values) const;

   private:
    struct Segment {
        enum class Kind : std::uint8_t { key, index, every, filter, reference };
        Kind kind = Kind::key;
        std::string key;         // of the filter: the field compared; of the reference: the list; may be a path of keys
        std::string by;          // of the reference: the field compared; empty: `id`
        std::int64_t index = 0;  // below 0: from the end
        Template is;             // of the filter
        std::string shown;
    };
    struct Reader;
    struct Walk;

    bool walk(Walk& with, const JsonValue& at, std::size_t segment) const;
    bool follow(Walk& with, const JsonValue& from, std::size_t segment) const;
    bool leads_on(Walk& with, const JsonValue& at, std::size_t segment) const;
    bool may_be_none(std::size_t segment, const References::Found& found) const;
    std::optional<JsonValue> step(const JsonValue& at, const Segment& segment, const Values& values) const;

    bool walk_xml(Walk& with, const JsonValue& at, std::size_t segment) const;
    // One step on to every element there (xml_path.cpp). False when `found` wanted no more.
    bool step_xml(const JsonValue& at, const Segment& segment, const Values& values,
                  const std::function<bool(const JsonValue&)>& found) const;
    // One step on in either, to the first value there.
    std::optional<JsonValue> next(const JsonValue& at, const Segment& segment, const Values& values) const;

    bool given_ = false;
    std::string text_;
    std::vector<Segment> segments_;
};

}  // namespace lastunit::drivers::http
