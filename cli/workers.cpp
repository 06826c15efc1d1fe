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
    std::size_t next = 0;
    const auto fill = [&] {
        for (; next < plan.count && children.running() < at_once; ++next) children.start(next, [&] { return plan.work(next); });
    };
    for (fill(); children.running() > 0;) {
        if (StopSignals::requested()) break;  // and what runs is ended with `children`
        std::vector<Children::Ended> all = children.wait(kLook_ms);
        if (!StopSignals::requested()) fill();  // before what has ended is looked at: no core waits for that
        for (Children::Ended& ended : all) {
            Worked& one = out[ended.number];
            one = worked_of(std::move(ended.end), plan.repeat_command(ended.number));
            if (plan.on_done) plan.on_done(ended.number, one);
            if (plan.answers == Answers::told) one.answer = std::string();
        }
    }
    return out;
}

}  // namespace lastunit::cli
