#include "cli/compare_study.hpp"

#include <algorithm>
#include <sstream>
#include <variant>
#include <vector>

#include "cli/identity.hpp"
#include "model/nearest_name.hpp"
#include "reports/study/kpi_table.hpp"
#include "scenarios/gates.hpp"

namespace lastunit::cli {
namespace {

constexpr const char* kOwn = "own";
constexpr const char* kOfDifferences[] = {"against", "kpi", "pareto", "html", "charts", "seeds"};

// A channel's KPI names a channel that there is; any other is a field of the record.
void check_kpi(const char* option, const std::string& path, const model::Scenario& scenario) {
    const auto found = scenarios::parse_gate(path + " < 0", scenario.currency);
    if (const auto* wrong = std::get_if<std::string>(&found); wrong != nullptr && wrong->starts_with("unknown KPI"))
        throw BadInput(std::string("--") + option + ": " + *wrong);
    constexpr std::string_view kChannels = "channels.";
    if (!path.starts_with(kChannels)) return;
    const std::string name = path.substr(kChannels.size(), path.find('.', kChannels.size()) - kChannels.size());
    std::vector<std::string> names;
    for (const auto& channel : scenario.channels) names.push_back(channel.name);
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    const std::string near = model::nearest_name(name, names);
    throw BadInput(std::string("--") + option + ": the scenario has no channel '" + name + "'" +
                   (near.empty() ? "" : "; did you mean `" + near + "`?"));
}

std::size_t baseline_of(const Arguments& arguments, std::span<const Arm> arms) {
    const auto name = arguments.get("against");
    if (!name) return 0;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        const std::string& design = arms[i].task.design();
        if (arms[i].name == *name || design == *name || (design.empty() && *name == kOwn)) return i;
        names.push_back(arms[i].name);
    }
    const std::string near = model::nearest_name(*name, names);
    throw BadInput("--against: '" + *name + "' is none of the designs that are compared" +
                   (near.empty() ? "" : "; did you mean `" + near + "`?"));
}

std::vector<std::string> front_of(const std::string& text, const model::Scenario& scenario) {
    std::vector<std::string> out;
    std::istringstream list(text);
    for (std::string path; std::getline(list, path, ',');) {
        check_kpi("pareto", path, scenario);
        if (reports::better(path) == reports::Better::neither)
            throw BadInput("--pareto: neither less nor more of '" + path + "' is better");
        if (std::find(out.begin(), out.end(), path) != out.end()) throw BadInput("--pareto: '" + path + "' is there twice");
        out.push_back(path);
    }
    if (out.size() < 2) throw BadInput("--pareto: '" + text + "' names fewer than two KPIs; they are separated by commas");
    return out;
}

}  // namespace

reports::Seeds seeds_of(const Arguments& arguments) {
    const std::string given = arguments.get("seeds").value_or("common");
    if (given == "common") return reports::Seeds::common;
    if (given == "independent") return reports::Seeds::independent;
    throw BadInput("--seeds: '" + given + "' is neither `common` nor `independent`");
}

bool asks_for_differences(const Arguments& arguments) {
    return std::any_of(std::begin(kOfDifferences), std::end(kOfDifferences), [&](const char* one) { return arguments.has(one); });
}

reports::ComparisonPlan comparison_plan(const Arguments& arguments, std::span<const Arm> arms, reports::Seeds seeds) {
    reports::ComparisonPlan plan;
    plan.seeds = seeds;
    plan.baseline = baseline_of(arguments, arms);
    const model::Scenario& scenario = *arms.front().scenario;
    if (arguments.has("kpi")) {
        plan.kpis = arguments.all("kpi");
        for (const std::string& path : plan.kpis) check_kpi("kpi", path, scenario);
    }
    if (const auto text = arguments.get("pareto")) plan.front = front_of(*text, scenario);
    return plan;
}

std::string repeat_comparison(const Arguments& arguments, std::uint64_t seed, const Replications& wanted) {
    std::string out = "lastunit compare " + shell_quoted(arguments.words[0]);
    const auto put = [&](const char* option) {
        for (const std::string& value : arguments.all(option)) out += std::string(" --") + option + " " + shell_quoted(value);
    };
    put("designs"), put("routing"), put("against");
    out += " --seed " + std::to_string(seed) + " --replications " + std::to_string(wanted.least);
    put("until"), put("at-most"), put("seeds"), put("set"), put("kpi"), put("pareto"), put("library");
    return out;
}

}  // namespace lastunit::cli
