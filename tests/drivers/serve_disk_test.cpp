// The built server on disks that are full or read-only: file systems of its own, in a mount namespace, where this machine lets us
// make one (root, or a user namespace); elsewhere the limits of tests/drivers/engine_test.cpp stand for them.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "drivers/grpc/grpc_driver.hpp"
#include "drivers/process/server_process.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "tests/drivers/served.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

constexpr const char* kUnshare = "/usr/bin/unshare";

// A namespace of its own, in which `mount` has happened before the server starts.
std::vector<std::string> after_mount(const std::string& mount, const std::vector<std::string>& words) {
    std::string script = mount + " && exec " LASTUNIT_BINARY " serve --listen 127.0.0.1:0";
    for (const std::string& word : words) script += " " + word;
    std::vector<std::string> all{"--mount"};
    if (geteuid() != 0) all.emplace_back("--map-root-user");
    for (const std::string& word : {std::string("/bin/sh"), std::string("-c"), script}) all.push_back(word);
    return all;
}

int run(const std::string& command) {
    const int status = std::system((command + " >/dev/null 2>&1").c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool can_mount() {
    const std::string user = geteuid() == 0 ? "" : " --map-root-user";
    return run(std::string(kUnshare) + " --mount" + user + " mount -t tmpfs none /mnt") == 0 && run("command -v nsenter") == 0;
}

std::vector<std::string> shop_words(const std::string& data) {
    return {"--nodes", std::to_string(kNodes), "--skus", std::to_string(kSkus), "--units", "1000", "--data", data};
}

Completion hold(const Client& client, std::uint64_t n) {
    core::Line line;
    return client.apply({.tag = n, .command = hold_of(5, n, line)});
}

std::int64_t held(const Client& client) {
    std::int64_t units = 0;
    for (const FinalState::Stock& cell : client.dump(seconds(30)).stock) units += cell.held;
    return units;
}

}  // namespace

TEST_CASE("serve: on a full disk commands are refused unapplied and reads go on; with room again they are taken") {
    if (!can_mount()) {
        WARN("no file system of one's own can be mounted here: not tested");
        return;
    }
    const TemporaryFolder folder("test");
    const std::string disk = folder.path("disk");
    std::filesystem::create_directory(disk);
    // Less than a segment of the journal, which is preallocated.
    Served served(kUnshare, after_mount("mount -t tmpfs -o size=8m none " + disk, shop_words(disk + "/data")));
    const Client client = served.client();
    for (std::uint64_t n = 1; n <= 20; ++n) {
        const Completion refused = hold(client, n);
        REQUIRE(refused.settled == Settled::refused);
        REQUIRE(refused.cause == Cause::unavailable);
    }
    CHECK(held(client) == 0);
    const std::string user = geteuid() == 0 ? "" : " --user --preserve-credentials";
    REQUIRE(run("nsenter --mount" + user + " --target " + std::to_string(served.process()) + " mount -o remount,size=300m " +
                disk) == 0);
    std::int64_t applied = 0;
    for (std::uint64_t n = 1; n <= 20; ++n) {
        core::Line line;
        const Completion completion = client.apply_until_known({.tag = n, .command = hold_of(5, n, line)}, seconds(60));
        applied += completion.settled == Settled::applied ? 1 : 0;
    }
    CHECK(applied == 20);
    CHECK(held(client) == 20);
    served.send(SIGTERM);
    CHECK(served.wait() == 0);
}

TEST_CASE("serve: a data folder that became read-only is refused with exit 2 and its name, and stays as it was") {
    if (!can_mount()) {
        WARN("no file system of one's own can be mounted here: not tested");
        return;
    }
    const TemporaryFolder folder("test");
    const std::string data = folder.path("data");
    {
        Served served(shop_words(data));
        REQUIRE(hold(served.client(), 1).settled == Settled::applied);
        served.send(SIGKILL);
        served.wait();
    }
    std::string said;
    try {
        const Served served(kUnshare, after_mount("mount --bind " + data + " " + data + " && mount -o remount,bind,ro " + data,
                                                  {"--data", data}));
    } catch (const std::runtime_error& error) {
        said = error.what();
    }
    INFO(said);
    CHECK(said.find("ended with 2") != std::string::npos);
    CHECK(said.find(data) != std::string::npos);
    CHECK(said.find("Read-only file system") != std::string::npos);
    const Served again(std::vector<std::string>{"--data", data});
    CHECK(held(again.client()) == 1);
}

TEST_CASE("serve: a disk that fills up under load loses nothing that was acknowledged") {
    const TemporaryFolder folder("test");
    const std::string data = folder.path("data");
    std::uint64_t applied = 0, refused = 0;
    {
        // The journal may not grow beyond its first blocks: as of a full disk, at a write that was not foreseen.
        Served served("/bin/sh",
                      {"-c", "ulimit -f 66000; exec " LASTUNIT_BINARY " serve --listen 127.0.0.1:0 --snapshot-every 1000000 "
                             "--nodes 5 --skus 40 --units 100000000 --data " +
                                 data});
        GrpcDriver driver({.target = served.address(), .token = "", .roots = ""}, GrpcDriver::Way::stream);
        const auto session = driver.open();
        constexpr std::size_t kBatch = 5'000;
        std::vector<core::Line> lines(kBatch);
        std::vector<Completion> out;
        // A segment of 64 MB is full after about six hundred thousand holds.
        for (std::uint64_t first = 1; refused == 0 && first < 3'000'000; first += kBatch) {
            std::vector<Operation> operations;
            for (std::size_t i = 0; i < kBatch; ++i)
                operations.push_back({.tag = first + i, .command = hold_of(5, first + i, lines[i]), .timeout = seconds(60)});
            session->submit(operations);
            out.clear();
            while (out.size() < kBatch) session->poll(out, seconds(60));
            for (const Completion& completion : out) ++(completion.settled == Settled::applied ? applied : refused);
        }
        served.send(SIGKILL);
        served.wait();
    }
    CHECK(applied > 0);
    const Served again(std::vector<std::string>{"--data", data});
    CHECK(held(again.client()) == static_cast<std::int64_t>(applied));
    std::printf("%llu holds until the disk was full\n", static_cast<unsigned long long>(applied));
}
