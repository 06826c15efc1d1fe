#include "cli/search/variable.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/assert.hpp"
#include "scenarios/field_path.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/short_path.hpp"

namespace lastunit::cli {
namespace {

using scenarios::Tree;

constexpr std::size_t kUsualPoints = 5, kWholeNumbers = 11, kMostPoints = 1000;
constexpr double kSecond = 1e6, kMinute = 60e6, kHour = 3600e6;

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Commas within brackets belong to a value: lognormal(3min, cv 0.8).
std::vector<std::string> split_list(const std::string& text) {
    std::vector<std::string> out(1);
    int depth = 0;
    for (const char c : text) {
        depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        if (c == ',' && depth == 0)
            out.emplace_back();
        else
            out.back() += c;
    }
    for (std::string& one : out) one = trimmed(one);
    return out;
}

bool is_number(const scenarios::FieldDescriptor& field) {
    using Type = scenarios::FieldDescriptor::CppType;
    if (field.is_repeated()) return false;
    switch (field.cpp_type()) {
        case Type::CPPTYPE_MESSAGE:
            return scenarios::is_distribution(field.message_type());
        case Type::CPPTYPE_STRING:
        case Type::CPPTYPE_BOOL:
        case Type::CPPTYPE_ENUM:
            return false;
        default:
            return true;
    }
}

bool is_whole(const scenarios::FieldDescriptor& field) {
    using Type = scenarios::FieldDescriptor::CppType;
    const auto type = field.cpp_type();
    const bool integer = type == Type::CPPTYPE_INT32 || type == Type::CPPTYPE_INT64 || type == Type::CPPTYPE_UINT32 ||
                         type == Type::CPPTYPE_UINT64;
    return integer && scenarios::unit_of(field) == schema::NONE;
}

const scenarios::FieldDescriptor& field_of(const Variable& variable) {
    const auto* field = scenarios::field_at(scenarios::path_parts(variable.paths.front()));
    LASTUNIT_ASSERT(field != nullptr, variable.paths.front());
    return *field;
}

// `1m` is a minute here: people write it, and a scenario has no other m.
std::string with_minutes(std::string text, schema::Unit unit) {
    if (unit != schema::DURATION) return text;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const bool after_digit = text[i - 1] >= '0' && text[i - 1] <= '9';
        const bool ends = i + 1 == text.size() || (text[i + 1] >= '0' && text[i + 1] <= '9');
        if (text[i] == 'm' && after_digit && ends) text.insert(i + 1, "in");
    }
    return text;
}

// Of a number that says none: that of the other end of the range.
std::string unit_word(const std::string& text) {
    const std::size_t after = text.find_last_of("0123456789.");
    return after == std::string::npos ? "" : text.substr(after + 1);
}

std::optional<double> quantity(const std::string& text, schema::Unit unit, const Tree& tree) {
    const auto parsed = scenarios::parse_quantity(text, unit, currency_of(tree));
    return parsed.error.empty() ? std::optional(parsed.value) : std::nullopt;
}

struct Range {
    double from = 0, to = 0;
    std::size_t points = 0;  // 0 = the usual number
    Spacing spacing = Spacing::even;
};

double end_of_range(const std::string& text, const std::string& other, const Variable& variable, const Tree& tree,
                    const std::string& whole) {
    const std::string word = with_minutes(text, variable.unit);
    if (const auto value = quantity(word, variable.unit, tree)) return *value;
    if (scenarios::parse_number(word).error.empty())
        if (const auto value = quantity(word + unit_word(with_minutes(other, variable.unit)), variable.unit, tree)) return *value;
    throw BadInput("--vary: '" + whole + "': " + scenarios::parse_quantity(word, variable.unit, currency_of(tree)).error);
}

Range parse_range(const std::string& text, const Variable& variable, const Tree& tree, const std::string& whole) {
    Range out;
    const std::size_t dots = text.find("..");
    std::string rest = text.substr(dots + 2);
    std::vector<std::string> words;
    for (std::size_t colon = rest.find(':'); colon != std::string::npos; colon = rest.find(':')) {
        words.push_back(trimmed(rest.substr(0, colon)));
        rest = rest.substr(colon + 1);
    }
    words.push_back(trimmed(rest));
    const std::string from = trimmed(text.substr(0, dots));
    out.from = end_of_range(from, words[0], variable, tree, whole);
    out.to = end_of_range(words[0], from, variable, tree, whole);
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "log") {
            out.spacing = Spacing::log;
            continue;
        }
        const char* end = word.data() + word.size();
        const auto [stop, code] = std::from_chars(word.data(), end, out.points);
        if (code != std::errc() || stop != end || out.points < 2 || out.points > kMostPoints)
            throw BadInput("--vary: '" + whole + "': behind FROM..TO stands the number of points (2 to 1000), or `log`, not '" +
                           word + "'");
    }
    if (!(out.from < out.to)) throw BadInput("--vary: '" + whole + "': a range goes from the smaller value to the larger");
    if (out.spacing == Spacing::log && out.from <= 0)
        throw BadInput("--vary: '" + whole + "': equal factors need a range that begins above 0");
    return out;
}

