#include "cli/search/contest.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "reports/statistics/constrained_selection.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::cli {
namespace {

namespace st = reports::statistics;
using Fate = reports::PlanCandidate::Fate;
using Outcome = reports::Plan::Outcome;

class Contest {
   public:
    Contest(Study& study, const Goal& goal, std::size_t most_runs, std::size_t first_replication)
        : study_(study), goal_(goal), most_runs_(most_runs), first_replication_(first_replication) {}

    void hold(reports::Plan& out) {
        first_arm_ = out.first_arm;
        make(goal_.first, everybody(out.candidates.size()));
        out.figures = &study_.figures();
        for (std::size_t i = 0; i < out.candidates.size(); ++i) {
            const bool measured = figures_at(i, 0, goal_.first).has_value();
            out.candidates[i].fate = measured ? Fate::open : Fate::not_measured;
            if (measured) contestants_.push_back(i);
        }
        if (contestants_.empty() || study_.stopped()) return;
        out.zone = zone(out);
        st::ConstrainedRule rule;
        rule.zone = out.zone;
        rule.first = goal_.first;
        rule.confidence = goal_.confidence;
        rule.best = goal_.best;
        for (const reports::PlanLimit& one : goal_.limits) rule.limits.push_back(one.limit);
        st::ConstrainedSelection selection(contestants_.size(), std::move(rule));
        bool whole = feed(selection, goal_.first);
        while (whole && !selection.decided() && !study_.stopped()) {
            const std::size_t batch = next_batch(selection.survivors().size());
            if (batch == 0) break;
            std::vector<std::size_t> candidates;
            for (const std::size_t one : selection.survivors()) candidates.push_back(contestants_[one]);
            make(selection.replications() + batch, candidates);
            whole = feed(selection, selection.replications() + batch);
        }
        tell(selection, out);
    }
    std::size_t runs() const { return runs_; }

   private:
    static std::vector<std::size_t> everybody(std::size_t count) {
        std::vector<std::size_t> out(count);
        std::iota(out.begin(), out.end(), std::size_t{0});
        return out;
    }
    std::uint64_t seed(std::size_t replication) const { return study_.seed(first_arm_, first_replication_ + replication); }

    // Up to `total` replications of each.
    void make(std::size_t total, const std::vector<std::size_t>& candidates) {
        std::vector<StudyRun> runs;
        for (std::size_t r = made_; r < total; ++r)
            for (const std::size_t one : candidates) runs.push_back({first_arm_ + one, seed(r)});
        made_ = total;
        runs_ += runs.size();
        study_.run(runs);
    }

    // Enough to keep some dozen processors busy, whoever has how many.
    std::size_t next_batch(std::size_t survivors) const {
        constexpr std::size_t kAtOnce = 16;
        const std::size_t left = most_runs_ > runs_ ? (most_runs_ - runs_) / survivors : 0;
        return std::min(left, std::max<std::size_t>(1, kAtOnce / survivors));
    }

    // Replications `from` to `to` of a candidate: objective and limits of each; nothing when one of them is missing.
    std::optional<std::vector<std::vector<double>>> figures_at(std::size_t candidate, std::size_t from, std::size_t to) const {
        const auto runs = study_.figures().replications(first_arm_ + candidate);
        std::vector<std::vector<double>> out;
        for (std::size_t r = from; r < to; ++r) {
            if (r >= runs.size() || runs[r].seed != seed(r)) return std::nullopt;
            std::vector<double> figures;
            const auto add = [&](const std::string& kpi) {
                if (const auto value = runs[r].kpi(kpi)) figures.push_back(*value);
            };
            add(goal_.kpi);
            for (const reports::PlanLimit& one : goal_.limits) add(one.kpi);
            if (figures.size() != 1 + goal_.limits.size()) return std::nullopt;
            out.push_back(std::move(figures));
        }
        return out;
    }

    // False when a figure is missing: then nothing more can be decided.
    bool feed(st::ConstrainedSelection& selection, std::size_t total) {
        while (selection.replications() < total && !selection.decided()) {
            const std::size_t r = selection.replications();
            std::vector<std::vector<double>> all;
            for (const std::size_t one : selection.survivors()) {
                auto figures = figures_at(contestants_[one], r, r + 1);
                if (!figures) return false;
                all.push_back(std::move(figures->front()));
            }
            selection.add(all);
        }
        return true;
    }

    // A share of what looks best after the first replications.
    double zone(const reports::Plan& plan) const {
        if (!goal_.zone_is_share) return goal_.zone;
        const auto sample = plan.sample(reports::by_look(plan).front(), goal_.kpi);
        const double out = sample ? goal_.zone * std::abs(st::mean(*sample)) : 0;
        if (!(out > 0))
            throw BadInput("--zone: the best mean of " + goal_.kpi +
                           " is 0, of which no share can be taken: give the zone in its unit");
        return out;
    }

    void tell(const st::ConstrainedSelection& selection, reports::Plan& out) const {
        using Standing = st::ConstrainedSelection::Standing;
        for (std::size_t i = 0; i < contestants_.size(); ++i) {
            reports::PlanCandidate& one = out.candidates[contestants_[i]];
            const Standing standing = selection.standing(i);
            one.fate = standing == Standing::beaten         ? Fate::beaten
                       : standing == Standing::misses_limit ? Fate::misses_limit
                                                            : Fate::open;
            for (std::size_t k = 0; k < goal_.limits.size() && !one.missed; ++k)
                if (selection.keeps(i, k) == st::ConstrainedSelection::Keeps::no) one.missed = k;
        }
        out.leader = std::nullopt;
        if (const auto best = selection.best()) {
            out.outcome = Outcome::decided;
            out.leader = contestants_[*best];
            out.candidates[*out.leader].fate = Fate::best;
            return;
        }
        out.outcome = selection.decided() ? Outcome::nothing_keeps_limits : Outcome::runs_ended;
        for (const std::size_t i : reports::by_look(out)) {
            const Fate fate = out.candidates[i].fate;
            if (out.outcome == Outcome::runs_ended ? fate == Fate::open : fate != Fate::not_measured) {
                out.leader = i;
                return;
            }
        }
    }

    Study& study_;
    const Goal& goal_;
    std::size_t most_runs_, first_replication_, first_arm_ = 0, made_ = 0, runs_ = 0;
    std::vector<std::size_t> contestants_;  // candidates
};

}  // namespace

void hold_contest(Study& study, const Goal& goal, std::size_t most_runs, std::size_t first_replication, reports::Plan& out) {
    Contest contest(study, goal, most_runs, first_replication);
    contest.hold(out);
    out.selection_runs = contest.runs();
}

}  // namespace lastunit::cli
