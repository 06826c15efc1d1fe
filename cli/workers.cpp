#include "cli/workers.hpp"

#include <algorithm>
#include <thread>

#include "cli/stop.hpp"

namespace lastunit::cli {
namespace {

constexpr int kLook_ms = 100;  // a signal that arrives just before the wait waits at most this long

}  // namespace

Worked worked_of(ChildEnd&& end, const std::string& repeat_command) {
    if (end.failure.empty()) return {std::move(end.answer), {}, false};
    return {{}, "the run " + end.failure + "; repeat it with: " + repeat_command, false};
}

std::size_t count_stopped(const std::vector<Worked>& all) {
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Worked& one) { return one.stopped; }));
}

std::vector<Worked> work_in_processes(const WorkerPlan& plan) {
    const std::size_t at_once = plan.at_once > 0 ? plan.at_once : std::max(1U, std::thread::hardware_concurrency());
    const StopSignals signals;
    std::vector<Worked> out(plan.count, Worked{{}, {}, true});
    Children children;
    for (std::size_t next = 0; next < plan.count || children.running() > 0;) {
        if (StopSignals::requested()) break;  // and what runs is ended with `children`
        for (; next < plan.count && children.running() < at_once; ++next) children.start(next, [&] { return plan.work(next); });
        for (Children::Ended& ended : children.wait(kLook_ms)) {
            out[ended.number] = worked_of(std::move(ended.end), plan.repeat_command(ended.number));
            if (plan.on_done) plan.on_done(ended.number, out[ended.number]);
        }
    }
    return out;
}

}  // namespace lastunit::cli
