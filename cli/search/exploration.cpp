#include "cli/search/exploration.hpp"

#include <algorithm>
#include <cmath>

#include "cli/search/indices.hpp"
#include "reports/statistics/low_discrepancy.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::cli {
namespace {

namespace st = reports::statistics;

constexpr std::size_t kReplications = 2, kTrajectories = 6;
constexpr std::size_t kFilling = 32;         // points of the space-filling set: a power of two
constexpr std::size_t kSteps = 6;            // to better neighbours
constexpr std::uint64_t kFillingPoints = 3;  // stage of Purpose::search, after the two of indices.cpp

// How good a point looks: what is wrong with it first.
struct Look {
    double miss = INFINITY, objective = INFINITY;
    bool operator<(const Look& other) const { return miss != other.miss ? miss < other.miss : objective < other.objective; }
};

std::optional<double> mean_of(const reports::StudyFigures& figures, std::size_t arm, const std::string& kpi) {
    const auto sample = figures.sample(arm, kpi);
    return sample ? std::optional(st::mean(*sample)) : std::nullopt;
}

Look look(const reports::StudyFigures& figures, std::size_t arm, const Goal& goal) {
    const auto objective = mean_of(figures, arm, goal.kpi);
    if (!objective) return {};
    Look out{0, goal.best == st::Best::least ? *objective : -*objective};
    for (const reports::PlanLimit& one : goal.limits) {
        const auto mean = mean_of(figures, arm, one.kpi);
        if (!mean) return {};
        const double over = one.limit.side == st::Limit::Side::at_most ? *mean - one.limit.bound : one.limit.bound - *mean;
        out.miss = std::max(out.miss, over / one.limit.tolerance);
    }
    return out;
}

// More than chance would show, and more than anybody asked to be told apart: the zone of the objective, a limit's tolerance.
bool shows_effect(const reports::Indices& said, std::size_t variable, const std::vector<double>& differences_that_matter) {
    for (std::size_t k = 0; k < said.screened.size(); ++k) {
        const double floor = std::max(said.screened[k].floors[variable].value_or(0), differences_that_matter[k]);
        if (said.screened[k].effects[variable].strength.value > floor) return true;
    }
    return false;
}

// As the KPIs of the screening.
std::vector<double> differences_that_matter(const Goal& goal, const reports::Indices& said,
                                            const reports::StudyFigures& figures) {
    std::vector<double> out;
    for (const reports::ScreenedKpi& one : said.screened) {
        double matters = INFINITY;
        if (one.kpi == goal.kpi) {
            double sum = 0;
            for (std::size_t arm = 0; arm < figures.arms(); ++arm) sum += mean_of(figures, arm, one.kpi).value_or(0);
            matters = goal.zone_is_share ? goal.zone * std::abs(sum) / static_cast<double>(figures.arms()) : goal.zone;
        }
        for (const reports::PlanLimit& limit : goal.limits)
            if (limit.kpi == one.kpi) matters = std::min(matters, limit.limit.tolerance);
        out.push_back(matters);
    }
    return out;
}

class Filling {
   public:
    Filling(const SearchSpace& space, Study& study, const Goal& goal)
        : space_(space), study_(study), goal_(goal), arms_(space, study) {}

    void fill(std::uint64_t seed) {
        model::Stream random(seed, model::Purpose::search, kFillingPoints);
        std::vector<Point> points;
        for (const auto& place : st::shifted_sobol(space_.variables().size(), kFilling, random))
            points.push_back(space_.at(place));
        look_at(points);
    }
    void refine() {
        for (std::size_t step = 0; step < kSteps && !study_.stopped(); ++step) {
            const Point from = best(1).front();
            look_at(neighbours(from));
            if (best(1).front() == from) return;
        }
    }
    std::vector<Point> best(std::size_t count) const {
        std::vector<std::pair<Look, Point>> all;
        for (const Point& point : seen_) all.emplace_back(look(study_.figures(), arm_of_.at(point), goal_), point);
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            if (a.first < b.first || b.first < a.first) return a.first < b.first;
            return a.second < b.second;
        });
        std::vector<Point> out;
        for (std::size_t i = 0; i < all.size() && i < count; ++i) out.push_back(all[i].second);
        return out;
    }
    std::size_t seen() const { return seen_.size(); }

   private:
    std::vector<Point> neighbours(const Point& of) const {
        std::vector<Point> out;
        for (std::size_t i = 0; i < of.size(); ++i) {
            Point lower = of, higher = of;
            if (of[i] > 0) --lower[i], out.push_back(lower);
            if (of[i] + 1 < space_.variables()[i].values.size()) ++higher[i], out.push_back(higher);
        }
        return out;
    }
    void look_at(const std::vector<Point>& points) {
        std::vector<StudyRun> runs;
        for (const Point& point : points) {
            if (arm_of_.contains(point)) continue;
            const std::size_t arm = arms_.of(point);
            arm_of_[point] = arm;
            seen_.push_back(point);
            for (std::size_t r = 0; r < kReplications; ++r) runs.push_back({arm, study_.seed(arm, r)});
        }
        study_.run(runs);
    }

    const SearchSpace& space_;
    Study& study_;
    const Goal& goal_;
    SearchArms arms_;
    std::map<Point, std::size_t> arm_of_;
    std::vector<Point> seen_;
};

reports::Indices screened(const Screening& screening, const SearchSpace& space, const Study& study, const Goal& goal) {
    reports::Indices out;
    for (const Variable& one : space.variables()) out.variables.push_back(one.name);
    std::vector<std::string> kpis{goal.kpi};
    for (const reports::PlanLimit& one : goal.limits) kpis.push_back(one.kpi);
    for (const std::string& kpi : kpis) {
        if (auto one = screen(screening, study.figures(), kpi))
            out.screened.push_back(std::move(*one));
        else
            out.not_measured.push_back(kpi);
    }
    return out;
}

}  // namespace

Explored explore(const Arguments& arguments, std::vector<Variable> variables, const Goal& goal, Study& study) {
    Explored out;
    out.variables = std::move(variables);
    const auto small = [&](const SearchSpace& space) { return space.size() <= static_cast<double>(goal.most_candidates); };
    const SearchSpace whole(arguments, out.variables);
    if (small(whole)) {
        out.points = whole.grid();
        return out;
    }
    out.replications = kReplications;
    const auto end = [&] {
        out.runs = study.simulated() + study.from_store();
        return out;
    };
    SearchArms arms(whole, study);
    const Screening screening = plan_screening(whole, arms, kTrajectories, study.first_seed());
    study.run(screening_runs(screening, study, kReplications));
    out.looked_at = study.arms();
    if (study.stopped()) return end();
    out.screening = screened(screening, whole, study, goal);
    const std::vector<double> matters = differences_that_matter(goal, *out.screening, study.figures());
    std::vector<Variable> left;
    for (std::size_t i = 0; i < out.variables.size(); ++i) {
        if (shows_effect(*out.screening, i, matters))
            left.push_back(out.variables[i]);
        else
            out.dropped.push_back(out.variables[i].name);
    }
    out.variables = std::move(left);
    const SearchSpace rest(arguments, out.variables);
    if (small(rest)) {
        out.points = rest.grid();
        return end();
    }
    Filling filling(rest, study, goal);
    filling.fill(study.first_seed());
    if (!study.stopped()) filling.refine();
    out.looked_at = study.arms();
    constexpr std::size_t kSelected = 20;
    out.points = filling.best(std::min(kSelected, goal.most_candidates));
    return end();
}

}  // namespace lastunit::cli
