#include "cli/search/sweep.hpp"

#include "cli/page_language.hpp"
#include "cli/search/indices.hpp"
#include "cli/search/kpis.hpp"
#include "cli/search/reports.hpp"
#include "cli/search/space.hpp"
#include "cli/stop.hpp"
#include "cli/study/ending.hpp"
#include "cli/study/replications.hpp"
#include "reports/study/pages.hpp"
#include "reports/study/sweep.hpp"

namespace lastunit::cli {
namespace {

constexpr std::size_t kReplications = 5;
constexpr double kMostPoints = 5000;

reports::Sweep report_of(const Arguments& arguments, const SearchSpace& space, const std::vector<Point>& points,
                         std::vector<std::string> kpis, const Study& study) {
    reports::Sweep out;
    out.figures = &study.figures();
    for (const Variable& one : space.variables()) {
        using Axis = reports::SweepVariable::Axis;
        out.variables.push_back(
            {one.name, one.paths, one.values, one.at, one.kind == Variable::Kind::number ? Axis::number : Axis::name});
    }
    out.points = points;
    for (const Point& point : points) out.changes.push_back(space.changes(point));
    out.kpis = std::move(kpis);
    out.command = search_command(arguments);
    return out;
}

}  // namespace

int sweep(const Arguments& arguments) {
    const StopSignals signals;
    const Replications wanted = replications_of(arguments, kReplications);
    check_search_files(arguments);
    if (!arguments.has("vary")) throw BadInput("names nothing to vary: --vary PATH=FROM..TO (lastunit help sweep)");
    const auto scenario = effective_scenario(arguments);
    if (!scenario) return kBadInput;
    const std::vector<std::string> kpis = kpis_of(arguments, currency_of(scenario->tree));
    const SearchSpace space(arguments, variables_of(arguments, scenario->tree));
    if (arguments.has("indices")) return indices(arguments, space, kpis, scenario->seed);
    for (const char* option : {"trajectories", "base"})
        if (arguments.has(option)) throw BadInput(std::string("--") + option + ": belongs to --indices");
    if (space.size() > kMostPoints)
        throw BadInput("--vary: the grid has " + std::to_string(static_cast<long long>(space.size())) +
                       " points, more than 5000: fewer values, or --indices for which variable matters");
    const std::vector<Point> points = space.grid();
    // All of them are loaded before the first is run: a mistake in the last costs no minutes.
    std::vector<Arm> arms;
    for (const Point& point : points) arms.push_back(space.arm(point));
    Study study(arguments, std::move(arms));
    replicate(study, wanted);
    if (!study.is_shard()) {
        const reports::Sweep report = report_of(arguments, space, points, kpis, study);
        write_search_files(arguments,
                           {{"json", [&] { return reports::sweep_json(report); }},
                            {"csv", [&] { return reports::sweep_csv(report); }},
                            {"html", [&] { return reports::sweep_page(report, page_language(arguments)); }},
                            {"markdown", [&] { return reports::sweep_markdown(report); }}},
                           [&](int file) { return reports::sweep_summary(report, reports::style_of(file)); });
    }
    return end_exploration(arguments, study);
}

}  // namespace lastunit::cli
