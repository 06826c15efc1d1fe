#include "cli/study/crew.hpp"

namespace lastunit::cli {
namespace {

class LocalCrew final : public Crew {
   public:
    std::vector<Worked> work(const CrewPlan& plan) override {
        WorkerPlan processes;
        processes.count = plan.tasks.size();
        processes.work = [&](std::size_t i) { return plan.work(plan.tasks[i]); };
        processes.repeat_command = plan.repeat_command;
        processes.on_done = plan.on_done;
        processes.at_once = plan.at_once;
        processes.answers = Answers::told;
        return work_in_processes(processes);
    }
};

}  // namespace

std::unique_ptr<Crew> local_crew() { return std::make_unique<LocalCrew>(); }

}  // namespace lastunit::cli