// To what a person would write, within a twentieth of the value.
double rounded(double value, schema::Unit unit, Spacing spacing) {
    if (unit == schema::DURATION) {
        if (spacing == Spacing::even) return value < 10 * kSecond ? value : std::round(value / kSecond) * kSecond;
        double step = 1;
        for (const double wider : {10.0, 100.0, 1e3, 1e4, 1e5, kSecond, 5 * kSecond, 15 * kSecond, kMinute, 5 * kMinute,
                                   15 * kMinute, kHour, 6 * kHour, 24 * kHour})
            if (wider <= value / 20) step = wider;
        return std::round(value / step) * step;
    }
    if (unit == schema::MONEY || unit == schema::WEIGHT || unit == schema::BYTES) return std::round(value);
    if (value == 0) return 0;
    const double digits = std::pow(10.0, 3 - std::ceil(std::log10(std::abs(value))));
    return std::round(value * digits) / digits;
}

// 2min45s: the loader reads it, and a person can.
std::string text_of(double value, schema::Unit unit, const std::string& currency) {
    const bool seconds = std::fmod(value, kSecond) == 0, hours_or_minutes = std::fmod(value, kMinute) == 0;
    if (unit != schema::DURATION || !seconds || value < kMinute || (hours_or_minutes && value < kHour))
        return scenarios::format_quantity(value, unit, currency);
    if (std::fmod(value, kHour) == 0) return scenarios::format_quantity(value, unit, currency);
    const auto whole = static_cast<std::int64_t>(value / kSecond);
    std::string out;
    if (whole >= 3600) out += std::to_string(whole / 3600) + "h";
    if (whole % 3600 >= 60) out += std::to_string(whole % 3600 / 60) + "min";
    if (whole % 60 > 0) out += std::to_string(whole % 60) + "s";
    return out;
}

}  // namespace

std::string currency_of(const Tree& tree) {
    const Tree* given = tree.child("currency");
    return given == nullptr || given->text.empty() ? "PLN" : given->text;
}

std::vector<std::string> Variable::changes(std::size_t value) const {
    std::string text = form;
    if (const std::size_t place = text.find('$'); place != std::string::npos) text.replace(place, 1, values[value]);
    std::vector<std::string> out;
    for (const std::string& path : paths) out.push_back(path + "=" + text);
    return out;
}

void list(Variable& variable, std::vector<std::string> values) {
    variable.values = std::move(values);
    variable.at.clear();
    for (std::size_t i = 0; i < variable.values.size(); ++i) variable.at.push_back(static_cast<double>(i));
}

void spread(Variable& variable, double from, double to, std::size_t points, Spacing spacing, const Tree& tree) {
    const bool whole = is_whole(field_of(variable));
    variable.values.clear();
    variable.at.clear();
    for (std::size_t i = 0; i < points; ++i) {
        const double share = points < 2 ? 0 : static_cast<double>(i) / static_cast<double>(points - 1);
        const bool inner = i > 0 && i + 1 < points;
        double value = spacing == Spacing::even ? from + share * (to - from) : from * std::pow(to / from, share);
        if (i + 1 == points && points > 1) value = to;  // not what rounding leaves of it
        if (whole)
            value = std::round(value);
        else if (inner)
            value = rounded(value, variable.unit, spacing);
        if (!variable.at.empty() && value <= variable.at.back()) continue;
        variable.at.push_back(value);
        variable.values.push_back(text_of(value, variable.unit, currency_of(tree)));
    }
}

