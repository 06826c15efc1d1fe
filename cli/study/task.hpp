// One simulation of a study, from its description to its record: the same in a forked process and on another machine.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cli/command.hpp"
#include "model/run_record.pb.h"
#include "model/scenario.hpp"
#include "model/study.pb.h"

namespace lastunit::cli {

// What is compared: a scenario under a design, with changes.
struct Arm {
    std::string name;       // in reports: "unified", "buffer=3"
    model::StudyTask task;  // but for its seed
    std::shared_ptr<const model::Scenario> scenario;
};

// Of a scenario that has been loaded with these arguments: --set, --routing and --library are theirs. `design` as in --design.
Arm make_arm(const Arguments& arguments, const std::string& design, model::Scenario scenario);

// The arguments of the `lastunit run` that does this one alone.
Arguments arguments_of(const model::StudyTask& task);
std::string repeat_command(const model::StudyTask& task);

// Loads what the task names. Throws BadInput when it cannot be loaded, or is no longer what the study was asked about.
model::Scenario load(const model::StudyTask& task);

// The record of the run, complete but for what differs from machine to machine and from time to time (wall time, peak memory):
// equal tasks have equal records, to the byte.
model::RunRecord simulate(const model::StudyTask& task, const model::Scenario& scenario);

// What a process of the crew does with the bytes of a task. `known`: the scenario of a hash that this process has loaded already,
// or null.
std::string work_on(const std::string& task, const std::function<const model::Scenario*(const std::string& hash)>& known);

}  // namespace lastunit::cli
