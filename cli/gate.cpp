#include "cli/gate.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/gate/options.hpp"
#include "cli/gate/rounds.hpp"
#include "cli/gate/timing.hpp"
#include "cli/identity.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "cli/study/kept_runs.hpp"
#include "cli/study/study.hpp"
#include "cli/version.hpp"
#include "reports/gate/baseline.hpp"
#include "reports/gate/counters.hpp"
#include "reports/gate/saturation.hpp"
#include "reports/gate/terminal.hpp"
#include "reports/gate/text.hpp"
#include "reports/text.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

namespace rg = reports::gate;
using rg::Case;
using rg::Outcome;
using rg::Requirement;

using reports::counted;

bool against_baseline(const Requirement& one) { return one.against == model::Gate::Against::baseline; }

// What the scenario asks, and what a baseline is compared for where the scenario does not say.
struct Asked {
    std::vector<Requirement> all;
    std::size_t own = 0;  // the first so many are the scenario's
};

Asked asked_of(const model::Scenario& scenario, const GateOptions& options) {
    Asked out;
    out.all = rg::requirements(scenario.gates, options.resolution);
    out.own = out.all.size();
    if (!options.baseline && options.write_baseline.empty()) return out;
    if (std::none_of(out.all.begin(), out.all.end(), against_baseline))
        for (Requirement& one : rg::usual_requirements(options.tolerance, options.resolution)) out.all.push_back(std::move(one));
    // Another scenario or design may well cost the machine more: counters tell what a change of the code does.
    if (options.write_baseline.empty() && options.baseline->scenario_hash() != scenario.hash) return out;
    for (Requirement& one : rg::cost_requirements())
        if (!options.baseline || options.baseline->build() == build_name() || one.kpi != rg::kCounters[2])
            out.all.push_back(std::move(one));
    return out;
}

// Those not named by the scenario are asked as far as the baseline can answer: one that it cannot is a note, unless it fails.
void drop_what_no_one_asked(const Asked& asked, const GateOptions& options, std::vector<Case>& cases,
                            std::vector<std::string>& notes) {
    std::vector<Case> kept;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const Requirement& one = asked.all[i];
        bool answerable = i < asked.own || cases[i].outcome != Outcome::invalid;
        if (!answerable && options.baseline) {
            const auto had = rg::figures_of(*options.baseline, one.kpi);
            const double seen = std::max(std::abs(one.margin), std::abs(one.margin + one.grace));
            answerable = had && cases[i].undecided && rg::resolves(*had, seen) == rg::Resolves::yes;
        }
        if (answerable)
            kept.push_back(std::move(cases[i]));
        else
            notes.push_back("Not judged: " + one.text + ": " + cases[i].reason);
    }
    cases = std::move(kept);
}

Case verdict(std::string name, Outcome outcome, std::string reason) {
    Case out;
    out.name = std::move(name);
    out.outcome = outcome;
    out.reason = std::move(reason);
    return out;
}

// All replications have to be there, and to say something.
void check_runs(const Study& study, rg::Result& result) {
    if (study.failed() > 0)
        result.cases.push_back(
            verdict("every replication ends", Outcome::invalid, counted(study.failed(), "replication") + " failed"));
    std::size_t saturated = 0, partial = 0;
    std::string why;
    const auto records = study.records();
    for (const model::RunRecord& record : records) {
        partial += record.identity().partial() ? 1 : 0;
        const std::string reason = rg::saturated(record);
        if (reason.empty()) continue;
        if (saturated++ == 0) why = "seed " + std::to_string(record.identity().seed()) + ": " + reason;
    }
    if (partial > 0)
        result.cases.push_back(
            verdict("every replication ends", Outcome::invalid, counted(partial, "replication") + " stopped early"));
    if (saturated == 0) return;
    const std::string text = std::to_string(saturated) + " of " + counted(records.size(), "replication") + " saturated: " + why;
    if (2 * saturated >= records.size())
        result.cases.push_back(verdict("the design keeps up", Outcome::invalid, text));
    else
        result.notes.push_back("Saturated now and then: " + text);
}