namespace {

// Stores keep units for walk-in shoppers: in the rules that the design has, or in one for all stores.
std::optional<Variable> store_protection(const std::string& name, const Tree& tree) {
    if (name != "store_protection") return std::nullopt;
    Variable out;
    out.name = name;
    const Tree* design = tree.child("design");
    const Tree* protection = design == nullptr ? nullptr : design->child("protection");
    const Tree* rules = protection == nullptr ? nullptr : protection->child("rules");
    const std::size_t count = rules == nullptr ? 0 : rules->items.size();
    for (std::size_t i = 0; i < count; ++i) out.paths.push_back("design.protection.rules[" + std::to_string(i) + "].units");
    if (!out.paths.empty()) return out;
    out.paths = {"design.protection"};
    out.form = "{strength: hard, rules: [{kinds: [store], units: $}]}";
    return out;
}

}  // namespace

Variable named_variable(const std::string& name, const Tree& tree) {
    if (auto protection = store_protection(name, tree)) return *protection;
    const scenarios::FoundPaths found = scenarios::find_paths(tree, name);
    if (!found.error.empty()) throw BadInput("--vary: " + found.error);
    Variable out;
    out.name = name;
    out.paths = found.paths;
    const scenarios::FieldDescriptor& field = field_of(out);
    out.unit = scenarios::unit_of(field);
    out.kind = is_number(field) && out.unit != schema::TIME_OF_DAY ? Variable::Kind::number : Variable::Kind::name;
    return out;
}

Variable parse_vary(const std::string& text, const Tree& tree) {
    const std::size_t equals = text.find('=');
    const std::string name = trimmed(text.substr(0, equals));
    if (equals == std::string::npos || name.empty())
        throw BadInput("--vary: '" + text + "' is not PATH=FROM..TO or PATH=A,B,C, e.g. buffer=0..5");
    Variable out = named_variable(name, tree);
    const std::string values = text.substr(equals + 1);
    if (values.find("..") == std::string::npos) {
        std::vector<std::string> all = split_list(values);
        for (std::string& one : all) {
            if (one.empty()) throw BadInput("--vary: '" + text + "': a value is empty; values are separated by commas");
            one = with_minutes(one, out.unit);
        }
        for (std::size_t i = 0; i < all.size(); ++i)
            if (std::find(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i), all[i]) !=
                all.begin() + static_cast<std::ptrdiff_t>(i))
                throw BadInput("--vary: '" + text + "': " + all[i] + " is there twice");
        const std::vector<std::string> given = all;
        list(out, std::move(all));
        std::vector<double> at;
        for (const std::string& one : given)
            if (const auto value = quantity(one, out.unit, tree); value && out.kind == Variable::Kind::number)
                at.push_back(*value);
        if (at.size() == given.size() && std::is_sorted(at.begin(), at.end()))
            out.at = std::move(at);
        else
            out.kind = Variable::Kind::name;
        return out;
    }
    if (out.kind == Variable::Kind::name)
        throw BadInput("--vary: '" + text + "': `" + out.paths.front() + "` is no number: list its values, separated by commas");
    const Range range = parse_range(values, out, tree, text);
    const bool whole = out.form != "$" || is_whole(field_of(out));
    std::size_t points = range.points;
    if (points == 0) points = kUsualPoints;
    if (range.points == 0 && whole && range.spacing == Spacing::even &&
        range.to - range.from < static_cast<double>(kWholeNumbers))
        points = static_cast<std::size_t>(std::llround(range.to - range.from)) + 1;
    spread(out, range.from, range.to, points, range.spacing, tree);
    return out;
}

}  // namespace lastunit::cli
