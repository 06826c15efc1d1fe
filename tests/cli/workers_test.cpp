// Work in processes of their own.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>

#include "cli/workers.hpp"

namespace lastunit::cli_tests {
namespace {

using cli::Worked;
using cli::WorkerPlan;

WorkerPlan plan_of(std::size_t count, std::function<std::string(std::size_t)> work) {
    WorkerPlan plan;
    plan.count = count;
    plan.work = std::move(work);
    plan.repeat_command = [](std::size_t index) { return "repeat " + std::to_string(index); };
    plan.at_once = 2;
    return plan;
}

TEST_CASE("workers: the answers come back by index, in whatever order the processes end") {
    std::vector<std::size_t> ended;
    WorkerPlan plan = plan_of(3, [](std::size_t index) {
        if (index == 0) std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return "answer " + std::to_string(index);
    });
    plan.on_done = [&](std::size_t index, const Worked&) { ended.push_back(index); };
    const std::vector<Worked> out = cli::work_in_processes(plan);
    REQUIRE(out.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(out[i].answer == "answer " + std::to_string(i));
        CHECK(out[i].failure.empty());
    }
    CHECK(ended == std::vector<std::size_t>{1, 2, 0});  // two at once: 1 and then 2 beside the slow 0
}

TEST_CASE("workers: an answer larger than a pipe, with zeros in it, comes back whole") {
    std::string large(3'000'000, 'x');
    large[1'000'000] = '\0';
    const auto out = cli::work_in_processes(plan_of(1, [&](std::size_t) { return large; }));
    CHECK(out[0].answer == large);
}

TEST_CASE("workers: what happens in a child leaves this process as it was") {
    int counter = 0;
    cli::work_in_processes(plan_of(4, [&](std::size_t) { return std::to_string(++counter); }));
    CHECK(counter == 0);
}

TEST_CASE("workers: a crash, an exception and an exit are told apart, repeatable, and stop nobody else") {
    const auto out = cli::work_in_processes(plan_of(4, [](std::size_t index) -> std::string {
        if (index == 0) {
            std::signal(SIGSEGV, SIG_DFL);
            std::raise(SIGSEGV);
        }
        if (index == 1) throw std::runtime_error("no such channel");
        if (index == 2) _exit(3);
        return "fine";
    }));
    CHECK(out[0].failure == "the run was ended by a signal (Segmentation fault); repeat it with: repeat 0");
    CHECK(out[1].failure == "the run failed: no such channel; repeat it with: repeat 1");
    CHECK(out[2].failure == "the run ended with status 3; repeat it with: repeat 2");
    CHECK(out[3].answer == "fine");
    CHECK(out[3].failure.empty());
}

TEST_CASE("workers: nothing to do is done at once") { CHECK(cli::work_in_processes(plan_of(0, {})).empty()); }

TEST_CASE("workers: Ctrl-C ends the children, and what had ended before keeps its answer") {
    WorkerPlan plan = plan_of(4, [](std::size_t index) {
        if (index > 0) std::this_thread::sleep_for(std::chrono::seconds(30));
        return "answer " + std::to_string(index);
    });
    plan.on_done = [](std::size_t, const Worked&) { std::raise(SIGINT); };
    const auto started = std::chrono::steady_clock::now();
    const auto out = cli::work_in_processes(plan);
    CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(10));
    CHECK(out[0].answer == "answer 0");
    CHECK_FALSE(out[0].stopped);
    for (std::size_t i = 1; i < 4; ++i) CHECK((out[i].stopped && out[i].failure.empty()));
    CHECK(cli::count_stopped(out) == 3);
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);  // no child is left
}

}  // namespace
}  // namespace lastunit::cli_tests
