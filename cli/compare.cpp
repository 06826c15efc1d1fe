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
#include "cli/routing.hpp"
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
    std::string design;   // as --design has it; empty = the scenario's own
    Arguments arguments;  // with the one routing policy of this candidate, or none
    model::Scenario scenario;
};

// One per policy of --routing, or the arguments as they are.
std::vector<Arguments> by_routing(const Arguments& arguments) {
    std::vector<Arguments> out;
    for (const std::string& routing : routings_named(arguments)) {
        out.push_back(arguments);
        out.back().options["routing"] = {routing};
    }
    if (out.empty()) out.push_back(arguments);
    return out;
}

std::vector<std::string> designs_named(const Arguments& arguments) {
    const std::string text = arguments.get("designs").value_or(arguments.has("routing") ? kOwn : kAll);
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

enum class Designs : std::uint8_t { unnamed, named };

// What loading said, each line once: a mistake of the scenario is found under every design, one of a design under that.
struct Said {
    std::vector<std::pair<std::string, std::vector<std::string>>> lines;  // the text, and the designs under which it was said
    std::size_t designs = 0;

    void add(const std::string& text, const std::string& design) {
        for (auto& [known, under] : lines)
            if (known == text) return under.push_back(design);
        lines.push_back({text, {design}});
    }
    void print(Designs how) const {
        for (const auto& [text, under] : lines) {
            std::string of;
            if (how == Designs::named && under.size() < designs)
                for (const std::string& name : under) of += (of.empty() ? " (under " : ", ") + name;
            std::fprintf(stderr, "%s%s\n", text.c_str(), of.empty() ? "" : (of + ")").c_str());
        }
    }
};

// All of them are read before the first is run: a mistake in the last costs no minutes.
std::vector<Candidate> load_all(const Arguments& arguments) {
    std::vector<Candidate> out;
    Said said;
    const std::vector<Arguments> routings = by_routing(arguments);
    for (const std::string& design : designs_named(arguments))
        for (const Arguments& with : routings) {
            scenarios::Loaded loaded = load_scenario(arguments.words[0], design, with);
            const auto& lines = loaded.errors.empty() ? loaded.notes : loaded.errors;
            for (const scenarios::Diagnostic& line : lines) said.add(line.text(), design.empty() ? kOwn : design);
            ++said.designs;
            if (!loaded.scenario) continue;
            if (routings.size() > 1) loaded.scenario->design.name += ", " + *with.get("routing");
            out.push_back({design, with, std::move(*loaded.scenario)});
        }
    const bool all_good = out.size() == said.designs;
    said.print(all_good ? Designs::unnamed : Designs::named);
    if (!all_good) out.clear();
    return out;
}

std::string simulate(const Candidate& candidate, std::uint64_t seed) {
    const auto started = std::chrono::steady_clock::now();
    sim::RunOptions options;
    options.seed = seed;
    model::RunRecord record = sim::run(candidate.scenario, options);
    record.mutable_identity()->set_wall_s(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    complete(record, candidate.scenario, candidate.arguments, seed, candidate.design);
    return record.SerializeAsString();
}

struct Simulated {
    std::vector<model::RunRecord> records;  // of those that ended; what became of the others is said on stderr
    bool stopped = false;                   // by Ctrl-C
};

Simulated run_all(const std::vector<Candidate>& candidates, std::uint64_t seed) {
    const bool drawn = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
    std::size_t done = 0;
    const auto tell = [&] {
        if (drawn) std::fprintf(stderr, "\r%zu of %zu designs simulated\033[K", done, candidates.size());
    };
    WorkerPlan plan;
    plan.count = candidates.size();
    plan.work = [&](std::size_t i) { return simulate(candidates[i], seed); };
    plan.repeat_command = [&](std::size_t i) { return repeat_command(candidates[i].arguments, seed, candidates[i].design); };
    plan.on_done = [&](std::size_t, const Worked&) {
        ++done;
        tell();
    };
    tell();
    const std::vector<Worked> answers = work_in_processes(plan);
    if (drawn) std::fputs("\r\033[K", stderr);
    Simulated out;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        model::RunRecord record;
        if (answers[i].stopped) continue;
        if (!answers[i].failure.empty())
            std::fprintf(stderr, "lastunit compare: design %s: %s\n", candidates[i].scenario.design.name.c_str(),
                         answers[i].failure.c_str());
        else if (record.ParseFromString(answers[i].answer))
            out.records.push_back(std::move(record));
        else
            throw std::runtime_error("a worker's record cannot be read");
    }
    out.stopped = count_stopped(answers) > 0;
    if (out.stopped)
        std::fprintf(stderr, "lastunit compare: stopped; %zu of %zu designs were simulated\n", out.records.size(),
                     answers.size());
    return out;
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
            if (gate.passed() || gate.not_judged()) continue;
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
    const Simulated simulated = run_all(candidates, seed);
    const std::vector<model::RunRecord>& records = simulated.records;
    if (const std::string difference = reports::unequal_shoppers(records); !difference.empty())
        throw std::runtime_error(difference);
    if (!records.empty()) {
        std::FILE* out = write_files(arguments, records) ? stderr : stdout;
        std::fputs(reports::comparison(records, reports::style_of(fileno(out))).c_str(), out);
        std::fflush(out);  // before what stderr has to say about it
    }
    if (simulated.stopped) return kInterrupted;
    if (records.size() < candidates.size()) return kInternal;
    return gates_passed(records) ? kOk : kGateFailed;
}

}  // namespace lastunit::cli
