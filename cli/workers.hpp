// Many simulations in processes of their own: SimGrid has one engine per process, and its clock never restarts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/child.hpp"

namespace lastunit::cli {

// What became of one piece of work: its answer, or how its process ended without one.
struct Worked {
    std::string answer;    // the bytes that `work` returned
    std::string failure;   // empty when there is an answer; else one line, ending in the command that repeats it
    bool stopped = false;  // by Ctrl-C, before it ended or even began: neither answer nor failure
};

// `repeat_command` only stands in a failure's text.
Worked worked_of(ChildEnd&& end, const std::string& repeat_command);

enum class Answers : std::uint8_t {
    returned,
    told,  // to on_done alone: those of a long study would fill the memory
};

struct WorkerPlan {
    std::size_t count = 0;  // pieces of work, 0 .. count - 1, begun in this order
    // Runs in the child, a copy of this process: what was loaded before is there and costs nothing. What it throws is the
    // failure's text.
    std::function<std::string(std::size_t)> work;
    std::function<std::string(std::size_t)> repeat_command;        // of one piece, for a failure's text
    std::function<void(std::size_t, const Worked&)> on_done = {};  // in this process, in the order in which they end
    unsigned at_once = 0;                                          // processes; 0 = one per core
    Answers answers = Answers::returned;
};

// The answers by index, whatever the order in which the processes ended. Children die with this process. A failure does not stop
// the others; SIGINT or SIGTERM ends them all, and what had ended before keeps its answer.
std::vector<Worked> work_in_processes(const WorkerPlan& plan);

std::size_t count_stopped(const std::vector<Worked>& all);

}  // namespace lastunit::cli
