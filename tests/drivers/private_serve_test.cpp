// `lastunit serve` owned by this process, and broken in every way the fault controller knows, under load through the proxy.
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

#include "drivers/faults/controller.hpp"
#include "drivers/grpc/grpc_driver.hpp"
#include "drivers/grpc/private_serve.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;
using model::FaultKind;

namespace {

PrivateServe::Options options(const SlowDisk* disk = nullptr) {
    PrivateServe::Options options;
    options.program = LASTUNIT_BINARY;
    if (disk != nullptr) options.environment = disk->environment();
    return options;
}

ClientOptions at(std::uint16_t port) { return {.target = "127.0.0.1:" + std::to_string(port), .token = "", .roots = ""}; }

model::Fault fault(FaultKind kind) {
    model::Fault made;
    made.name = model::name_of(kind);
    made.kind = kind;
    made.delay = milliseconds(30);
    return made;
}

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 6000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

Completion hold(GrpcDriver& driver, std::uint64_t n) {
    core::Line line;
    return driver.resolve({.tag = n, .command = hold_of(3, n, line)}, seconds(60));
}

std::int64_t held(Driver& driver) {
    std::int64_t units = 0;
    for (const FinalState::Stock& cell : driver.read_back().stock) units += cell.held;
    return units;
}

}  // namespace

TEST_CASE("private serve: it has the shop's names and stock, and leaves nothing behind") {
    std::string folder;
    pid_t pid = 0;
    {
        PrivateServe serve(small_shop(7), options());
        folder = serve.process().command().folder;
        pid = serve.process().pid();
        CHECK(serve.ready());
        GrpcDriver driver(at(serve.port()));
        driver.prepare(small_shop(7));
        const FinalState state = driver.read_back();
        REQUIRE(state.stock.size() == std::size_t{kNodes} * kSkus);
        for (const FinalState::Stock& cell : state.stock) CHECK(cell.on_hand == 7);
        CHECK(std::filesystem::exists(folder));
    }
    CHECK_FALSE(std::filesystem::exists(folder));
    CHECK_FALSE(std::filesystem::exists("/proc/" + std::to_string(pid)));
}

TEST_CASE("private serve: what cannot be started says what the server said") {
    PrivateServe::Options wrong = options();
    wrong.words = {"--snapshot-every", "never"};
    const auto says = [](const PrivateServe::Options& how) {
        try {
            const PrivateServe serve(small_shop(), how);
        } catch (const DriverError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    CHECK(says(wrong).find("ended (exit code 2) before it was ready: ") != std::string::npos);
    wrong.program = "/no/lastunit";
    CHECK(says(wrong).find("/no/lastunit: cannot start it") != std::string::npos);
}

TEST_CASE("private serve: crashes, stalls and cuts under load lose nothing that was acknowledged, and nothing happens twice") {
    PrivateServe serve(small_shop(1'000'000), options());
    Proxy proxy("127.0.0.1", serve.port());
    Breakable target;
    target.name = "serve";
    target.server = &serve.process();
    target.ready = [&] { return serve.ready(); };
    target.proxy = &proxy;
    FaultController controller(target);
    GrpcDriver driver(at(proxy.port()));
    std::atomic<bool> enough{false};
    std::uint64_t applied = 0, others = 0;
    std::thread load([&] {
        for (std::uint64_t n = 1; !enough; ++n) {
            const Completion completion = hold(driver, n);
            ++(completion.settled == Settled::applied ? applied : others);
        }
    });
    for (int round = 0; round < 2; ++round)
        for (const FaultKind kind : {FaultKind::host_crash, FaultKind::partition, FaultKind::stall}) {
            controller.begins(fault(kind));
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            controller.ends(fault(kind));
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    controller.finish();
    enough = true;
    load.join();
    for (const DoneFault& done : controller.done()) {
        INFO(done.name << ": " << done.done << " " << done.failed << done.left_out);
        CHECK(done.failed.empty());
        CHECK(done.left_out.empty());
    }
    CHECK(controller.done().size() == 6);
    CHECK(applied > 0);
    CHECK(others == 0);
    CHECK(held(driver) == static_cast<std::int64_t>(applied));
}

#ifdef LASTUNIT_SLOW_DISK_LIBRARY
TEST_CASE("private serve: on a slow disk every durable answer takes longer, until the fault is over") {
    const TemporaryFolder folder("test");
    SlowDisk disk(LASTUNIT_SLOW_DISK_LIBRARY, folder.path("control"));
    PrivateServe serve(small_shop(1'000'000), options(&disk));
    CHECK(SlowDisk::library_near(LASTUNIT_BINARY) == LASTUNIT_SLOW_DISK_LIBRARY);
    Breakable target;
    target.name = "serve";
    target.server = &serve.process();
    target.ready = [&] { return serve.ready(); };
    target.disk = &disk;
    FaultController controller(target);
    GrpcDriver driver(at(serve.port()));
    REQUIRE(hold(driver, 1).settled == Settled::applied);
    controller.begins(fault(FaultKind::slow_disk));
    REQUIRE(comes_true([&] { return controller.done().size() == 1; }));
    const std::uint64_t before = disk.slowed();
    const std::int64_t begun = steady_now_ns();
    for (std::uint64_t n = 2; n <= 6; ++n) REQUIRE(hold(driver, n).settled == Settled::applied);
    CHECK(steady_now_ns() - begun >= 5 * 30'000'000);
    CHECK(disk.slowed() >= before + 5);
    controller.ends(fault(FaultKind::slow_disk));
    controller.finish();
    const std::string said = controller.done()[0].done;
    INFO(said);
    CHECK(said.starts_with("every sync of serve takes 30 ms longer; "));
    CHECK(said.ends_with(" syncs were slowed"));
    const std::uint64_t after = disk.slowed();
    REQUIRE(hold(driver, 7).settled == Settled::applied);
    CHECK(disk.slowed() == after);
}
#endif
