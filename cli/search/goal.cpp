#include "cli/search/goal.hpp"

#include <charconv>

#include "cli/search/kpis.hpp"
#include "scenarios/gates.hpp"

namespace lastunit::cli {
namespace {

namespace st = reports::statistics;

std::optional<double> percentage(const std::string& text) {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string rest(read.ptr, text.data() + text.size());
    if (read.ec != std::errc{} || (rest != "%" && rest != " %")) return std::nullopt;
    return value / 100;
}

void read_objective(const Arguments& arguments, const std::string& currency, Goal& goal) {
    const auto least = arguments.get("minimise"), largest = arguments.get("maximise");
    if (least.has_value() == largest.has_value())
        throw BadInput("needs one objective, --minimise KPI or --maximise KPI, e.g. --minimise cost");
    goal.kpi = checked_kpi(least ? "minimise" : "maximise", least ? *least : *largest, currency);
    goal.best = least ? st::Best::least : st::Best::largest;
}

void read_zone(const Arguments& arguments, const std::string& currency, Goal& goal) {
    const auto text = arguments.get("zone");
    if (!text) return;
    if (const auto share = percentage(*text)) {
        goal.zone = *share;
    } else {
        const auto parsed = scenarios::parse_gate(goal.kpi + " < " + *text, currency);
        if (const auto* wrong = std::get_if<std::string>(&parsed))
            throw BadInput("--zone: '" + *text + "' is neither a share of the objective, e.g. 1%, nor in its unit: " + *wrong);
        goal.zone = std::get<model::Gate>(parsed).bound;
        goal.zone_is_share = false;
    }
    if (!(goal.zone > 0)) throw BadInput("--zone: has to lie above 0: differences below it do not matter");
}

void read_limits(const Arguments& arguments, const std::string& currency, Goal& goal) {
    using Compare = model::Gate::Compare;
    for (const std::string& text : arguments.all("subject-to")) {
        const Constraint one = constraint_of(text, currency);
        const bool above = one.gate.compare == Compare::more || one.gate.compare == Compare::at_least;
        goal.limits.push_back(
            {text, one.gate.kpi, {one.gate.bound, above ? st::Limit::Side::at_least : st::Limit::Side::at_most, one.tolerance}});
    }
}

std::size_t whole(const Arguments& arguments, const char* option, std::size_t preset, std::size_t least) {
    constexpr std::size_t kMost = 10'000'000;
    const auto given = arguments.number(option);
    if (!given) return preset;
    if (*given < least || *given > kMost)
        throw BadInput(std::string("--") + option + ": " + std::to_string(*given) + " is not within " + std::to_string(least) +
                       " to 10000000");
    return *given;
}

}  // namespace

Goal goal_of(const Arguments& arguments, const std::string& currency) {
    Goal out;
    read_objective(arguments, currency, out);
    read_zone(arguments, currency, out);
    read_limits(arguments, currency, out);
    if (const auto text = arguments.get("confidence")) {
        const auto level = percentage(*text);
        if (!level || !(*level >= 0.5 && *level < 1))
            throw BadInput("--confidence: '" + *text + "' is not 50% to 99.99%, e.g. 95%");
        out.confidence = st::Confidence(*level);
    }
    out.first = whole(arguments, "replications", out.first, 3);
    out.most_runs = whole(arguments, "at-most", out.most_runs, 10);
    out.most_candidates = whole(arguments, "candidates", out.most_candidates, 2);
    return out;
}

}  // namespace lastunit::cli
