#include "cli/search/plan.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/page_language.hpp"
#include "cli/search/contest.hpp"
#include "cli/search/discover.hpp"
#include "cli/search/exploration.hpp"
#include "cli/search/goal.hpp"
#include "cli/search/reports.hpp"
#include "cli/search/space.hpp"
#include "cli/stop.hpp"
#include "cli/study/ending.hpp"
#include "reports/study/pages.hpp"
#include "reports/study/plan.hpp"
#include "reports/text.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/yaml_writer.hpp"

namespace lastunit::cli {
namespace {

void say(const std::string& text) { std::fprintf(stderr, "lastunit plan: %s\n", text.c_str()); }

std::vector<Variable> what_to_search(const Arguments& arguments, const scenarios::Tree& tree) {
    if (arguments.has("vary")) return variables_of(arguments, tree);
    std::vector<Variable> out = searchable(tree);
    if (out.empty()) throw BadInput("the design has nothing that is searched by itself: --vary PATH=FROM..TO");
    if (!arguments.has("quiet"))
        for (const Variable& one : out) {
            std::string values;
            for (const std::string& value : one.values) values += (values.empty() ? "" : ", ") + value;
            say("searches " + one.name + ": " + values);
        }
    return out;
}

// What to put into the scenario's file. An entry of a list cannot be named in one.
std::string yaml_of(const std::vector<std::string>& changes) {
    scenarios::Tree root;
    root.kind = scenarios::Tree::Kind::map;
    scenarios::Report report;
    std::string lists;
    for (const std::string& one : changes) {
        const std::size_t equals = one.find('=');
        if (one.substr(0, equals).find('[') != std::string::npos)
            lists += "# " + one.substr(0, equals) + ": " + one.substr(equals + 1) + "\n";
        else
            scenarios::apply_override(root, {one.substr(0, equals), one.substr(equals + 1)}, report);
    }
    return (root.entries.empty() ? "" : scenarios::write_yaml(root)) + lists;
}

// Every candidate is loaded before the first is run. The scenario as it is joins them, if it is none of them.
void add_candidates(const SearchSpace& space, const std::vector<Point>& points, Study& study, reports::Plan& out) {
    out.first_arm = study.arms();
    Arm as_it_is = space.arm({});
    for (const Point& point : points) {
        if (point.empty()) continue;
        const std::size_t arm = study.add_arm(space.arm(point));
        if (study.arm(arm).task.scenario_hash() == as_it_is.task.scenario_hash()) out.as_it_is = out.candidates.size();
        out.candidates.emplace_back().changes = space.changes(point);
        out.candidates.back().settings = space.settings(point);
    }
    if (out.as_it_is) return;
    out.as_it_is = out.candidates.size();
    as_it_is.name = "as it is";
    study.add_arm(std::move(as_it_is));
    out.candidates.emplace_back();
}

reports::Plan plan_of(const Arguments& arguments, const Goal& goal, const Explored& explored, double grid) {
    using Axis = reports::SweepVariable::Axis;
    reports::Plan out;
    out.command = search_command(arguments);
    out.objective = goal.kpi;
    out.best = goal.best;
    out.confidence = goal.confidence;
    out.limits = goal.limits;
    for (const Variable& one : explored.variables)
        out.variables.push_back(
            {one.name, one.paths, one.values, one.at, one.kind == Variable::Kind::number ? Axis::number : Axis::name});
    out.dropped = explored.dropped;
    out.screening = explored.screening;
    out.grid = grid;
    out.explored = explored.looked_at;
    out.exploration_runs = explored.runs;
    return out;
}

void write(const Arguments& arguments, const reports::Plan& plan) {
    write_search_files(arguments,
                       {{"json", [&] { return reports::plan_json(plan); }},
                        {"csv", [&] { return reports::plan_csv(plan); }},
                        {"html", [&] { return reports::plan_page(plan, page_language(arguments)); }},
                        {"markdown", [&] { return reports::plan_markdown(plan); }}},
                       [&](int file) { return reports::plan_summary(plan, reports::style_of(file)); });
}

}  // namespace

int plan(const Arguments& arguments) {
    const StopSignals signals;
    check_search_files(arguments);
    const auto scenario = effective_scenario(arguments);
    if (!scenario) return kBadInput;
    const Goal goal = goal_of(arguments, currency_of(scenario->tree));
    Arguments with_seed = arguments;
    with_seed.options["seed"] = {std::to_string(scenario->seed)};
    Study study(with_seed, {});
    std::vector<Variable> variables = what_to_search(arguments, scenario->tree);
    const double grid = SearchSpace(arguments, variables).size();
    const Explored explored = explore(arguments, std::move(variables), goal, study);
    if (study.stopped() || study.failed() > 0) return end_exploration(arguments, study);
    reports::Plan out = plan_of(arguments, goal, explored, grid);
    add_candidates(SearchSpace(arguments, explored.variables), explored.points, study, out);
    const std::size_t count = out.candidates.size();
    if (explored.runs + goal.first * count > goal.most_runs)
        throw BadInput("--at-most: " + std::to_string(goal.most_runs) + " runs are not enough for " + std::to_string(goal.first) +
                       " replications of " + std::to_string(count) + " candidates" +
                       (explored.runs > 0 ? " after " + std::to_string(explored.runs) + " to find them" : "") +
                       ": fewer values, fewer --candidates, or more runs");
    // With shoppers that nobody was chosen by.
    hold_contest(study, goal, goal.most_runs - explored.runs, explored.replications, out);
    if (const auto* identity = study.figures().identity())
        out.title = identity->scenario_title().empty() ? identity->scenario() : identity->scenario_title();
    if (out.leader) out.yaml = yaml_of(out.candidates[*out.leader].changes);
    if (!study.stopped()) write(arguments, out);
    const int ended = end_exploration(arguments, study);
    if (ended != kOk) return ended;
    return out.outcome == reports::Plan::Outcome::nothing_keeps_limits ? kGateFailed : kOk;
}

}  // namespace lastunit::cli
