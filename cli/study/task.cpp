#include "cli/study/task.hpp"

#include <stdexcept>

#include "cli/allocations.hpp"
#include "cli/identity.hpp"
#include "cli/routing.hpp"
#include "cli/scenario.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {

Arm make_arm(const Arguments& arguments, const std::string& design, model::Scenario scenario) {
    Arm arm;
    arm.name = scenario.design.name;
    arm.task.set_scenario(arguments.words[0]);
    arm.task.set_design(design);
    arm.task.set_design_name(scenario.design.name);
    for (std::string& change : changes_of(arguments)) arm.task.add_changes(std::move(change));
    for (const std::string& folder : arguments.all("library")) arm.task.add_libraries(folder);
    arm.task.set_scenario_hash(scenario.hash);
    arm.scenario = std::make_shared<const model::Scenario>(std::move(scenario));
    return arm;
}

Arguments arguments_of(const model::StudyTask& task) {
    Arguments out;
    out.command = "run";
    out.words = {task.scenario()};
    const auto put = [&](const char* option, const auto& values) {
        if (!values.empty()) out.options[option].assign(values.begin(), values.end());
    };
    put("set", task.changes());
    put("library", task.libraries());
    if (!task.design().empty()) out.options["design"] = {task.design()};
    return out;
}

std::string repeat_command(const model::StudyTask& task) {
    return repeat_command(arguments_of(task), task.seed(), task.design());
}

model::Scenario load(const model::StudyTask& task) {
    scenarios::Loaded loaded = load_scenario(task.scenario(), task.design(), arguments_of(task));
    if (!loaded.scenario) throw BadInput(loaded.errors.empty() ? task.scenario() + " cannot be loaded" : loaded.errors[0].text());
    if (loaded.scenario->hash != task.scenario_hash())
        throw BadInput(task.scenario() + " is not what the study began with: the file was changed since, or differs here");
    loaded.scenario->design.name = task.design_name();
    return std::move(*loaded.scenario);
}

model::RunRecord simulate(const model::StudyTask& task, const model::Scenario& scenario) {
    sim::RunOptions options;
    options.seed = task.seed();
    const std::uint64_t allocated = allocations();
    model::RunRecord record = sim::run(scenario, options);
    record.mutable_identity()->set_allocations(allocations() - allocated);
    complete(record, scenario, arguments_of(task), task.seed(), task.design());
    record.mutable_identity()->clear_wall_s();
    record.mutable_identity()->clear_peak_memory_bytes();
    return record;
}

std::string work_on(const std::string& bytes, const std::function<const model::Scenario*(const std::string& hash)>& known) {
    model::StudyTask task;
    if (!task.ParseFromString(bytes)) throw std::runtime_error("the task cannot be read");
    const model::Scenario* scenario = known ? known(task.scenario_hash()) : nullptr;
    return (scenario != nullptr ? simulate(task, *scenario) : simulate(task, load(task))).SerializeAsString();
}

}  // namespace lastunit::cli
