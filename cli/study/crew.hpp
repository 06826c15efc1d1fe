// Who does the simulations of a study: processes of this machine, or ranks of many.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/workers.hpp"

namespace lastunit::cli {

struct CrewPlan {
    // Each is all that is needed: any process that was started with the same command line can do it.
    std::vector<std::string> tasks;
    // Runs in a process of its own, since SimGrid has one engine per process. What it throws is the failure's text.
    std::function<std::string(const std::string& task)> work;
    std::function<std::string(std::size_t)> repeat_command;   // of one task, for a failure's text
    std::function<void(std::size_t, const Worked&)> on_done;  // in the leading process, in the order in which they end
    unsigned at_once = 0;                                     // processes per machine; 0 = one per core
};

class Crew {
   public:
    Crew() = default;
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    virtual ~Crew() = default;
    // Returns when every task has ended, failed or been stopped, each told to `on_done` but those stopped. A study may call it
    // many times: the next tasks may depend on the answers so far. Returned is how each ended; answers are told alone.
    virtual std::vector<Worked> work(const CrewPlan& plan) = 0;
};

std::unique_ptr<Crew> local_crew();

}  // namespace lastunit::cli
