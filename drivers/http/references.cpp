#include "drivers/http/references.hpp"

#include "drivers/http/elements.hpp"

namespace lastunit::drivers::http {

std::optional<JsonValue> field(JsonValue at, std::string_view keys) {
    while (!keys.empty()) {
        const std::size_t dot = keys.find('.');
        JsonValue next;
        if (!at.is_object() || object_in(at).at_key(keys.substr(0, dot)).get(next) != simdjson::SUCCESS) return std::nullopt;
        at = next;
        keys.remove_prefix(dot == std::string_view::npos ? keys.size() : dot + 1);
    }
    return at;
}

std::optional<JsonValue> References::field_of(const JsonValue& at, std::string_view keys) const {
    return notation_ == Notation::xml ? element_field(at, keys) : field(at, keys);
}

std::string References::text_in(const JsonValue& at, std::string_view keys) const {
    const auto found = field_of(at, keys);
    return found ? text_of(*found).value_or("") : "";
}

// Of XML one element is a list of one, and an empty one a list of none.
std::optional<std::vector<JsonValue>> References::list_at(const std::string& keys) const {
    std::vector<JsonValue> out;
    if (notation_ == Notation::json) {
        const auto found = field(document_, keys);
        if (!found || !found->is_array()) return std::nullopt;
        for (const JsonValue one : list_in(*found)) out.push_back(one);
        return out;
    }
    const auto found = elements_at(document_, keys);
    if (!found) {
        const std::size_t last = keys.rfind('.');
        const auto holder = last == std::string::npos ? std::nullopt : elements_at(document_, keys.substr(0, last));
        return holder && is_empty_element(*holder) ? std::optional(out) : std::nullopt;
    }
    each_element(*found, [&](const JsonValue& one) {
        out.push_back(one);
        return true;
    });
    return out;
}

const References::Entries* References::entries(const std::string& list, const std::string& by) {
    const auto [known, first] = lists_.try_emplace(list + '\n' + by);
    if (!first) return known->second ? &*known->second : nullptr;
    const auto found = list_at(list);
    if (!found) return nullptr;
    Entries& out = known->second.emplace();
    for (const JsonValue& one : *found)
        if (const auto key = field_of(one, by))
            if (const auto text = text_of(*key)) out[*text].push_back(one);
    return &out;
}

References::Found References::find(const JsonValue& value, const std::string& list, const std::string& by) {
    Found out;
    const JsonValue from = notation_ == Notation::xml ? element_value(value) : value;
    const bool is_object = from.is_object();
    const std::string id = is_object ? text_in(from, "id") : text_of(from).value_or("");
    const std::string type = is_object ? text_in(from, "type") : "";
    const Entries* known = entries(list, by);
    if (known == nullptr) {
        out.no_list = true;
        out.missing = "the answer has no list `" + list + "`";
        return out;
    }
    if (const auto same = known->find(id); same != known->end() && !id.empty())
        for (const JsonValue& one : same->second)
            if (type.empty() || text_in(one, "type") == type) out.entries.push_back(one);
    if (out.entries.empty())
        out.missing = "`" + list + "` has no entry with " + by + " `" + id.substr(0, 60) + "`" +
                      (type.empty() ? "" : " and type `" + type.substr(0, 60) + "`");
    return out;
}

}  // namespace lastunit::drivers::http
