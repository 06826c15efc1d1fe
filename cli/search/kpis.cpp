#include "cli/search/kpis.hpp"

#include <charconv>
#include <cmath>
#include <sstream>

#include "scenarios/gates.hpp"

namespace lastunit::cli {
namespace {

constexpr double kTolerance = 0.1;  // of the bound

struct Alias {
    const char *name, *kpi;
};
constexpr Alias kAliases[] = {{"cost", "cost_per_order"},
                              {"oversell", "oversell_rate"},
                              {"undersell", "undersold_units"},
                              {"time", "fulfilment_time_s.p90"},
                              {"lost", "lost_sales_units"}};

std::string trimmed(const std::string& text) {
    const std::size_t from = text.find_first_not_of(' ');
    return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

// `text` in the unit of a bound of this KPI.
double in_unit_of(const std::string& kpi, const std::string& text, const std::string& currency, const std::string& whole) {
    const auto parsed = scenarios::parse_gate(kpi + " < " + text, currency);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) throw BadInput("--subject-to: '" + whole + "': " + *wrong);
    return std::get<model::Gate>(parsed).bound;
}

double tolerance_of(const model::Gate& gate, const std::string& text, const std::string& currency, const std::string& whole) {
    if (text.empty()) {
        if (gate.bound != 0) return kTolerance * std::abs(gate.bound);
        throw BadInput("--subject-to: '" + whole + "': a bound of 0 needs a tolerance, e.g. \"" + gate.kpi +
                       " <= 0 +-0.5\": a mean cannot be told from 0 exactly");
    }
    double share = 0;
    const bool percent = text.ends_with('%');
    const auto read = std::from_chars(text.data(), text.data() + text.size(), share);
    // Of a rate, too, a percentage is a share of the bound: 0.1% +-10% is 0.09 to 0.11 %.
    if (percent && gate.bound != 0 && read.ec == std::errc{} && read.ptr + 1 == text.data() + text.size()) {
        if (!(share > 0)) throw BadInput("--subject-to: '" + whole + "': the tolerance has to lie above 0");
        return share / 100 * std::abs(gate.bound);
    }
    const double out = in_unit_of(gate.kpi, text, currency, whole);
    if (!(out > 0)) throw BadInput("--subject-to: '" + whole + "': the tolerance has to lie above 0");
    return out;
}

}  // namespace

std::string kpi_of_alias(const std::string& name) {
    for (const Alias& one : kAliases)
        if (name == one.name) return one.kpi;
    return name;
}

std::string checked_kpi(const std::string& option, const std::string& name, const std::string& currency) {
    const std::string kpi = kpi_of_alias(trimmed(name));
    const auto parsed = scenarios::parse_gate(kpi + " < 0", currency);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) throw BadInput("--" + option + ": " + *wrong);
    return kpi;
}

std::vector<std::string> kpis_of(const Arguments& arguments, const std::string& currency) {
    const auto given = arguments.get("kpi");
    if (!given) return {"oversell_rate", "undersold_units", "cost_per_order", "fulfilment_time_s.p90", "fulfilment_time_s.p99"};
    std::vector<std::string> out;
    std::istringstream list(*given);
    for (std::string name; std::getline(list, name, ',');) out.push_back(checked_kpi("kpi", name, currency));
    if (out.empty()) throw BadInput("--kpi: names no KPI");
    return out;
}

Constraint constraint_of(const std::string& text, const std::string& currency) {
    std::size_t at = text.find("+-");
    if (at == std::string::npos) at = text.find("\u00b1");  // as long in UTF-8
    const std::string limit = trimmed(text.substr(0, at));
    const std::size_t sign = limit.find_first_of("<>");
    const std::string kpi = kpi_of_alias(trimmed(limit.substr(0, sign)));
    const auto parsed = scenarios::parse_gate(sign == std::string::npos ? limit : kpi + " " + limit.substr(sign), currency);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) throw BadInput("--subject-to: '" + text + "': " + *wrong);
    Constraint out{std::get<model::Gate>(parsed), 0};
    out.tolerance = tolerance_of(out.gate, at == std::string::npos ? "" : trimmed(text.substr(at + 2)), currency, text);
    return out;
}

}  // namespace lastunit::cli
