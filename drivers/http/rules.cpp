#include "drivers/http/rules.hpp"

#include <algorithm>
#include <charconv>

namespace lastunit::drivers::http {
namespace {

bool status_fits(const Condition& condition, unsigned status) {
    return condition.status.empty() || std::any_of(condition.status.begin(), condition.status.end(), [&](const auto& range) {
               return status >= range.first && status <= range.second;
           });
}

bool value_fits(const Condition& condition, const std::optional<std::string>& value) {
    if (condition.wants == Condition::Wants::absent) return !value;
    if (!condition.is_not.empty() && value && *value == condition.is_not) return false;
    if (!condition.is_not.empty() && condition.wants != Condition::Wants::there) return true;
    if (!value) return false;
    if (!condition.contains.empty() && value->find(condition.contains) == std::string::npos) return false;
    return condition.one_of.empty() ||
           std::find(condition.one_of.begin(), condition.one_of.end(), *value) != condition.one_of.end();
}

bool holds(const Condition& condition, const Asked& of) {
    if (!status_fits(condition, of.response->status)) return false;
    if (!condition.body_contains.empty() && of.response->body.find(condition.body_contains) == std::string::npos) return false;
    if (condition.json.given()) {
        std::optional<std::string> text;
        if (of.document)
            if (const auto value = condition.json.first(*of.document, *of.values)) text = text_of(*value);
        if (!value_fits(condition, text)) return false;
    }
    if (!condition.header.empty()) {
        const std::string* value = of.response->header(condition.header);
        if (!value_fits(condition, value == nullptr ? std::nullopt : std::optional(*value))) return false;
    }
    return true;
}

// `200`, `4xx`, `500-504`
std::optional<std::pair<unsigned, unsigned>> read_status(const std::string& text) {
    const auto number = [](std::string_view digits) -> std::optional<unsigned> {
        unsigned value = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool good = digits.size() == 3 && error == std::errc{} && stop == digits.data() + digits.size() && value >= 100;
        return good ? std::optional(value) : std::nullopt;
    };
    if (text.size() == 3 && text.ends_with("xx") && text[0] >= '1' && text[0] <= '9') {
        const auto hundreds = static_cast<unsigned>(text[0] - '0') * 100;
        return std::pair{hundreds, hundreds + 99};
    }
    const std::size_t dash = text.find('-');
    const auto from = number(std::string_view(text).substr(0, dash));
    const auto to = dash == std::string::npos ? from : number(std::string_view(text).substr(dash + 1));
    if (!from || !to || *from > *to) return std::nullopt;
    return std::pair{*from, *to};
}

std::string one_text(const Condition& condition) {
    std::string out;
    const auto add = [&](const std::string& words) { out += (out.empty() ? "" : ", ") + words; };
    for (const auto& [from, to] : condition.status)
        add("status " + std::to_string(from) + (to == from ? "" : "-" + std::to_string(to)));
    if (condition.json.given()) add("json " + condition.json.text());
    if (!condition.header.empty()) add("header " + condition.header);
    for (const std::string& value : condition.one_of) add("is `" + value + "`");
    if (!condition.contains.empty()) add("contains `" + condition.contains + "`");
    if (!condition.is_not.empty()) add("is not `" + condition.is_not + "`");
    if (condition.wants == Condition::Wants::absent) add("is absent");
    if (!condition.body_contains.empty()) add("body contains `" + condition.body_contains + "`");
    return out;
}

}  // namespace

bool holds(const Conditions& conditions, const Asked& of) {
    return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& one) { return holds(one, of); });
}

std::string text_of(const Conditions& conditions) {
    std::string out;
    for (const Condition& one : conditions) out += (out.empty() ? "" : " and ") + one_text(one);
    return out;
}

Condition read_condition(const flow::Condition& from, Names& names, std::vector<std::string>& wrong) {
    Condition out;
    for (const std::string& status : from.status()) {
        const auto range = read_status(status);
        if (!range) wrong.push_back("status: expected `200`, `4xx` or `500-504`, not `" + status + "`");
        if (range) out.status.push_back(*range);
    }
    if (!from.json().empty())
        if (const std::string problem = out.json.read(from.json(), names); !problem.empty()) wrong.push_back("json: " + problem);
    out.header = from.header();
    out.body_contains = from.body_contains();
    out.one_of.assign(from.one_of().begin(), from.one_of().end());
    if (!from.is().empty()) out.one_of.push_back(from.is());
    out.contains = from.contains();
    out.is_not = from.is_not();
    if (from.absent()) out.wants = Condition::Wants::absent;
    if (!out.contains.empty() || !out.one_of.empty()) out.wants = Condition::Wants::there;
    const bool of_value = !out.one_of.empty() || !out.contains.empty() || !out.is_not.empty() || from.absent();
    if (of_value && from.json().empty() && from.header().empty())
        wrong.emplace_back("`is`, `one_of`, `contains`, `is_not` and `absent` are of a value: say `json` or `header`");
    if (!from.json().empty() && !from.header().empty())
        wrong.emplace_back("has `json` and `header`: put one of them under `and`");
    if (from.absent() && out.wants == Condition::Wants::there)
        wrong.emplace_back("`absent` goes without `is`, `one_of` and `contains`");
    if (from.status().empty() && from.json().empty() && from.header().empty() && from.body_contains().empty())
        wrong.emplace_back("has no condition: `status`, `json`, `header` or `body_contains`");
    return out;
}

flow::Condition condition_of(const flow::Rule& rule) {
    flow::Condition out;
    *out.mutable_status() = rule.status();
    out.set_json(rule.json());
    out.set_header(rule.header());
    out.set_body_contains(rule.body_contains());
    out.set_is(rule.is());
    *out.mutable_one_of() = rule.one_of();
    out.set_contains(rule.contains());
    out.set_is_not(rule.is_not());
    out.set_absent(rule.absent());
    return out;
}

}  // namespace lastunit::drivers::http
