// The fault controller with the shell as the server, and a proxy in front of nobody.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <thread>

#include "drivers/driver.hpp"
#include "drivers/faults/controller.hpp"
#include "drivers/process/loopback_port.hpp"
#include "drivers/process/temporary_folder.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using model::Fault;
using model::FaultKind;

namespace {

Fault fault(FaultKind kind, const std::string& name) {
    Fault made;
    made.name = name;
    made.kind = kind;
    made.delay = milliseconds(20);
    return made;
}

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 6000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

// A private server that counts its starts, ready when it has.
class Sleeper {
   public:
    Sleeper()
        : folder_("test"),
          process_("sleeper", {.words = {"/bin/sh", "-c", "echo started >> starts; touch ready; exec sleep 1000"},
                               .environment = {},
                               .user = {},
                               .folder = folder_.path(),
                               .log = folder_.path("log")}) {
        start();
        target.name = "sleeper";
        target.server = &process_;
        target.ready = [this] { return std::filesystem::exists(folder_.path("ready")); };
        target.no_disk = "its disk is somebody else's";
    }
    void start() {
        process_.start();
        process_.wait_until([this] { return std::filesystem::exists(folder_.path("ready")); }, seconds(60));
    }
    void forget_readiness() { std::filesystem::remove(folder_.path("ready")); }
    ServerProcess& process() { return process_; }

    Breakable target;

   private:
    TemporaryFolder folder_;
    ServerProcess process_;
};

}  // namespace

TEST_CASE("fault controller: a crash kills the server, and its end starts it again and says how long that took") {
    Sleeper sleeper;
    const pid_t before = sleeper.process().pid();
    FaultController controller(sleeper.target);
    const std::int64_t start = steady_now_ns();
    controller.begins(fault(FaultKind::host_crash, "power"));
    CHECK(comes_true([&] { return sleeper.process().pid() == -1; }));
    CHECK(controller.anything_broken());
    sleeper.forget_readiness();
    controller.ends(fault(FaultKind::host_crash, "power"));
    CHECK(comes_true([&] { return !controller.anything_broken(); }));
    CHECK(sleeper.process().ended() == std::nullopt);
    CHECK(sleeper.process().pid() != before);
    const std::vector<DoneFault> done = controller.done();
    REQUIRE(done.size() == 1);
    CHECK(done[0].done.starts_with("kill -9 of sleeper (pid " + std::to_string(before) + "), back after "));
    CHECK(done[0].failed.empty());
    CHECK(done[0].from_ns >= start);
    CHECK(done[0].until_ns > done[0].from_ns);
    const model::LoadFault report = report_of(done[0], start);
    CHECK(report.name() == "power");
    CHECK(report.kind() == "host_crash");
    CHECK(report.from_s() >= 0);
    CHECK(report.until_s() > report.from_s());
    CHECK(report.left_out().empty());
}

TEST_CASE("fault controller: a server that has a way of its own to be started again after a crash is started in that way") {
    Sleeper sleeper;
    std::atomic<int> starts = 0;
    sleeper.target.start_again = [&] {
        ++starts;
        sleeper.process().start();
    };
    FaultController controller(sleeper.target);
    controller.begins(fault(FaultKind::host_crash, "power"));
    controller.ends(fault(FaultKind::host_crash, "power"));
    controller.finish();
    CHECK(starts == 1);
    CHECK(sleeper.process().pid() >= 0);
    REQUIRE(controller.done().size() == 1);
    CHECK(controller.done()[0].failed.empty());
}

TEST_CASE("fault controller: a server that does not come back is said, with what its log says") {
    const TemporaryFolder folder("test");
    ServerProcess process("shop", {.words = {"/bin/sh", "-c", "[ -e broken ] && echo disk gone && exit 1; exec sleep 1000"},
                                   .environment = {},
                                   .user = {},
                                   .folder = folder.path(),
                                   .log = folder.path("log")});
    process.start();
    Breakable target;
    target.name = "shop";
    target.server = &process;
    target.ready = [] { return false; };
    FaultController controller(target, seconds(30));
    controller.begins(fault(FaultKind::host_crash, "power"));
    CHECK(comes_true([&] { return process.pid() == -1; }));
    std::filesystem::create_directory(folder.path("broken"));
    controller.ends(fault(FaultKind::host_crash, "power"));
    controller.finish();
    REQUIRE(controller.done().size() == 1);
    CHECK(controller.done()[0].failed == "shop ended (exit code 1) before it was ready: disk gone");
    CHECK(report_of(controller.done()[0], 0).done().find("disk gone") != std::string::npos);
}

