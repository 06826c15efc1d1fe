// A slow disk under a small program that syncs, and under the real server (tests/drivers/private_serve_test.cpp).
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "drivers/driver.hpp"
#include "drivers/faults/slow_disk.hpp"
#include "drivers/process/server_process.hpp"
#include "drivers/process/temporary_folder.hpp"

using namespace lastunit;
using namespace lastunit::drivers;

namespace {

ServerCommand syncing(const TemporaryFolder& folder, const std::string& times, const SlowDisk* disk) {
    ServerCommand command;
    command.words = {LASTUNIT_SYNCING_PROGRAM, folder.path("file"), times};
    if (disk != nullptr) command.environment = disk->environment();
    command.log = folder.path("log");
    return command;
}

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 6000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

// Microseconds per sync.
long measured(const TemporaryFolder& folder, const SlowDisk* disk) {
    std::ofstream(folder.path("log"), std::ios::trunc);
    ServerProcess program("syncing", syncing(folder, "20", disk));
    program.start();
    REQUIRE(comes_true([&] { return program.ended().has_value(); }));
    REQUIRE(program.ended() == "exit code 0");
    long us = -1;
    std::ifstream(folder.path("log")) >> us;
    return us;
}

}  // namespace

TEST_CASE("slow disk: every sync takes as much longer as it was told, and no longer without it") {
    const TemporaryFolder folder("test");
    SlowDisk disk(LASTUNIT_SLOW_DISK_LIBRARY, folder.path("control"));
    measured(folder, &disk);
    CHECK(disk.slowed() == 0);
    disk.delay(milliseconds(10));
    CHECK(measured(folder, &disk) >= 10'000);
    CHECK(disk.slowed() == 21);  // the failed one too
    disk.delay(Duration{0});
    measured(folder, &disk);
    CHECK(disk.slowed() == 21);
}

TEST_CASE("slow disk: it changes while the program runs, also for a sync that sleeps already") {
    const TemporaryFolder folder("test");
    SlowDisk disk(LASTUNIT_SLOW_DISK_LIBRARY, folder.path("control"));
    ServerProcess program("syncing", syncing(folder, "for-ever", &disk));
    program.start();
    disk.delay(hours(1));
    CHECK(comes_true([&] { return disk.slowed() == 1; }));
    disk.delay(microseconds(1));
    CHECK(comes_true([&] { return disk.slowed() >= 100; }));
    CHECK(program.ended() == std::nullopt);
}

TEST_CASE("slow disk: it also hits a server that runs as another user, who cannot read our files") {
    const std::optional<User> nobody = user_named("nobody");
    if (geteuid() != 0 || !nobody) return;  // nobody else can be become
    const TemporaryFolder folder("test");
    folder.give_to(*nobody);
    const TemporaryFolder ours("test");
    SlowDisk disk(LASTUNIT_SLOW_DISK_LIBRARY, ours.path("control"));
    disk.delay(milliseconds(1));
    ServerCommand command = syncing(folder, "20", &disk);
    command.words[0] = folder.path("program");
    std::filesystem::copy_file(LASTUNIT_SYNCING_PROGRAM, command.words[0]);
    std::filesystem::permissions(command.words[0], std::filesystem::perms::others_exec | std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    command.user = nobody;
    ServerProcess program("syncing", command);
    program.start();
    REQUIRE(comes_true([&] { return program.ended().has_value(); }));
    CHECK(program.ended() == "exit code 0");
    CHECK(disk.slowed() == 21);
}

TEST_CASE("slow disk: a missing library or a control file that cannot be made is said") {
    const TemporaryFolder folder("test");
    CHECK_THROWS_AS(SlowDisk(folder.path("none.so"), folder.path("control")), DriverError);
    CHECK_THROWS_AS(SlowDisk(LASTUNIT_SLOW_DISK_LIBRARY, folder.path("none/control")), DriverError);
    CHECK(SlowDisk::library_near(folder.path("program")).empty());
    CHECK(SlowDisk::library_near(LASTUNIT_SLOW_DISK_LIBRARY) == LASTUNIT_SLOW_DISK_LIBRARY);
}
