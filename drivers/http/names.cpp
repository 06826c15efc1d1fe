#include "drivers/http/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/suggest.hpp"

namespace lastunit::drivers::http {
namespace {

constexpr std::array kBuiltins{
    std::pair{"unique.email", Builtin::unique_email},
    std::pair{"unique.id", Builtin::unique_id},
    std::pair{"unique.uuid", Builtin::unique_uuid},
    std::pair{"unique.number", Builtin::unique_number},
    std::pair{"shopper", Builtin::shopper},
    std::pair{"attempt", Builtin::attempt},
    std::pair{"run", Builtin::run},
    std::pair{"quantity", Builtin::quantity},
    std::pair{"sku", Builtin::sku},
    std::pair{"node", Builtin::node},
    std::pair{"stock", Builtin::stock},
    std::pair{"now.iso", Builtin::now_iso},
    std::pair{"now.s", Builtin::now_s},
    std::pair{"now.ms", Builtin::now_ms},
    std::pair{"request.body", Builtin::request_body},
    std::pair{"page.number", Builtin::page_number},
    std::pair{"page.offset", Builtin::page_offset},
    std::pair{"page.size", Builtin::page_size},
    std::pair{"page.cursor", Builtin::page_cursor},
};

std::uint16_t slot_of(std::vector<std::string>& names, const std::string& name) {
    const auto slot = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    if (slot == names.size()) names.push_back(name);
    return static_cast<std::uint16_t>(slot);
}

std::optional<std::uint16_t> find_in(const std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::uint16_t>(found - names.begin());
}

std::string unknown(const std::string& word, const std::string& of, const std::vector<std::string>& valid) {
    const std::string hint = scenarios::suggest(word, valid);
    return "{{" + word + "}}: nothing defines it" + (hint.empty() ? of : hint);
}

}  // namespace

std::uint16_t Names::variable(const std::string& name) { return slot_of(variables_, name); }
std::uint16_t Names::sku_value(const std::string& name) { return slot_of(sku_values_, name); }
std::uint16_t Names::row_value(const std::string& name) { return slot_of(row_values_, name); }
std::uint16_t Names::url(const std::string& name) { return slot_of(urls_, name); }
std::optional<std::uint16_t> Names::find_variable(const std::string& name) const { return find_in(variables_, name); }
std::optional<std::uint16_t> Names::find_sku_value(const std::string& name) const { return find_in(sku_values_, name); }

Names::Found Names::from_environment(const std::string& name, Needed needed) {
    const auto value = environment_ ? environment_(name) : std::nullopt;
    if (!value) {
        const bool said = std::find(unset_.begin(), unset_.end(), name) != unset_.end();
        if (!said && needed == Needed::yes) unset_.push_back(name);
        return {.name = {}, .text = "", .error = "", .known = Known::unset};
    }
    if (!value->empty() && std::find(secrets_.begin(), secrets_.end(), *value) == secrets_.end()) secrets_.push_back(*value);
    return {.name = {}, .text = *value, .error = "", .known = Known::secret};
}

Names::Found Names::from_row(const std::string& name) {
    Found found;
    if (!row_names_) {
        found.error = "{{row." + name + "}} is of a step with `for_each`: this one is done for no row";
    } else if (row_names_->count(name) + row_names_->count("*") == 0) {
        const std::vector<std::string> valid(row_names_->begin(), row_names_->end());
        found.error = "{{row." + name + "}}: neither the `values` of its list nor a step for each row of it has `" + name + "`" +
                      scenarios::suggest(name, valid);
    } else {
        found.name = {Name::Kind::row_value, {}, row_value(name)};
    }
    return found;
}

Names::Found Names::find(std::string_view word, Needed needed) {
    const std::size_t first = word.find_first_not_of(' '), last = word.find_last_not_of(' ');
    const std::string name(first == std::string_view::npos ? "" : word.substr(first, last - first + 1));
    Found found;
    if (name.empty()) {
        found.error = "{{}} names nothing";
        return found;
    }
    for (const auto& [known, builtin] : kBuiltins)
        if (name == known) {
            found.name = {Name::Kind::builtin, builtin, 0};
            used_ |= 1U << static_cast<unsigned>(builtin);
            return found;
        }
    if (name.starts_with("env.")) return from_environment(name.substr(4), needed);
    if (name.starts_with("sku.")) {
        if (const auto slot = find_sku_value(name.substr(4)))
            found.name = {Name::Kind::sku_value, {}, *slot};
        else
            found.error = "{{" + name + "}}: neither `skus` nor a set-up step with `each: sku` defines `" + name.substr(4) + "`" +
                          scenarios::suggest(name.substr(4), sku_values_);
        return found;
    }
    if (name.starts_with("row.")) return from_row(name.substr(4));
    if (name.starts_with("url.")) {
        if (const auto slot = find_in(urls_, name.substr(4)))
            found.name = {Name::Kind::url, {}, *slot};
        else
            found.error = "{{" + name + "}}: no such base URL" + scenarios::suggest(name.substr(4), urls_);
        return found;
    }
    if (const auto slot = find_variable(name)) {
        found.name = {Name::Kind::variable, {}, *slot};
        return found;
    }
    std::vector<std::string> valid = variables_;
    for (const auto& [known, builtin] : kBuiltins) valid.emplace_back(known);
    found.error = unknown(name, "; neither `variables` nor a step's `extract` has it", valid);
    return found;
}

}  // namespace lastunit::drivers::http