TEST_CASE("fault controller: overlapping stalls end with the last one, and a server that comes back meanwhile is stalled again") {
    Sleeper sleeper;
    FaultController controller(sleeper.target);
    const auto steps = [&](std::size_t count) {
        CHECK(comes_true([&] {
            std::size_t ended = 0;
            for (const DoneFault& one : controller.done()) ended += one.until_ns != 0 ? 2 : 1;
            return ended == count;
        }));
    };
    controller.begins(fault(FaultKind::stall, "first"));
    controller.begins(fault(FaultKind::stall, "second"));
    controller.ends(fault(FaultKind::stall, "first"));
    steps(3);
    controller.begins(fault(FaultKind::host_crash, "power"));
    steps(4);
    CHECK(sleeper.process().pid() == -1);
    controller.ends(fault(FaultKind::host_crash, "power"));
    steps(5);
    CHECK(sleeper.process().pid() != -1);
    sleeper.forget_readiness();
    controller.ends(fault(FaultKind::stall, "second"));
    steps(6);
    const auto done = controller.done();
    REQUIRE(done.size() == 3);
    CHECK(done[0].done.find("the other one goes on") != std::string::npos);
    CHECK(done[1].done.find("SIGCONT") != std::string::npos);
    CHECK(done[2].done.find("stalled again") != std::string::npos);
    CHECK(sleeper.process().stop(SIGTERM, seconds(60)) == "signal 15");  // it runs: the signal is taken
}

TEST_CASE("fault controller: the next fault is on time, although the server is not back from the last one") {
    Sleeper sleeper;
    std::atomic<bool> answers{false};
    sleeper.target.ready = [&] { return answers.load(); };
    FaultController controller(sleeper.target);
    const auto state = [&](std::size_t number) {
        return controller.done().size() > number ? controller.done()[number] : DoneFault{};
    };
    for (const char* name : {"once", "twice"}) {
        controller.begins(fault(FaultKind::host_crash, name));
        controller.ends(fault(FaultKind::host_crash, name));
    }
    controller.begins(fault(FaultKind::stall, "frozen"));
    CHECK(comes_true([&] { return state(2).done.starts_with("SIGSTOP to sleeper (pid "); }));
    CHECK(comes_true([&] { return state(0).until_ns != 0; }));
    CHECK(state(0).done.ends_with(", started again, and killed again before it answered"));
    CHECK(state(1).until_ns == 0);
    controller.ends(fault(FaultKind::stall, "frozen"));
    CHECK(comes_true([&] { return state(2).until_ns != 0; }));
    CHECK(state(1).until_ns == 0);
    CHECK(controller.anything_broken());
    answers = true;
    controller.finish();
    CHECK(state(1).done.find(", back after ") != std::string::npos);
    CHECK_FALSE(controller.anything_broken());
    for (const DoneFault& one : controller.done()) CHECK(one.failed.empty());
}

TEST_CASE("fault controller: a partition cuts the proxy, and its end mends it") {
    Proxy proxy("127.0.0.1", free_loopback_port());
    Breakable target;
    target.name = "PostgreSQL";
    target.proxy = &proxy;
    FaultController controller(target);
    controller.begins(fault(FaultKind::partition, "split"));
    controller.ends(fault(FaultKind::partition, "split"));
    controller.finish();
    REQUIRE(controller.done().size() == 1);
    CHECK(controller.done()[0].done == "cut the connection to PostgreSQL (0 open), mended at the end");
}

TEST_CASE("fault controller: what the target has no tool for is left out with the reason") {
    Breakable foreign;
    foreign.name = "redis://shop:6379";
    FaultController controller(foreign);
    for (const FaultKind kind :
         {FaultKind::host_crash, FaultKind::stall, FaultKind::slow_disk, FaultKind::partition, FaultKind::slow_host}) {
        controller.begins(fault(kind, model::name_of(kind)));
        controller.ends(fault(kind, model::name_of(kind)));
    }
    controller.finish();
    const std::vector<DoneFault> done = controller.done();
    REQUIRE(done.size() == 5);
    const std::string not_ours =
        "redis://shop:6379 was not started by this run: only a private server is killed, stalled or slowed";
    CHECK(done[0].left_out == not_ours);
    CHECK(done[1].left_out == not_ours);
    CHECK(done[2].left_out == not_ours);
    CHECK(done[3].left_out == "there is no connection to redis://shop:6379 that could be cut");
    CHECK(done[4].left_out == "slow_host cannot be done to a live system");
    for (const DoneFault& one : done) {
        CHECK(one.done.empty());
        CHECK_FALSE(report_of(one, 0).left_out().empty());
    }
    CHECK_FALSE(controller.anything_broken());

    Sleeper sleeper;
    FaultController other(sleeper.target);
    other.begins(fault(FaultKind::slow_disk, "disk"));
    other.finish();
    CHECK(other.done()[0].left_out == "its disk is somebody else's");
}

TEST_CASE("fault controller: at the end of the run all that is broken is mended") {
    Sleeper sleeper;
    Proxy proxy("127.0.0.1", free_loopback_port());
    sleeper.target.proxy = &proxy;
    FaultController controller(sleeper.target);
    controller.begins(fault(FaultKind::stall, "frozen"));
    controller.begins(fault(FaultKind::partition, "split"));
    controller.begins(fault(FaultKind::host_crash, "power"));
    controller.finish();
    for (const DoneFault& one : controller.done()) {
        INFO(one.name);
        CHECK(one.until_ns != 0);
        CHECK(one.failed.empty());
    }
    CHECK(sleeper.process().stop(SIGTERM, seconds(60)) == "signal 15");
}
