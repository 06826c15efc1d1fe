// For tests of studies over ranks: `mpirun -n N lastunit_ranks_probe FOLDER TASKS [MS]` does TASKS pieces of work that take so
// long, in two rounds, and prints every answer. Each rank leaves its process number in FOLDER/pid.RANK.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "cli/study/ranks.hpp"

namespace {

using lastunit::cli::CrewPlan;
using lastunit::cli::Worked;

std::string answer(const std::string& task, int ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
    if (task == "3") throw std::runtime_error("three is not to be had");
    if (task == "5") std::abort();
    std::string out = task + ":";
    for (int i = 0; i < 200'000; ++i) out += static_cast<char>('a' + (i * 7 + std::atoi(task.c_str())) % 26);
    return out;
}

int command(const std::string& folder, int tasks, int ms) {
    const char* rank = std::getenv("OMPI_COMM_WORLD_RANK");
    std::ofstream(folder + "/pid." + (rank == nullptr ? "0" : rank)) << getpid();
    const auto work = [&](const std::string& task) { return answer(task, ms); };
    const auto crew = lastunit::cli::open_crew(work);
    std::size_t told = 0;
    for (int round = 0; round < 2; ++round) {
        CrewPlan plan;
        for (int i = 0; i < tasks; ++i) plan.tasks.push_back(std::to_string(round * tasks + i));
        plan.work = work;
        plan.repeat_command = [](std::size_t i) { return "repeat " + std::to_string(i); };
        std::vector<std::string> answers(plan.tasks.size());
        plan.on_done = [&](std::size_t i, const Worked& one) {
            answers[i] = one.answer + one.failure;
            std::ofstream(folder + "/done") << ++told;
        };
        crew->work(plan);
        for (const std::string& one : answers) std::printf("%s\n", one.c_str());
    }
    std::printf("%zu told\n", told);
    return 4;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    using lastunit::cli::Participation;
    return lastunit::cli::run_in_ranks(Participation::all_ranks,
                                       [&] { return command(argv[1], std::atoi(argv[2]), argc > 3 ? std::atoi(argv[3]) : 0); });
}
