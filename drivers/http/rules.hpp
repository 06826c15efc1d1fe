// The conditions of a flow file, read once, asked of every answer.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drivers/http/answer.hpp"
#include "drivers/http/flow.pb.h"
#include "drivers/http/json_path.hpp"

namespace lastunit::drivers::http {

struct Condition {
    std::vector<std::pair<unsigned, unsigned>> status;  // from, to
    JsonPath json;
    std::string header;
    std::optional<Template> value;
    std::optional<Template> body_contains, contains, is_not, at_least, at_most;
    std::vector<Template> one_of;  // also of `is`
    enum class Wants : std::uint8_t { nothing, there, absent } wants = Wants::nothing;
};

// All have to hold.
using Conditions = std::vector<Condition>;

// `document`: none where the body is neither JSON nor XML; a path then leads nowhere. `response`: null where nothing was asked
// yet, and the conditions are of values alone.
struct Asked {
    const Response* response = nullptr;
    std::optional<JsonValue> document;
    const Values* values = nullptr;
    std::string_view problem{};  // of a body that should be a document (document.hpp)
};
bool holds(const Conditions& conditions, const Asked& of);
// As words: "status 200, json type is `order`".
std::string text_of(const Conditions& conditions);

// Of what there is something to ask: an answer, a row of one, or what is known before a request.
enum class ConditionOf : std::uint8_t { answer, row, values };

// A message of flow.proto to a condition. Appends what is wrong, as "field: problem".
Condition read_condition(const flow::Condition& from, ConditionOf of, Names& names, std::vector<std::string>& wrong);
flow::Condition condition_of(const flow::Rule& rule);

struct Rule {
    Answer answer = Answer::unknown;
    Conditions conditions;
};

}  // namespace lastunit::drivers::http
