// Ctrl-C, once and twice.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "cli/stop.hpp"

namespace lastunit::cli_tests {
namespace {

TEST_CASE("stop: the first Ctrl-C is a request, the second one kills") {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        std::signal(SIGINT, SIG_DFL);
        const cli::StopSignals signals;
        if (cli::StopSignals::requested()) _exit(1);
        std::raise(SIGINT);
        if (!cli::StopSignals::requested()) _exit(2);
        std::raise(SIGINT);
        _exit(3);  // not reached
    }
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGINT);
}

}  // namespace
}  // namespace lastunit::cli_tests
