// What a path's `[-> list]` looks up: lists of one answer, by a key of their entries.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/http/json.hpp"
#include "drivers/http/values.hpp"

namespace lastunit::drivers::http {

// `a.b` inside the object; none where it does not lead that far.
std::optional<JsonValue> field(JsonValue at, std::string_view keys);

// Each list is gone through once, when it is first asked for: an answer of two thousand orders has as many lines and variants.
// Good as long as the document.
class References {
   public:
    References(const JsonValue& document, Notation notation) : document_(document), notation_(notation) {}

    struct Found {
        std::vector<JsonValue> entries;
        std::string missing;   // what is not there, as words; empty where something was found
        bool no_list = false;  // that
    };
    // What `value` refers to in the list at the keys `list`: entries whose field at the keys `by` is that text or number, or the
    // object's `id`; then they have the object's `type` too, where it has one.
    Found find(const JsonValue& value, const std::string& list, const std::string& by);

   private:
    using Entries = std::map<std::string, std::vector<JsonValue>, std::less<>>;
    const Entries* entries(const std::string& list, const std::string& by);  // null: there is no such list

    std::optional<JsonValue> field_of(const JsonValue& at, std::string_view keys) const;
    std::string text_in(const JsonValue& at, std::string_view keys) const;
    std::optional<std::vector<JsonValue>> list_at(const std::string& keys) const;

    JsonValue document_;
    Notation notation_;
    std::map<std::string, std::optional<Entries>, std::less<>> lists_;
};

}  // namespace lastunit::drivers::http