// A run that the store had is simulated anew: a store cannot vouch for the program.
void check_store(const Arguments& arguments, const Study& study, rg::Result& result) {
    if (study.from_store() == 0 || study.figures().replications(0).empty()) return;
    Arguments afresh = arguments;
    afresh.options["store"] = {"none"};
    Study again(afresh, {study.arm(0)});
    again.run_all(1);
    if (again.figures().replications(0).empty()) return;
    const auto &had = study.figures().replications(0).front(), &now = again.figures().replications(0).front();
    if (had.identity.fingerprint() != now.identity.fingerprint() || rg::kpi_hash(had) != rg::kpi_hash(now))
        result.cases.push_back(
            verdict("the same seed gives the same run", Outcome::fail,
                    "seed " + std::to_string(now.seed) + " gave another run than the store has of this very lastunit"));
}

void check_sameness(const GateOptions& options, const rg::Compared& compared, const model::Scenario& scenario,
                    rg::Result& result) {
    const model::GateBaseline& baseline = *options.baseline;
    const bool demanded = options.identical == GateOptions::Identical::demanded;
    const bool same_scenario = baseline.scenario_hash() == scenario.hash, same_code = baseline.code() == code_of_build();
    const rg::Sameness twins = rg::sameness(compared);
    if (baseline.design() != scenario.design.name)
        result.notes.push_back("Another design than the baseline's, which is " + baseline.design() + ".");
    else if (!same_scenario)
        result.notes.push_back("The scenario was changed since the baseline: " + baseline.scenario_hash() + ", now " +
                               scenario.hash + ".");
    const std::string of_common = " of " + counted(twins.common, "replication") + " with the baseline's seeds";
    const std::string first = twins.first_changed ? ", first seed " + std::to_string(*twins.first_changed) : "";
    const std::string changed = "changed in " + std::to_string(twins.common - twins.identical) + of_common + first;
    if (twins.common == 0) {
        result.notes.emplace_back("Other seeds than the baseline's: compared as independent samples.");
        if (demanded) result.cases.push_back(verdict("identical to the baseline", Outcome::invalid, "no seed is the baseline's"));
        return;
    }
    const bool identical = twins.identical == twins.common;
    if (same_scenario && same_code && !identical)
        result.cases.push_back(verdict("the same seed gives the same run", Outcome::fail,
                                       "not deterministic: this very lastunit made the baseline, and yet it " + changed));
    else if (demanded)
        result.cases.push_back(verdict("identical to the baseline", identical ? Outcome::pass : Outcome::fail,
                                       identical ? "identical in " + std::to_string(twins.identical) + of_common : changed));
    else
        result.notes.push_back(identical ? "Identical in " + std::to_string(twins.identical) + of_common + "."
                                         : "Runs " + changed + ".");
}

std::string command_of(const Arguments& arguments) {
    std::string out = "lastunit gate " + shell_quoted(arguments.words[0]);
    for (const auto& [name, values] : arguments.options)
        for (const std::string& value : values) out += " --" + name + (value.empty() ? "" : " " + shell_quoted(value));
    return out;
}

rg::Result result_of(const Arguments& arguments, const Study& study, const GateOptions& options) {
    rg::Result out;
    const model::Scenario& scenario = *study.arm(0).scenario;
    out.scenario = scenario.name;
    out.title = scenario.title;
    out.scenario_hash = scenario.hash;
    out.design = scenario.design.name;
    out.first_seed = study.first_seed();
    out.replications = study.figures().replications(0).size();
    out.code = code_of_build();
    out.command = command_of(arguments);
    if (options.baseline) {
        out.baseline_code = options.baseline->code();
        out.baseline_runs = static_cast<std::size_t>(options.baseline->runs_size());
    }
    return out;
}

struct File {
    const char* option;
    std::string (*content)(const rg::Result&);
};
constexpr File kFiles[] = {{"junit", rg::junit}, {"markdown", rg::markdown}, {"json", rg::json}};

