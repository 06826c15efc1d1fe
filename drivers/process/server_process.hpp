// A server as a child process: started, waited for, killed as a power cut would, stalled, started again.
//
// It never outlives this process: it is killed when we end, even by kill -9 of ourselves (then its own children are on their own;
// PostgreSQL's notice that their parent is gone). Any thread may call any function; one that changes the process waits for the
// one before. Errors are DriverError: one line with what happened and the last lines of the server's log.
#pragma once

#include <sys/types.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "drivers/process/spawn.hpp"

namespace lastunit::drivers {

class ServerProcess {
   public:
    // `name` for messages: "PostgreSQL", "serve".
    ServerProcess(std::string name, ServerCommand command);
    ~ServerProcess();  // kills the tree
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    // Throws when it cannot be started; nothing when it is running already.
    void start();
    // Asks again and again until it is ready. Throws when the server ends before, or is not ready in time.
    void wait_until(const std::function<bool()>& ready, Duration at_most);
    // How it ended ("exit code 1", "signal 9"), nullopt while it runs (also stalled). Not running yet: "not started".
    std::optional<std::string> ended();
    pid_t pid() const;  // -1 when it does not run

    // SIGKILL to it and all its descendants; returns when they are gone. Nothing when it does not run.
    void kill_tree();
    // SIGSTOP to all of it, and SIGCONT. A stalled server keeps its connections and takes new ones (the kernel does), and says
    // nothing.
    void stall();
    void resume();
    // kill_tree, and start with the same words.
    void restart();
    // Asks politely with `signal`, and kills what is left after `grace`. How it ended.
    std::string stop(int signal, Duration grace);

    // The last lines of its log, for messages; empty without a log.
    std::string log_tail(std::size_t lines = 5) const;
    const ServerCommand& command() const { return command_; }
    const std::string& name() const { return name_; }

   private:
    bool reap(int options);  // true once it has ended; sets how_
    void kill_locked();

    const std::string name_;
    const ServerCommand command_;
    mutable std::mutex mutex_;
    pid_t pid_ = -1;
    std::string how_ = "not started";
    std::vector<pid_t> stalled_;
};

}  // namespace lastunit::drivers
