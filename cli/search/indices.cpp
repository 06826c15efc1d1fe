#include "cli/search/indices.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <sstream>

#include "cli/page_language.hpp"
#include "cli/search/reports.hpp"
#include "cli/study/ending.hpp"
#include "reports/statistics/sample.hpp"
#include "reports/study/pages.hpp"

namespace lastunit::cli {
namespace {

namespace st = reports::statistics;
enum class Stage : std::uint64_t { screening = 1, sensitivity = 2 };

std::size_t whole(const Arguments& arguments, const char* option, std::size_t preset, std::size_t least, std::size_t most) {
    const auto given = arguments.number(option);
    if (!given) return preset;
    if (*given < least || *given > most)
        throw BadInput(std::string("--") + option + ": " + std::to_string(*given) + " is not within " + std::to_string(least) +
                       " to " + std::to_string(most));
    return *given;
}

model::Stream points_of(Stage stage, std::uint64_t seed) {
    return {seed, model::Purpose::search, static_cast<std::uint64_t>(stage)};
}

// Each run once, in the order of first use.
class Runs {
   public:
    void add(std::size_t arm, std::uint64_t seed) {
        if (seen_.emplace(arm, seed).second) runs_.push_back({arm, seed});
    }
    const std::vector<StudyRun>& all() const { return runs_; }

   private:
    std::set<std::pair<std::size_t, std::uint64_t>> seen_;
    std::vector<StudyRun> runs_;
};

std::optional<double> figure(const reports::StudyFigures& figures, std::size_t arm, std::uint64_t seed, const std::string& kpi) {
    for (const reports::Replication& one : figures.replications(arm))
        if (one.seed == seed) return one.kpi(kpi);
    return std::nullopt;
}

// Sobol's points as arms, repetition after repetition.
struct Sensitivity {
    st::SobolPlan plan;
    std::vector<std::size_t> arms;
    std::size_t replications = 1;