void report(const Arguments& arguments, const rg::Result& result) {
    bool to_stdout = false;
    for (const File& file : kFiles) {
        const auto path = arguments.get(file.option);
        if (!path) continue;
        if (const auto problem = reports::write_file(*path, file.content(result))) throw BadInput(*problem);
        to_stdout = to_stdout || *path == "-";
    }
    std::FILE* out = to_stdout ? stderr : stdout;
    const std::string text =
        arguments.has("quiet") ? rg::headline(result) + "\n" : rg::summary(result, reports::style_of(fileno(out)));
    std::fputs(text.c_str(), out);
    std::fflush(out);
}

int stopped() {
    std::fprintf(stderr, "lastunit gate: stopped; nothing is judged\n");
    return kInterrupted;
}

int write_baseline(Study& study, const GateOptions& options, const Asked& asked) {
    const std::vector<std::string> too_wild = measure_baseline(study, options, asked.all);
    if (study.stopped()) return stopped();
    const auto runs = study.figures().replications(0);
    const auto ordered = std::any_of(runs.begin(), runs.end(),
                                     [](const reports::Replication& run) { return run.kpi("orders_accepted").value_or(0) > 0; });
    if (study.failed() > 0 || !ordered) {
        std::fprintf(stderr, "lastunit gate: INVALID: %s; %s is not written\n",
                     study.failed() > 0 ? "not every replication ended" : "no order was accepted",
                     options.write_baseline.c_str());
        return kInvalid;
    }
    std::vector<std::string> named;
    for (const Requirement& one : asked.all) named.push_back(one.kpi);
    const auto baseline = rg::make_baseline(study.figures(), 0, named, code_of_build());
    if (const auto problem = reports::write_file(options.write_baseline, rg::to_json(baseline))) throw BadInput(*problem);
    std::FILE* out = options.write_baseline == "-" ? stderr : stdout;
    std::fprintf(out, "wrote %s: %s of %s, design %s, from seed %llu\n", options.write_baseline.c_str(),
                 counted(runs.size(), "replication").c_str(), study.arm(0).scenario->name.c_str(),
                 study.arm(0).scenario->design.name.c_str(), static_cast<unsigned long long>(study.first_seed()));
    for (const std::string& line : too_wild) std::fprintf(out, "%s\n", line.c_str());
    return kOk;
}

}  // namespace

int gate(const Arguments& given) {
    const StopSignals signals;
    const GateOptions options = gate_options(given);
    Arguments arguments = given;
    if (options.baseline && !arguments.has("seed"))
        arguments.options["seed"] = {std::to_string(options.baseline->runs(0).seed())};
    auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    const Asked asked = asked_of(*scenario, options);
    Study study(arguments, {make_arm(arguments, arguments.get("design").value_or(""), std::move(*scenario))});
    if (!options.write_baseline.empty()) return write_baseline(study, options, asked);

    study.keep_records();
    std::vector<Case> cases = judge_in_rounds(study, options, asked.all);
    if (study.stopped()) return stopped();
    rg::Result result = result_of(arguments, study, options);
    const rg::Compared compared{&study.figures(), 0, options.baseline ? &*options.baseline : nullptr};
    if (const std::string other = rg::other_scenario(compared); !other.empty()) {
        std::vector<Case> kept;
        for (std::size_t i = 0; i < cases.size(); ++i)
            if (!against_baseline(asked.all[i])) kept.push_back(std::move(cases[i]));
        cases = std::move(kept);
        cases.push_back(verdict("the baseline is of this scenario", Outcome::invalid, other));
    } else {
        drop_what_no_one_asked(asked, options, cases, result.notes);
        if (options.baseline) check_sameness(options, compared, *study.arm(0).scenario, result);
    }
    result.cases.insert(result.cases.begin(), cases.begin(), cases.end());
    check_runs(study, result);
    check_store(arguments, study, result);
    if (!options.old_binary.empty())
        result.cases.push_back(compare_cpu_time(options, study.arm(0), study.first_seed(), result.notes));
    if (result.cases.empty())
        result.notes.emplace_back("There is nothing to judge: the scenario has no gates, and no baseline is given.");
    report(arguments, result);
    switch (result.outcome()) {
        case Outcome::pass:
            return kOk;
        case Outcome::fail:
            return kGateFailed;
        case Outcome::invalid:
            break;
    }
    return kInvalid;
}

}  // namespace lastunit::cli
