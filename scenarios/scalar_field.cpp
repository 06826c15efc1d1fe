#include "scenarios/scalar_field.hpp"

#include <charconv>
#include <cmath>

#include "scenarios/field_rules.hpp"
#include "scenarios/scenario.pb.h"
#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

using google::protobuf::Message;

std::string set_text(Message& out, const FieldDescriptor& field, const std::string& text) {
    const auto& reflection = *out.GetReflection();
    if (text.empty()) return "cannot be empty";
    if (field.is_repeated())
        reflection.AddString(&out, &field, text);
    else
        reflection.SetString(&out, &field, text);
    return "";
}

std::string set_bool(Message& out, const FieldDescriptor& field, const std::string& text) {
    if (text != "true" && text != "false" && text != "yes" && text != "no") return "expected true or false, not `" + text + "`";
    out.GetReflection()->SetBool(&out, &field, text == "true" || text == "yes");
    return "";
}

std::string set_enum(Message& out, const FieldDescriptor& field, const std::string& text) {
    const auto* value = field.enum_type()->FindValueByName(text);
    if (!value) {
        std::vector<std::string> names;
        for (int i = 0; i < field.enum_type()->value_count(); ++i) names.push_back(field.enum_type()->value(i)->name());
        return "unknown value `" + text + "`" + suggest(text, names);
    }
    if (field.is_repeated())
        out.GetReflection()->AddEnum(&out, &field, value);
    else
        out.GetReflection()->SetEnum(&out, &field, value);
    return "";
}

std::string set_distribution(Message& out, const FieldDescriptor& field, const std::string& text, const std::string& currency) {
    const Parsed<model::Distribution> parsed = parse_distribution(text, unit_of(field), currency);
    if (!parsed.error.empty()) return parsed.error;
    const std::string range = range_error(field, parsed.value.mean, currency);
    if (!range.empty()) return range;
    schema::Distribution value;
    value.set_kind(static_cast<schema::Distribution::Kind>(parsed.value.kind));
    value.set_mean(parsed.value.mean);
    value.set_low(parsed.value.low);
    value.set_high(parsed.value.high);
    value.set_cv(parsed.value.cv);
    out.GetReflection()->MutableMessage(&out, &field)->CopyFrom(value);
    return "";
}

// A whole number without a unit, exact to all 64 bits (a seed is).
template <class T> std::string parse_whole(const std::string& text, T& value) {
    const char* end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, value);
    if (code == std::errc::result_out_of_range && stop == end) return "`" + text + "` is out of range";
    if (code == std::errc() && stop == end) return "";
    const bool negative = std::is_unsigned_v<T> && text.size() > 1 && text[0] == '-' &&
                          text.find_first_not_of("0123456789", 1) == std::string::npos;
    return negative ? "has to be at least 0, not " + text : "expected a whole number, not `" + text + "`";
}

// Whole amounts of the smallest unit; the tolerance is that of decimal fractions in a double.
std::string to_whole(double value, const FieldDescriptor& field, const std::string& currency, std::int64_t& out) {
    const double nearest = std::round(value);
    if (std::abs(value - nearest) > 1e-9 * std::max(1.0, std::abs(value)))
        return "is finer than the smallest amount, " + format_quantity(1, unit_of(field), currency);
    out = static_cast<std::int64_t>(nearest);
    return "";
}

template <class T> std::string whole(const FieldDescriptor& field, const std::string& text, const std::string& currency, T& out) {
    if (unit_of(field) == schema::NONE) {
        const std::string error = parse_whole(text, out);
        return error.empty() ? range_error(field, static_cast<double>(out), currency) : error;
    }
    const Parsed<double> parsed = parse_quantity(text, unit_of(field), currency);
    if (!parsed.error.empty()) return parsed.error;
    std::int64_t value = 0;
    std::string error = to_whole(parsed.value, field, currency, value);
    if (error.empty()) error = range_error(field, static_cast<double>(value), currency);
    if (!error.empty()) return error;
    if (!std::in_range<T>(value)) return "`" + text + "` is out of range";
    out = static_cast<T>(value);
    return "";
}

std::string set_double(Message& out, const FieldDescriptor& field, const std::string& text, const std::string& currency) {
    const Parsed<double> parsed = parse_quantity(text, unit_of(field), currency);
    if (!parsed.error.empty()) return parsed.error;
    const std::string range = range_error(field, parsed.value, currency);
    if (!range.empty()) return range;
    if (field.is_repeated())
        out.GetReflection()->AddDouble(&out, &field, parsed.value);
    else
        out.GetReflection()->SetDouble(&out, &field, parsed.value);
    return "";
}

template <class T, class Set>
std::string set_whole(const FieldDescriptor& field, const std::string& text, const std::string& currency, Set set) {
    T value{};
    const std::string error = whole(field, text, currency, value);
    if (error.empty()) set(value);
    return error;
}

}  // namespace

std::string set_scalar(Message& out, const FieldDescriptor& field, const std::string& text, const std::string& currency) {
    const auto& reflection = *out.GetReflection();
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            return set_text(out, field, text);
        case FieldDescriptor::CPPTYPE_BOOL:
            return set_bool(out, field, text);
        case FieldDescriptor::CPPTYPE_ENUM:
            return set_enum(out, field, text);
        case FieldDescriptor::CPPTYPE_MESSAGE:
            return set_distribution(out, field, text, currency);
        case FieldDescriptor::CPPTYPE_DOUBLE:
            return set_double(out, field, text, currency);
        case FieldDescriptor::CPPTYPE_INT32:
            return set_whole<std::int32_t>(field, text, currency, [&](std::int32_t v) { reflection.SetInt32(&out, &field, v); });
        case FieldDescriptor::CPPTYPE_UINT32:
            return set_whole<std::uint32_t>(field, text, currency,
                                            [&](std::uint32_t v) { reflection.SetUInt32(&out, &field, v); });
        case FieldDescriptor::CPPTYPE_INT64:
            return set_whole<std::int64_t>(field, text, currency, [&](std::int64_t v) {
                field.is_repeated() ? reflection.AddInt64(&out, &field, v) : reflection.SetInt64(&out, &field, v);
            });
        case FieldDescriptor::CPPTYPE_UINT64:
            return set_whole<std::uint64_t>(field, text, currency,
                                            [&](std::uint64_t v) { reflection.SetUInt64(&out, &field, v); });
        default:
            return "a field of a type that scenarios do not have";
    }
}

}  // namespace lastunit::scenarios
