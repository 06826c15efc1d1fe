#include "cli/validation/case.hpp"

#include <charconv>
#include <cmath>

namespace lastunit::cli::validation {

namespace {

std::vector<double> parse_all(const std::vector<std::string>& list, const std::string& name, double least) {
    std::vector<double> out;
    for (const std::string& text : list) {
        out.push_back(parse_number(text, "input '" + name + "'"));
        if (out.back() < least) throw CaseError("input '" + name + "': " + text + " is out of range");
    }
    return out;
}

std::string bracketed(const std::vector<std::string>& list) {
    std::string out = "[";
    for (std::size_t i = 0; i < list.size(); ++i) out += (i == 0 ? "" : " ") + list[i];
    return out + "]";
}

}  // namespace

double parse_number(const std::string& text, const std::string& what) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) throw CaseError(what + ": '" + text + "' is not a number");
    return value;
}

const Value& Inputs::find(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) throw CaseError("has no input '" + name + "'");
    return found->second;
}

double Inputs::number(const std::string& name, double least, double most) const {
    const auto* text = std::get_if<std::string>(&find(name));
    if (text == nullptr) throw CaseError("input '" + name + "' is not a number");
    const double value = parse_number(*text, "input '" + name + "'");
    if (value < least || value > most) throw CaseError("input '" + name + "': " + *text + " is out of range");
    return value;
}

double Inputs::positive(const std::string& name) const {
    const double value = number(name, 0);
    if (value == 0) throw CaseError("input '" + name + "' has to be above 0");
    return value;
}

std::int32_t Inputs::whole(const std::string& name, std::int32_t least, std::int32_t most) const {
    const double value = number(name, least, most);
    if (value != std::floor(value)) throw CaseError("input '" + name + "' is not a whole number");
    return static_cast<std::int32_t>(value);
}

std::vector<double> Inputs::numbers(const std::string& name, double least) const {
    const auto* list = std::get_if<std::vector<std::string>>(&find(name));
    if (list == nullptr || list->empty()) throw CaseError("input '" + name + "' is not a list of numbers");
    return parse_all(*list, name, least);
}

std::vector<std::vector<double>> Inputs::table(const std::string& name, double least) const {
    const auto* rows = std::get_if<std::vector<std::vector<std::string>>>(&find(name));
    if (rows == nullptr) throw CaseError("input '" + name + "' is not a table of numbers");
    std::vector<std::vector<double>> out;
    for (const auto& row : *rows) out.push_back(parse_all(row, name, least));
    return out;
}

std::string Inputs::text(const std::string& name) const {
    const auto* text = std::get_if<std::string>(&find(name));
    if (text == nullptr) throw CaseError("input '" + name + "' is not a text");
    return *text;
}

std::string Inputs::summary() const {
    std::string out;
    for (const auto& [name, value] : values_) {
        out += (out.empty() ? "" : ", ") + name + "=";
        if (const auto* text = std::get_if<std::string>(&value)) out += *text;
        if (const auto* list = std::get_if<std::vector<std::string>>(&value)) out += bracketed(*list);
        if (const auto* rows = std::get_if<std::vector<std::vector<std::string>>>(&value))
            for (const auto& row : *rows) out += bracketed(row);
    }
    return out;
}

void Case::require_outputs() const {
    if (!problem.empty()) throw CaseError(problem);
    if (outputs.empty()) throw CaseError("has no outputs to compare with");
}

}  // namespace lastunit::cli::validation
