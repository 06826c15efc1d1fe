#include "cli/risk/roots.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "cli/workers.hpp"

namespace lastunit::cli {
namespace {

// Of the processes that this one has waited for, and of those they have.
double cpu_of_children_s() {
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

PathCounts count(const RootPlan& plan, const Splitting& splitting, std::uint64_t seed) {
    const PathRun run = [&](sim::LevelWatch& watch) { plan.run(seed, watch); };
    return plan.copying == Copying::forks ? count_forked(splitting, run) : count_replayed(splitting, run);
}

}  // namespace

Roots simulate_roots(const RootPlan& plan, const Splitting& splitting, std::uint64_t first, std::size_t count_of_roots) {
    const std::size_t step = std::max<std::size_t>(1, plan.per_process);
    const auto roots_of = [&](std::size_t task) { return std::min(step, count_of_roots - task * step); };
    std::size_t done = 0;
    WorkerPlan work;
    work.count = (count_of_roots + step - 1) / step;
    work.at_once = plan.at_once;
    work.work = [&](std::size_t task) {
        std::string out;
        for (std::size_t i = 0; i < roots_of(task); ++i) out += count(plan, splitting, first + task * step + i).text();
        return out;
    };
    work.repeat_command = [&](std::size_t task) { return plan.repeat_command(first + task * step); };
    work.on_done = [&](std::size_t task, const Worked&) {
        done += roots_of(task);
        if (plan.on_done) plan.on_done(done);
    };
    const double before_s = cpu_of_children_s();
    const std::vector<Worked> answers = work_in_processes(work);
    Roots out;
    out.cpu_s = cpu_of_children_s() - before_s;
    out.stopped = count_stopped(answers) > 0;
    for (const Worked& answer : answers) {
        if (!answer.failure.empty()) throw std::runtime_error(answer.failure);
        std::istringstream lines(answer.answer);
        for (std::string line; std::getline(lines, line);) out.counts.push_back(PathCounts::read(line));
    }
    return out;
}

}  // namespace lastunit::cli
