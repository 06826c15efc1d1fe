#include "cli/counterfactuals.hpp"

#include <cstdio>
#include <vector>

#include "cli/changes.hpp"
#include "cli/progress.hpp"
#include "cli/scenario.hpp"
#include "cli/version.hpp"
#include "cli/workers.hpp"
#include "sim/probe.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {
namespace {

// What became of one shopper's wish for one SKU.
class Wish : public sim::Probe {
   public:
    Wish(std::uint64_t shopper, Sku sku) : shopper_(shopper), sku_(sku) {}
    void line_accepted(std::uint64_t shopper, Sku sku, Quantity units, Quantity oversold) override {
        if (shopper != shopper_ || sku != sku_) return;
        accepted_ += units;
        oversold_ += oversold;
    }
    void line_refused(std::uint64_t shopper, Sku sku, Quantity) override {
        if (shopper == shopper_ && sku == sku_) refused_ = true;
    }
    bool oversold() const { return oversold_ > 0; }
    const char* instead() const {
        return oversold() ? "oversold" : accepted_ > 0 ? "served" : refused_ ? "refused" : "did not ask";
    }

   private:
    std::uint64_t shopper_;
    Sku sku_;
    Quantity accepted_ = 0, oversold_ = 0;
    bool refused_ = false;
};

std::optional<model::Scenario> load_again(const model::EventLogOrigin& origin) {
    Arguments arguments;
    arguments.command = "run";
    arguments.words = {origin.scenario_file()};
    for (const std::string& change : origin.changes()) arguments.options["set"].push_back(change);
    for (const std::string& folder : origin.libraries()) arguments.options["library"].push_back(folder);
    if (!origin.design_file().empty()) arguments.options["design"] = {origin.design_file()};
    return load_or_explain(origin.scenario_file(), arguments);
}

struct Answer {
    model::Counterfactual counterfactual;
    std::string fingerprint;
};

// In a process of its own. The fingerprint comes first, 16 digits.
std::string simulate(const model::Scenario& scenario, std::uint64_t seed, std::uint64_t shopper, Sku sku) {
    Wish wish(shopper, sku);
    sim::RunOptions options;
    options.seed = seed;
    options.probe = &wish;
    const model::RunRecord record = sim::run(scenario, options);
    model::Counterfactual out;
    out.set_avoided(!wish.oversold());
    out.set_instead(wish.instead());
    model::CounterfactualTotals& totals = *out.mutable_totals();
    totals.set_oversold_units(static_cast<std::int64_t>(record.kpi().oversold_units()));
    totals.set_undersold_units(static_cast<std::int64_t>(record.kpi().undersold_units()));
    totals.set_lost_sales_units(static_cast<std::int64_t>(record.kpi().lost_sales_units()));
    totals.set_cancelled_units(static_cast<std::int64_t>(record.kpi().cancelled_units()));
    totals.set_cost_per_order(record.kpi().cost_per_order());
    return record.identity().fingerprint() + out.SerializeAsString();
}

std::optional<Answer> read_answer(const Worked& worked) {
    Answer answer;
    if (!worked.failure.empty() || worked.answer.size() < 16) return std::nullopt;
    answer.fingerprint = worked.answer.substr(0, 16);
    if (!answer.counterfactual.ParseFromString(worked.answer.substr(16))) return std::nullopt;
    return answer;
}

model::CounterfactualTotals difference(const model::CounterfactualTotals& to, const model::CounterfactualTotals& from) {
    model::CounterfactualTotals out;
    out.set_oversold_units(to.oversold_units() - from.oversold_units());
    out.set_undersold_units(to.undersold_units() - from.undersold_units());
    out.set_lost_sales_units(to.lost_sales_units() - from.lost_sales_units());
    out.set_cancelled_units(to.cancelled_units() - from.cancelled_units());
    out.set_cost_per_order(to.cost_per_order() - from.cost_per_order());
    return out;
}

// The run as it was comes first: it has to be the same again.
std::vector<Worked> simulate_all(const model::Scenario& scenario, const std::vector<Change>& changes, const reports::RunLog& log,
                                 const reports::OversoldUnits& units) {
    const std::uint64_t shopper = log.list.orders()[units.order].shopper;
    const bool drawn = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
    std::size_t done = 0;
    const auto tell = [&] {
        if (drawn) std::fprintf(stderr, "\r%zu of %zu runs simulated again\033[K", done, changes.size() + 1);
    };
    WorkerPlan plan;
    plan.count = changes.size() + 1;
    plan.work = [&](std::size_t i) {
        model::Scenario changed = scenario;
        if (i > 0) changes[i - 1].apply(changed);
        return simulate(changed, log.header.seed(), shopper, units.sku);
    };
    plan.repeat_command = [&](std::size_t i) {
        return log.header.origin().repeat_command() + (i > 0 ? " (changed: " + changes[i - 1].text + ")" : "");
    };
    plan.on_done = [&](std::size_t, const Worked&) {
        ++done;
        tell();
    };
    tell();
    std::vector<Worked> answers = work_in_processes(plan);
    if (drawn) std::fputs("\r\033[K", stderr);
    return answers;
}

std::string another_commit(const reports::RunLog& log) {
    const std::string& then = log.header.origin().commit();
    return then == commit() ? "" : "; the log is of commit " + then + ", this is " + commit();
}

}  // namespace

std::optional<std::string> simulate_counterfactuals(const reports::RunLog& log, const reports::OversoldUnits& units,
                                                    model::Autopsy& autopsy) {
    if (log.end.partial()) return "the run was stopped before its end, and cannot be repeated as it was";
    const auto scenario = load_again(log.header.origin());
    if (!scenario) {
        const std::string& file = log.header.origin().scenario_file();
        return "the run's scenario cannot be loaded: " + file +
               (file.starts_with('/') ? "" : "; run it from where the log was written");
    }
    if (scenario->hash != log.header.scenario_hash())
        return "the scenario is not the one of the log any more (hash " + scenario->hash + ", the log's is " +
               log.header.scenario_hash() + ")" + another_commit(log);
    const std::vector<Change> changes = changes_for(*scenario, autopsy.line());
    const std::vector<Worked> answers = simulate_all(*scenario, changes, log, units);
    const auto as_it_was = read_answer(answers.front());
    if (!as_it_was) return "the run as it was failed: " + answers.front().failure;
    if (as_it_was->fingerprint != log.end.fingerprint())
        return "the run does not repeat (fingerprint " + as_it_was->fingerprint + ", the log's is " + log.end.fingerprint() +
               ")" + another_commit(log);
    *autopsy.mutable_as_it_was() = as_it_was->counterfactual.totals();
    for (std::size_t i = 0; i < changes.size(); ++i) {
        model::Counterfactual& out = *autopsy.add_counterfactuals();
        const auto answer = read_answer(answers[i + 1]);
        if (answer) {
            out = answer->counterfactual;
            *out.mutable_difference() = difference(out.totals(), autopsy.as_it_was());
        } else {
            out.set_failure(answers[i + 1].failure);
        }
        out.set_change(changes[i].text);
        if (out.avoided() && autopsy.smallest() == 0) autopsy.set_smallest(static_cast<std::int32_t>(i + 1));
    }
    return std::nullopt;
}

}  // namespace lastunit::cli
