// The built server on disks that are full or read-only: file systems of its own, in a mount namespace, where this machine lets us
// make one (root, or a user namespace); elsewhere the limits of tests/drivers/engine_test.cpp stand for them.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>

#include "drivers/grpc/commands.hpp"
#include "drivers/grpc/grpc_driver.hpp"
#include "drivers/process/server_process.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "tests/drivers/served.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

// A mount namespace of its own, in which `mount` has been done, as long as it lives.
class MountedElsewhere {
   public:
    MountedElsewhere(const TemporaryFolder& folder, const std::string& mount)
        : process_("mount namespace", {.words = unshare(mount + " && touch mounted && exec sleep 1000"),
                                       .environment = {},
                                       .user = {},
                                       .folder = folder.path(),
                                       .log = folder.path("mount.log")}) {
        process_.start();
        process_.wait_until([&] { return std::filesystem::exists(folder.path("mounted")); }, seconds(60));
    }

    static bool possible() { return run_quietly(unshare("mount -t tmpfs none /mnt && nsenter --version")) == 0; }

    // The words after "nsenter" that run `words` in there.
    std::vector<std::string> inside(std::vector<std::string> words) const {
        std::vector<std::string> all{"--mount", "--target", std::to_string(process_.pid())};
        if (geteuid() != 0) all.insert(all.begin(), {"--user", "--preserve-credentials"});
        all.insert(all.end(), words.begin(), words.end());
        return all;
    }
    Served serve(const std::vector<std::string>& words) const {
        std::vector<std::string> all{LASTUNIT_BINARY, "serve", "--listen", "127.0.0.1:0"};
        all.insert(all.end(), words.begin(), words.end());
        return Served(kNsenter, inside(all));
    }
    int run(const std::vector<std::string>& words) const {
        std::vector<std::string> all = inside(words);
        all.insert(all.begin(), kNsenter);
        return run_quietly(all);
    }

   private:
    static constexpr const char* kNsenter = "/usr/bin/nsenter";

    static std::vector<std::string> unshare(const std::string& script) {
        std::vector<std::string> words{"/usr/bin/unshare", "--mount"};
        if (geteuid() != 0) words.emplace_back("--map-root-user");
        words.insert(words.end(), {"/bin/sh", "-c", script});
        return words;
    }
    // 0: exit code 0.
    static int run_quietly(const std::vector<std::string>& words) {
        try {
            ServerProcess process(words[0], {.words = words, .environment = {}, .user = {}, .folder = "", .log = ""});
            process.start();
            process.wait_until([&] { return process.ended().has_value(); }, seconds(60));
            return process.ended() == "exit code 0" ? 0 : 1;
        } catch (const DriverError&) {
            return 1;
        }
    }

    ServerProcess process_;
};

bool can_mount() {
    if (MountedElsewhere::possible()) return true;
    WARN("no file system of one's own can be mounted here: not tested");
    return false;
}

std::vector<std::string> shop_words(const std::string& data) {
    return {"--nodes", std::to_string(kNodes), "--skus", std::to_string(kSkus), "--units", "100000000", "--data", data};
}

std::int64_t held(const Client& client) {
    std::int64_t units = 0;
    for (const FinalState::Stock& cell : client.dump(seconds(30)).stock) units += cell.held;
    return units;
}

}  // namespace

TEST_CASE("serve: on a full disk nothing is applied and reads go on; with room again commands are taken") {
    if (!can_mount()) return;
    const TemporaryFolder folder("test");
    const std::string disk = folder.path("disk");
    std::filesystem::create_directory(disk);
    // Less than a segment of the journal, which is preallocated.
    const MountedElsewhere elsewhere(folder, "mount -t tmpfs -o size=8m none " + disk);
    const Served served = elsewhere.serve(shop_words(disk + "/data"));
    const Client client = served.client();
    for (std::uint64_t n = 1; n <= 20; ++n) {
        core::Line line;
        grpc::ClientContext context;
        client.prepare(context, seconds(30));
        wire::Command command;
        write(hold_of(5, n, line), command);
        wire::Answer answer;
        const grpc::Status status = client.stub().Apply(&context, command, &answer);
        REQUIRE(status.error_code() == grpc::StatusCode::UNAVAILABLE);
        REQUIRE(status.error_message().find("is the disk full?") != std::string::npos);
    }
    CHECK(held(client) == 0);
    REQUIRE(elsewhere.run({"/bin/mount", "-o", "remount,size=300m", disk}) == 0);
    for (std::uint64_t n = 1; n <= 20; ++n) {
        core::Line line;
        REQUIRE(client.apply_until_known({.tag = n, .command = hold_of(5, n, line)}, seconds(60)).settled == Settled::applied);
    }
    CHECK(held(client) == 20);
}

TEST_CASE("serve: a disk that fills up under load, and a kill then, lose nothing that was acknowledged") {
    if (!can_mount()) return;
    const TemporaryFolder folder("test");
    const std::string disk = folder.path("disk");
    std::filesystem::create_directory(disk);
    // Room for one segment of 64 MB and not for a second.
    const MountedElsewhere elsewhere(folder, "mount -t tmpfs -o size=90m none " + disk);
    std::uint64_t applied = 0, refused = 0, unknown = 0;
    {
        std::vector<std::string> words = shop_words(disk + "/data");
        words.insert(words.end(), {"--snapshot-every", "100000000", "--keys", "1s"});
        Served served = elsewhere.serve(words);
        GrpcDriver driver({.target = served.address(), .token = "", .roots = ""}, GrpcDriver::Way::stream);
        const auto session = driver.open();
        constexpr std::size_t kBatch = 5'000;
        std::vector<core::Line> lines(kBatch);
        std::vector<Operation> operations(kBatch);
        std::vector<Completion> out;
        for (std::uint64_t first = 1; refused == 0 && first < 3'000'000; first += kBatch) {
            for (std::size_t i = 0; i < kBatch; ++i)
                operations[i] = {.tag = first + i, .command = hold_of(5, first + i, lines[i]), .timeout = seconds(60)};
            session->submit(operations);
            out.clear();
            while (out.size() < kBatch) session->poll(out, seconds(60));
            for (const Completion& completion : out) {
                if (completion.settled == Settled::refused) REQUIRE(completion.cause == Cause::unavailable);
                ++(completion.settled == Settled::applied ? applied : completion.settled == Settled::refused ? refused : unknown);
            }
        }
        CHECK(held(served.client()) == static_cast<std::int64_t>(applied));  // reads go on
        served.send(SIGKILL);
        served.wait();
    }
    CHECK(applied > 100'000);
    CHECK(refused > 0);
    CHECK(unknown == 0);
    REQUIRE(elsewhere.run({"/bin/mount", "-o", "remount,size=600m", disk}) == 0);
    const Served again = elsewhere.serve({"--data", disk + "/data"});
    CHECK(held(again.client()) == static_cast<std::int64_t>(applied));
}

TEST_CASE("serve: a data folder that became read-only is refused with exit 2 and its name, and stays as it was") {
    if (!can_mount()) return;
    const TemporaryFolder folder("test");
    const std::string data = folder.path("data");
    std::vector<std::string> words = shop_words(data);
    {
        Served served(words);
        core::Line line;
        REQUIRE(served.client().apply({.tag = 1, .command = hold_of(5, 1, line)}).settled == Settled::applied);
        served.send(SIGKILL);
        served.wait();
    }
    const MountedElsewhere elsewhere(folder, "mount --bind " + data + " " + data + " && mount -o remount,bind,ro " + data);
    std::string said;
    try {
        elsewhere.serve({"--data", data});
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