    std::size_t each() const { return plan.base * (plan.factors + 2); }
    std::uint64_t seed(std::uint64_t first, std::size_t point, std::size_t replication) const {
        return first + point / each() * replications + replication;
    }
};

std::optional<reports::ExplainedKpi> explain_kpi(const Sensitivity& of, const Study& study, const std::string& kpi) {
    std::vector<double> outputs;
    double chance = 0;
    for (std::size_t repetition = 0; repetition < of.plan.repetitions; ++repetition) {
        // By replication: the figures of this repetition's points.
        std::vector<std::vector<double>> by_day(of.replications);
        for (std::size_t i = 0; i < of.each(); ++i) {
            const std::size_t point = repetition * of.each() + i;
            double sum = 0;
            for (std::size_t r = 0; r < of.replications; ++r) {
                const auto value = figure(study.figures(), of.arms[point], of.seed(study.first_seed(), point, r), kpi);
                if (!value) return std::nullopt;
                by_day[r].push_back(*value);
                sum += *value;
            }
            outputs.push_back(sum / static_cast<double>(of.replications));
        }
        // What is left of two days' difference beside its mean is twice the variance that days and points have in common.
        for (std::size_t r = 1; r < of.replications; ++r)
            chance += st::variance(st::differences(by_day[r], by_day[r - 1])) / 2 /
                      static_cast<double>((of.replications - 1) * of.plan.repetitions);
    }
    reports::ExplainedKpi out{kpi, st::sobol_indices(of.plan, outputs), std::nullopt};
    if (of.replications > 1 && out.indices.variance.value > 0)
        out.noise = std::min(1.0, chance / static_cast<double>(of.replications) / out.indices.variance.value);
    return out;
}

void run_sobol(const SearchSpace& space, const IndicesPlan& plan, const std::vector<std::string>& kpis, SearchArms& arms,
               Study& study, reports::Indices& out) {
    model::Stream random = points_of(Stage::sensitivity, study.first_seed());
    Sensitivity of{st::sobol_plan(space.variables().size(), plan.base, plan.repetitions, random), {}, plan.replications};
    for (const auto& place : of.plan.points) of.arms.push_back(arms.of(space.at(place)));
    Runs runs;
    for (std::size_t point = 0; point < of.arms.size(); ++point)
        for (std::size_t r = 0; r < of.replications; ++r) runs.add(of.arms[point], of.seed(study.first_seed(), point, r));
    study.run(runs.all());
    out.explaining_runs = runs.all().size();
    for (const Variable& one : space.variables()) out.explaining.push_back(one.name);
    if (study.is_shard() || study.stopped()) return;
    for (const std::string& kpi : kpis) {
        if (auto explained = explain_kpi(of, study, kpi))
            out.explained.push_back(std::move(*explained));
        else
            out.not_measured.push_back(kpi);
    }
}

void run_morris(const SearchSpace& space, const IndicesPlan& plan, const std::vector<std::string>& kpis, SearchArms& arms,
                Study& study, reports::Indices& out) {
    const Screening screening = plan_screening(space, arms, plan.trajectories, study.first_seed());
    const std::vector<StudyRun> runs = screening_runs(screening, study, plan.replications);
    study.run(runs);
    out.screening_runs = runs.size();
    for (const Variable& one : space.variables()) out.variables.push_back(one.name);
    if (study.is_shard() || study.stopped()) return;
    for (const std::string& kpi : kpis) {
        if (auto screened = screen(screening, study.figures(), kpi))
            out.screened.push_back(std::move(*screened));
        else
            out.not_measured.push_back(kpi);
    }
}

// Those that matter to any KPI; the others stay as the scenario has them.
std::vector<Variable> that_matter(const SearchSpace& space, const reports::Indices& found) {
    std::vector<Variable> out;
    for (std::size_t i = 0; i < space.variables().size(); ++i)
        if (std::any_of(found.screened.begin(), found.screened.end(),
                        [i](const reports::ScreenedKpi& kpi) { return reports::matters(kpi, i); }))
            out.push_back(space.variables()[i]);
    return out;
}

}  // namespace

Screening plan_screening(const SearchSpace& space, SearchArms& arms, std::size_t trajectories, std::uint64_t seed) {
    constexpr int kLevels = 4;
    model::Stream random = points_of(Stage::screening, seed);
    Screening out{st::morris_plan(space.variables().size(), trajectories, kLevels, random), {}};
    for (auto& place : out.plan.points) {
        Point point;
        for (std::size_t i = 0; i < place.size(); ++i) {
            const double last = static_cast<double>(space.variables()[i].values.size() - 1);
            const double level = std::round(place[i] * last);
            point.push_back(static_cast<std::size_t>(level));
            place[i] = last > 0 ? level / last : 0;
        }
        out.arms.push_back(arms.of(point));
    }
    return out;
}

std::vector<StudyRun> screening_runs(const Screening& screening, const Study& study, std::size_t replications) {
    Runs runs;
    for (const std::size_t arm : screening.arms)
        for (std::size_t r = 0; r < replications; ++r) runs.add(arm, study.seed(arm, r));
    return runs.all();
}

std::optional<reports::ScreenedKpi> screen(const Screening& screening, const reports::StudyFigures& figures,
                                           const std::string& kpi) {
    std::vector<double> outputs;
    for (const std::size_t arm : screening.arms) {
        const auto sample = figures.sample(arm, kpi);
        if (!sample) return std::nullopt;
        outputs.push_back(st::mean(*sample));
    }
    const auto& plan = screening.plan;
    reports::ScreenedKpi out{kpi, st::morris_effects(plan, outputs), std::vector<std::optional<double>>(plan.factors)};
    std::vector<double> chance(plan.factors), steps(plan.factors);
    for (std::size_t i = 0; i + 1 < plan.points.size(); ++i) {
        if ((i + 1) % (plan.factors + 1) == 0) continue;  // the next point begins a trajectory
        const auto pairs = figures.pairs(screening.arms[i + 1], screening.arms[i], kpi);
        if (!pairs || pairs->a.size() < 2) return out;
        const double error = std::sqrt(st::variance(st::differences(pairs->a, pairs->b)) / st::size_of(pairs->a));
        for (std::size_t f = 0; f < plan.factors; ++f) {
            const double moved = std::abs(plan.points[i + 1][f] - plan.points[i][f]);
            if (moved == 0) continue;
            // The mean absolute value of a normal figure is sqrt(2 / pi) of its deviation.
            chance[f] += error / moved * std::sqrt(2 / std::numbers::pi);
            steps[f] += 1;
        }
    }
    for (std::size_t f = 0; f < plan.factors; ++f)
        if (steps[f] > 0) out.floors[f] = chance[f] / steps[f];
    return out;
}

IndicesPlan indices_plan(const Arguments& arguments) {
    IndicesPlan out;
    std::istringstream list(arguments.get("indices").value_or(""));
    for (std::string name; std::getline(list, name, ',');) {
        if (name != "morris" && name != "sobol")
            throw BadInput("--indices: '" + name + "' is none of morris, sobol; both: morris,sobol");
        (name == "morris" ? out.morris : out.sobol) = true;
    }
    out.trajectories = whole(arguments, "trajectories", out.trajectories, 2, 1000);
    out.base = whole(arguments, "base", out.base, 2, 1U << 16U);
    if ((out.base & (out.base - 1)) != 0) throw BadInput("--base: has to be a power of two, e.g. 64");
    out.replications = whole(arguments, "replications", out.replications, 1, 10'000);
    if (out.morris && out.sobol && arguments.has("shard"))
        throw BadInput("--shard: which points Sobol's indices need depends on what Morris' screening finds: one at a time");
    return out;
}

int indices(const Arguments& arguments, const SearchSpace& space, const std::vector<std::string>& kpis, std::uint64_t seed) {
    const IndicesPlan plan = indices_plan(arguments);
    for (const char* option : {"until", "at-most"})
        if (arguments.has(option)) throw BadInput(std::string("--") + option + ": does not go with --indices");
    Arguments with_seed = arguments;
    with_seed.options["seed"] = {std::to_string(seed)};
    Study study(with_seed, {});
    reports::Indices out;
    out.command = search_command(arguments);
    SearchArms arms(space, study);
    if (plan.morris) run_morris(space, plan, kpis, arms, study, out);
    const SearchSpace rest(arguments, plan.morris && plan.sobol ? that_matter(space, out) : space.variables());
    SearchArms rest_arms(rest, study);
    if (plan.sobol && !rest.variables().empty() && !study.stopped()) run_sobol(rest, plan, kpis, rest_arms, study, out);
    if (!study.is_shard() && !study.stopped()) {
        if (const auto* identity = study.figures().identity())
            out.title = identity->scenario_title().empty() ? identity->scenario() : identity->scenario_title();
        write_search_files(
            arguments,
            {{"json", [&] { return reports::indices_json(out); }},
             {"csv", [&] { return reports::indices_csv(out); }},
             {"html", [&] { return reports::indices_page(out, study.figures().identity(), page_language(arguments)); }},
             {"markdown", [&] { return reports::indices_markdown(out); }}},
            [&](int file) { return reports::indices_summary(out, reports::style_of(file)); });
    }
    return end_exploration(arguments, study);
}

}  // namespace lastunit::cli
