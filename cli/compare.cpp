#include "cli/compare.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <sstream>
#include <stdexcept>

#include "cli/identity.hpp"
#include "cli/library.hpp"
#include "cli/progress.hpp"
#include "cli/scenario.hpp"
#include "cli/workers.hpp"
#include "reports/comparison.hpp"
#include "reports/write.hpp"
#include "scenarios/library.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {
namespace {

constexpr const char* kAll = "all";
constexpr const char* kOwn = "own";  // the scenario's own design

struct Candidate {
    std::string design;  // as --design has it; empty = the scenario's own
    model::Scenario scenario;
};

std::vector<std::string> designs_named(const Arguments& arguments) {
    const std::string text = arguments.get("designs").value_or(kAll);
    std::vector<std::string> names;
    std::istringstream list(text);
    for (std::string name; std::getline(list, name, ',');) {
        if (name.empty()) throw BadInput("--designs: '" + text + "' has an empty name; names are separated by commas");
        if (name == kAll) {
            for (const auto& entry : scenarios::Library(library_folders(arguments)).list_designs()) names.push_back(entry.name);
        } else {
            names.push_back(name == kOwn ? "" : name);
        }
    }
    if (names.empty()) throw BadInput("--designs: names no design");
    for (std::size_t i = 0; i < names.size(); ++i)
        if (std::find(names.begin() + static_cast<std::ptrdiff_t>(i) + 1, names.end(), names[i]) != names.end())
            throw BadInput("--designs: '" + (names[i].empty() ? kOwn : names[i]) + "' is there twice");
    return names;
}

// All of them are read before the first is run: a mistake in the last costs no minutes.
std::vector<Candidate> load_all(const Arguments& arguments) {
    std::vector<Candidate> out;
    bool all_good = true;
    for (const std::string& design : designs_named(arguments)) {
        auto scenario = load_under_design(arguments.words[0], design, arguments);
        all_good = all_good && scenario.has_value();
        if (scenario) out.push_back({design, std::move(*scenario)});
    }
    if (!all_good) out.clear();
    return out;
}

std::string simulate(const Candidate& candidate, const Arguments& arguments, std::uint64_t seed) {
    const auto started = std::chrono::steady_clock::now();
    sim::RunOptions options;
    options.seed = seed;
    model::RunRecord record = sim::run(candidate.scenario, options);
    record.mutable_identity()->set_wall_s(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    complete(record, candidate.scenario, arguments, seed, candidate.design);
    return record.SerializeAsString();
}

// The records of those that ended; what became of the others is said on stderr.
std::vector<model::RunRecord> run_all(const std::vector<Candidate>& candidates, const Arguments& arguments, std::uint64_t seed) {
    const bool drawn = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
    std::size_t done = 0;
    const auto tell = [&] {
        if (drawn) std::fprintf(stderr, "\r%zu of %zu designs simulated\033[K", done, candidates.size());
    };
    WorkerPlan plan;
    plan.count = candidates.size();
    plan.work = [&](std::size_t i) { return simulate(candidates[i], arguments, seed); };
    plan.repeat_command = [&](std::size_t i) { return repeat_command(arguments, seed, candidates[i].design); };
    plan.on_done = [&](std::size_t, const Worked&) {
        ++done;
        tell();
    };
    tell();
    const std::vector<Worked> answers = work_in_processes(plan);
    if (drawn) std::fputs("\r\033[K", stderr);
    std::vector<model::RunRecord> records;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        model::RunRecord record;
        if (!answers[i].failure.empty())
            std::fprintf(stderr, "lastunit compare: design %s: %s\n", candidates[i].scenario.design.name.c_str(),
                         answers[i].failure.c_str());
        else if (record.ParseFromString(answers[i].answer))
            records.push_back(std::move(record));
        else
            throw std::runtime_error("a worker's record cannot be read");
    }
    return records;
}

struct File {
    const char* option;
    std::string (*content)(std::span<const model::RunRecord>);
};
constexpr File kFiles[] = {{"json", reports::comparison_json}, {"markdown", reports::comparison_markdown}};

void check_files(const Arguments& arguments) {
    for (const File& file : kFiles)
        if (const auto path = arguments.get(file.option))
            if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
    if (arguments.get("json").has_value() && arguments.get("json") == arguments.get("markdown"))
        throw BadInput("two reports would be written to " + *arguments.get("json"));
}

// Returns whether stdout was one of them.
bool write_files(const Arguments& arguments, std::span<const model::RunRecord> records) {
    bool to_stdout = false;
    for (const File& file : kFiles) {
        const auto path = arguments.get(file.option);
        if (!path) continue;
        if (const auto problem = reports::write_file(*path, file.content(records))) throw BadInput(*problem);
        to_stdout = to_stdout || *path == "-";
    }
    return to_stdout;
}

bool gates_passed(const std::vector<model::RunRecord>& records) {
    bool passed = true;
    for (const model::RunRecord& record : records) {
        for (const model::GateVerdict& gate : record.gates()) {
            if (gate.passed()) continue;
            passed = false;
            std::fprintf(stderr, "lastunit compare: design %s fails the gate %s\n", record.identity().design().c_str(),
                         gate.text().c_str());
        }
    }
    return passed;
}

}  // namespace

int compare(const Arguments& arguments) {
    check_files(arguments);
    const auto given_seed = arguments.number("seed");
    const std::vector<Candidate> candidates = load_all(arguments);
    if (candidates.empty()) return kBadInput;
    const std::uint64_t seed = given_seed.value_or(candidates.front().scenario.run.seed);
    const std::vector<model::RunRecord> records = run_all(candidates, arguments, seed);
    if (const std::string difference = reports::unequal_shoppers(records); !difference.empty())
        throw std::runtime_error(difference);
    if (!records.empty()) {
        std::FILE* out = write_files(arguments, records) ? stderr : stdout;
        std::fputs(reports::comparison(records, reports::style_of(fileno(out))).c_str(), out);
    }
    if (records.size() < candidates.size()) return kInternal;
    return gates_passed(records) ? kOk : kGateFailed;
}

}  // namespace lastunit::cli
