#include "drivers/http/rules.hpp"

#include <algorithm>
#include <charconv>

#include "drivers/http/decimal.hpp"

namespace lastunit::drivers::http {
namespace {

bool status_fits(const Condition& condition, unsigned status) {
    return condition.status.empty() || std::any_of(condition.status.begin(), condition.status.end(), [&](const auto& range) {
               return status >= range.first && status <= range.second;
           });
}

// Null where a name in it has no value.
const std::string* rendered(const Template& text, const Values& values, std::string& room) {
    if (const std::string* literal = text.literal()) return literal;
    room.clear();
    return text.render(values, room) ? nullptr : &room;
}

bool number_fits(const Condition& condition, const std::string& value, const Values& values) {
    const auto number = decimal_of(value);
    if (!number) return false;
    std::string room;
    const auto bound = [&](const Template& text) {
        const std::string* wanted = rendered(text, values, room);
        return wanted == nullptr ? std::nullopt : decimal_of(*wanted);
    };
    if (condition.at_least) {
        const auto least = bound(*condition.at_least);
        if (!least || compare(*number, *least) < 0) return false;
    }
    if (!condition.at_most) return true;
    const auto most = bound(*condition.at_most);
    return most && compare(*number, *most) <= 0;
}

bool value_fits(const Condition& condition, const std::optional<std::string>& value, const Values& values) {
    if (condition.wants == Condition::Wants::absent) return !value;
    std::string room;
    if (condition.is_not) {
        const std::string* other = rendered(*condition.is_not, values, room);
        if (other == nullptr || (value && *value == *other)) return false;
        if (condition.wants != Condition::Wants::there) return true;
    }
    if (!value) return false;
    if (condition.contains) {
        const std::string* part = rendered(*condition.contains, values, room);
        if (part == nullptr || value->find(*part) == std::string::npos) return false;
    }
    if ((condition.at_least || condition.at_most) && !number_fits(condition, *value, values)) return false;
    return condition.one_of.empty() || std::any_of(condition.one_of.begin(), condition.one_of.end(), [&](const Template& one) {
               const std::string* wanted = rendered(one, values, room);
               return wanted != nullptr && *wanted == *value;
           });
}

std::optional<std::string> asked_value(const Condition& condition, const Asked& of) {
    if (condition.value) {
        std::string text;
        return condition.value->render(*of.values, text) ? std::nullopt : std::optional(std::move(text));
    }
    if (!condition.header.empty()) {
        const std::string* value = of.response->header(condition.header);
        return value == nullptr ? std::nullopt : std::optional(*value);
    }
    const auto value = of.document ? condition.json.first(*of.document, *of.values) : std::nullopt;
    return value ? text_of(*value) : std::nullopt;
}

bool holds(const Condition& condition, const Asked& of) {
    if (!condition.status.empty() && !status_fits(condition, of.response->status)) return false;
    if (condition.body_contains) {
        std::string room;
        const std::string* part = rendered(*condition.body_contains, *of.values, room);
        if (part == nullptr || of.response->body.find(*part) == std::string::npos) return false;
    }
    const bool of_value = condition.value || condition.json.given() || !condition.header.empty();
    return !of_value || value_fits(condition, asked_value(condition, of), *of.values);
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
    if (condition.value) add("value " + condition.value->written());
    for (const Template& value : condition.one_of) add("is `" + value.written() + "`");
    if (condition.contains) add("contains `" + condition.contains->written() + "`");
    if (condition.is_not) add("is not `" + condition.is_not->written() + "`");
    if (condition.at_least) add("is at least " + condition.at_least->written());
    if (condition.at_most) add("is at most " + condition.at_most->written());
    if (condition.wants == Condition::Wants::absent) add("is absent");
    if (condition.body_contains) add("body contains `" + condition.body_contains->written() + "`");
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

namespace {

void read_values(const flow::Condition& from, Names& names, std::vector<std::string>& wrong, Condition& out) {
    const auto text = [&](const char* field, const std::string& written) {
        Template made;
        if (const std::string problem = made.read(written, Escape::none, names); !problem.empty())
            wrong.push_back(std::string(field) + ": " + problem);
        return made;
    };
    const auto given = [&](const char* field, const std::string& written, std::optional<Template>& to) {
        if (!written.empty()) to = text(field, written);
    };
    given("value", from.value(), out.value);
    given("body_contains", from.body_contains(), out.body_contains);
    given("contains", from.contains(), out.contains);
    given("is_not", from.is_not(), out.is_not);
    given("at_least", from.at_least(), out.at_least);
    given("at_most", from.at_most(), out.at_most);
    for (const std::string& one : from.one_of()) out.one_of.push_back(text("one_of", one));
    if (!from.is().empty()) out.one_of.push_back(text("is", from.is()));
    for (const auto& [field, bound] : {std::pair{"at_least", &out.at_least}, std::pair{"at_most", &out.at_most}}) {
        const std::string* literal = *bound ? (*bound)->literal() : nullptr;
        if (literal != nullptr && !decimal_of(*literal))
            wrong.push_back(std::string(field) + ": `" + *literal + "` is not a number");
    }
}

void check_places(const flow::Condition& from, ConditionOf of, std::vector<std::string>& wrong) {
    const int places = (from.json().empty() ? 0 : 1) + (from.header().empty() ? 0 : 1) + (from.value().empty() ? 0 : 1);
    const bool of_value = !from.is().empty() || !from.one_of().empty() || !from.contains().empty() || !from.is_not().empty() ||
                          !from.at_least().empty() || !from.at_most().empty() || from.absent();
    const bool of_answer = !from.status().empty() || !from.header().empty() || !from.body_contains().empty();
    if (of_value && places == 0)
        wrong.emplace_back(
            "`is`, `one_of`, `contains`, `is_not`, `at_least`, `at_most` and `absent` are of a value: say `json` or "
            "`header`, or `value` for a variable");
    if (places > 1) wrong.emplace_back("has more than one of `json`, `header` and `value`: put the others under `and`");
    if (of == ConditionOf::row && of_answer)
        wrong.emplace_back("is of a row: `json` or `value`, not `status`, `header` or the body");
    if (of == ConditionOf::values && (of_answer || !from.json().empty()))
        wrong.emplace_back("is asked before there is an answer: `value: \"{{name}}\"` alone");
    else if (places == 0 && !of_answer && !of_value)
        wrong.emplace_back("has no condition: `status`, `json`, `header`, `body_contains` or `value`");
}

}  // namespace

Condition read_condition(const flow::Condition& from, ConditionOf of, Names& names, std::vector<std::string>& wrong) {
    Condition out;
    for (const std::string& status : from.status()) {
        const auto range = read_status(status);
        if (!range) wrong.push_back("status: expected `200`, `4xx` or `500-504`, not `" + status + "`");
        if (range) out.status.push_back(*range);
    }
    if (!from.json().empty())
        if (const std::string problem = out.json.read(from.json(), names); !problem.empty()) wrong.push_back("json: " + problem);
    out.header = from.header();
    read_values(from, names, wrong, out);
    if (from.absent()) out.wants = Condition::Wants::absent;
    const bool there = out.contains || !out.one_of.empty() || out.at_least || out.at_most;
    if (from.absent() && (there || out.is_not)) wrong.emplace_back("`absent` goes without any other condition of the value");
    if (there) out.wants = Condition::Wants::there;
    check_places(from, of, wrong);
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
    out.set_value(rule.value());
    out.set_at_least(rule.at_least());
    out.set_at_most(rule.at_most());
    return out;
}

}  // namespace lastunit::drivers::http
