#include "cli/study/ending.hpp"

#include <cstdio>
#include <map>

#include "cli/study/kept_runs.hpp"
#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

void say(const Arguments& arguments, const std::string& text) {
    std::fprintf(stderr, "lastunit %s: %s\n", arguments.command.c_str(), text.c_str());
}

// Returns whether any was.
bool tell_broken_gates(const Arguments& arguments, const Study& study) {
    bool any = false;
    for (std::size_t arm = 0; arm < study.arms(); ++arm) {
        const auto runs = study.figures().replications(arm);
        std::map<std::string, std::size_t> broken;
        for (const auto& run : runs)
            for (const model::GateVerdict& gate : run.gates)
                if (!gate.passed() && !gate.not_judged()) ++broken[gate.text()];
        for (const auto& [gate, times] : broken)
            say(arguments, study.arm(arm).name + " fails the gate " + gate + " in " + std::to_string(times) + " of " +
                               reports::counted(std::uint64_t{runs.size()}, "replication"));
        any = any || !broken.empty();
    }
    return any;
}

void tell_runs(const Arguments& arguments, const Study& study) {
    std::string line = reports::counted(std::uint64_t{study.simulated()}, "run") + " simulated";
    if (study.from_store() > 0) line += ", " + reports::grouped(std::uint64_t{study.from_store()}) + " were in the store";
    if (study.failed() > 0) line += ", " + reports::grouped(std::uint64_t{study.failed()}) + " failed";
    if (study.is_shard()) line += "; shard " + *arguments.get("shard") + " is in " + store_path(arguments);
    if (study.stopped())
        line = "stopped; " + line + (store_path(arguments).empty() ? "" : "; the same command goes on from there");
    say(arguments, line);
}

}  // namespace

int end_study(const Arguments& arguments, const Study& study, const Replications& wanted) {
    if (!arguments.has("quiet") || study.stopped() || study.failed() > 0) tell_runs(arguments, study);
    if (!study.is_shard() && !study.stopped())
        for (const std::string& line : how_it_ended(study, wanted)) say(arguments, line);
    const bool broken = !study.is_shard() && tell_broken_gates(arguments, study);
    if (study.stopped()) return kInterrupted;
    if (study.failed() > 0) return kInternal;
    return broken ? kGateFailed : kOk;
}

int end_exploration(const Arguments& arguments, const Study& study) {
    if (!arguments.has("quiet") || study.stopped() || study.failed() > 0) tell_runs(arguments, study);
    if (study.stopped()) return kInterrupted;
    return study.failed() > 0 ? kInternal : kOk;
}

}  // namespace lastunit::cli
