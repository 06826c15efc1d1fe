// Servers as child processes, with the shell as the server.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "drivers/driver.hpp"
#include "drivers/process/loopback_port.hpp"
#include "drivers/process/process_tree.hpp"
#include "drivers/process/server_process.hpp"
#include "drivers/process/temporary_folder.hpp"

using namespace lastunit;
using namespace lastunit::drivers;

namespace {

std::string content(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

ServerCommand shell(const TemporaryFolder& folder, const std::string& script) {
    return {
        .words = {"/bin/sh", "-c", script}, .environment = {}, .user = {}, .folder = folder.path(), .log = folder.path("log")};
}

bool is_there(const std::string& path) { return std::filesystem::exists(path); }

// Of /proc/PID/stat; '-' where there is no such process.
char state_of(pid_t pid) {
    const std::string stat = content("/proc/" + std::to_string(pid) + "/stat");
    const std::size_t name_end = stat.rfind(") ");
    return name_end == std::string::npos ? '-' : stat[name_end + 2];
}
bool is_dead(pid_t pid) { return state_of(pid) == '-' || state_of(pid) == 'Z' || state_of(pid) == 'X'; }

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 6000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

std::string what_it_says(const std::function<void()>& call) {
    try {
        call();
    } catch (const DriverError& error) {
        return error.what();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("process: it is ready when the predicate says so, with its words, environment, folder and log") {
    const TemporaryFolder folder("test");
    ServerCommand command = shell(folder, "echo \"$WORD in $(pwd)\"; touch ready; exec sleep 1000");
    command.environment = {"WORD=said"};
    ServerProcess server("sleep", command);
    CHECK(server.ended() == "not started");
    server.start();
    server.wait_until([&] { return is_there(folder.path("ready")); }, seconds(30));
    CHECK(content(folder.path("log")) == "said in " + folder.path() + "\n");
    CHECK(server.ended() == std::nullopt);
    const pid_t pid = server.pid();
    server.start();  // it runs already
    CHECK(server.pid() == pid);
    CHECK(server.stop(SIGTERM, seconds(30)) == "signal 15");
    CHECK(server.ended() == "signal 15");
    CHECK(is_dead(pid));
}

TEST_CASE("process: an environment of one's own takes the place of ours") {
    const TemporaryFolder folder("test");
    ServerCommand command = shell(folder, "echo \"$HOME\"");
    command.environment = {"HOME=/elsewhere"};
    ServerProcess server("sh", command);
    server.start();
    CHECK(comes_true([&] { return server.ended().has_value(); }));
    CHECK(content(folder.path("log")) == "/elsewhere\n");
}

TEST_CASE("process: a program that cannot be started says why at once") {
    ServerProcess missing("server", {.words = {"/no/such/program"}, .environment = {}, .user = {}, .folder = "", .log = ""});
    CHECK(what_it_says([&] { missing.start(); }) == "/no/such/program: cannot start it: No such file or directory");
    ServerProcess nowhere("server", {.words = {"/bin/true"}, .environment = {}, .user = {}, .folder = "/no/such", .log = ""});
    CHECK(what_it_says([&] { nowhere.start(); }) == "/bin/true: cannot enter its folder: No such file or directory");
    CHECK(nowhere.pid() == -1);
}

TEST_CASE("process: a server that ends before it is ready is an error with the end of its log") {
    const TemporaryFolder folder("test");
    ServerProcess server("shop", shell(folder, "echo one; echo two; echo 'disk full' >&2; exit 3"));
    server.start();
    CHECK(what_it_says([&] { server.wait_until([] { return false; }, seconds(60)); }) ==
          "shop ended (exit code 3) before it was ready: one | two | disk full");
    CHECK(server.log_tail(1) == ": disk full");
}

TEST_CASE("process: a server that is not ready in time is an error") {
    const TemporaryFolder folder("test");
    ServerProcess server("shop", shell(folder, "exec sleep 1000"));
    server.start();
    CHECK(what_it_says([&] { server.wait_until([] { return false; }, milliseconds(50)); }) == "shop was not ready within 0.05 s");
}

TEST_CASE("process: kill -9 reaches descendants that made sessions of their own and go on forking") {
    const TemporaryFolder folder("test");
    ServerProcess server("tree", shell(folder,
                                       "setsid sh -c 'echo $$ > leader; while :; do sleep 1000 & echo $! >> many; "
                                       "[ $(wc -l < many) -ge 20 ] && break; done; wait' & sleep 1000 & wait"));
    server.start();
    server.wait_until([&] { return is_there(folder.path("many")); }, seconds(30));
    const pid_t root = server.pid();
    REQUIRE(comes_true([&] { return process_tree(root).size() >= 4; }));
    server.kill_tree();
    CHECK(server.ended() == "signal 9");
    CHECK(process_tree(root).empty());
    std::istringstream pids(content(folder.path("many")) + content(folder.path("leader")));
    for (pid_t pid = 0; pids >> pid;) {
        INFO(pid);
        CHECK(is_dead(pid));
    }
}

TEST_CASE("process: stalled, nothing of the tree runs; resumed, it goes on where it was") {
    const TemporaryFolder folder("test");
    ServerProcess server("counter", shell(folder, "setsid sh -c 'while :; do echo x >> counted; sleep 0.01; done' & wait"));
    server.start();
    server.wait_until([&] { return is_there(folder.path("counted")); }, seconds(30));
    server.stall();
    for (const pid_t pid : process_tree(server.pid()))
        CHECK((state_of(pid) == 'T' || state_of(pid) == 'D'));  // D: the shell waits for a child that stopped before its exec
    const std::string before = content(folder.path("counted"));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    CHECK(content(folder.path("counted")) == before);
    CHECK(server.ended() == std::nullopt);
    server.resume();
    CHECK(comes_true([&] { return content(folder.path("counted")) != before; }));

    server.stall();
    server.kill_tree();  // also of a stalled one
    CHECK(server.ended() == "signal 9");
}

TEST_CASE("process: restarted, it is another process with the same words and the same log") {
    const TemporaryFolder folder("test");
    ServerProcess server("sleep", shell(folder, "echo started; exec sleep 1000"));
    server.start();
    server.wait_until([&] { return content(folder.path("log")) == "started\n"; }, seconds(30));
    const pid_t before = server.pid();
    server.restart();
    CHECK(server.pid() != before);
    CHECK(is_dead(before));
    server.wait_until([&] { return content(folder.path("log")) == "started\nstarted\n"; }, seconds(30));
}

TEST_CASE("process: who does not stop when asked is killed after the grace") {
    const TemporaryFolder folder("test");
    ServerProcess server("stubborn", shell(folder, "trap '' TERM; touch ready; while :; do sleep 0.01; done"));
    server.start();
    server.wait_until([&] { return is_there(folder.path("ready")); }, seconds(30));
    CHECK(server.stop(SIGTERM, milliseconds(100)) == "signal 9");
}

TEST_CASE("process: a polite stop lets it finish, also when it is stalled") {
    const TemporaryFolder folder("test");
    ServerProcess server("polite", shell(folder, "trap 'echo bye; exit 0' TERM; touch ready; while :; do sleep 0.01; done"));
    server.start();
    server.wait_until([&] { return is_there(folder.path("ready")); }, seconds(30));
    server.stall();
    CHECK(server.stop(SIGTERM, seconds(60)) == "exit code 0");
    CHECK(content(folder.path("log")) == "bye\n");
}

TEST_CASE("process: it survives the thread that started it, and not the process") {
    const TemporaryFolder folder("test");
    ServerProcess server("sleep", shell(folder, "exec sleep 1000"));
    std::thread([&] { server.start(); }).join();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(server.ended() == std::nullopt);

    const pid_t parent = fork();
    if (parent == 0) {
        ServerProcess orphan("sleep", shell(folder, "echo $$ > orphan.new; mv orphan.new orphan; exec sleep 1000"));
        orphan.start();
        orphan.wait_until([&] { return is_there(folder.path("orphan")); }, seconds(30));
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(waitpid(parent, &status, 0) == parent);
    REQUIRE(WIFSIGNALED(status));
    const pid_t orphan = std::stoi(content(folder.path("orphan")));
    CHECK(comes_true([&] { return is_dead(orphan); }));
}

TEST_CASE("process: under root it runs as another user where one is named") {
    const std::optional<User> nobody = user_named("nobody");
    CHECK(user_named("no such user here") == std::nullopt);
    if (geteuid() != 0 || !nobody) return;  // nobody else can be become
    const TemporaryFolder folder("test");
    folder.give_to(*nobody);
    ServerCommand command = shell(folder, "id -u; id -g; echo mine > owned; exec sleep 1000");
    command.user = nobody;
    {
        ServerProcess server("sleep", command);
        server.start();
        server.wait_until([&] { return is_there(folder.path("owned")); }, seconds(30));
        CHECK(content(folder.path("log")) == std::to_string(nobody->uid) + "\n" + std::to_string(nobody->gid) + "\n");
    }
}

TEST_CASE("process: the program inherits none of our descriptors and none of our signal handling") {
    const TemporaryFolder folder("test");
    int leaked[2];
    REQUIRE(pipe(leaked) == 0);  // without O_CLOEXEC
    struct sigaction ignore {
    }, before{};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGUSR1, &ignore, &before);
    ServerProcess server("ls", shell(folder, "ls /proc/self/fd | tr '\\n' ' '; kill -USR1 $$; echo survived"));
    server.start();
    CHECK(comes_true([&] { return server.ended().has_value(); }));
    sigaction(SIGUSR1, &before, nullptr);
    CHECK(server.ended() == "signal 10");
    CHECK(content(folder.path("log")) == "0 1 2 3 ");  // 3 is the folder that ls reads
    close(leaked[0]);
    close(leaked[1]);
}

TEST_CASE("process: a temporary folder is gone with its owner, whatever is in it") {
    std::string path;
    {
        const TemporaryFolder folder("test");
        path = folder.path();
        CHECK(path.find("lastunit-test-") != std::string::npos);
        std::filesystem::create_directories(folder.path("a/b"));
        std::ofstream(folder.path("a/b/file")) << "text";
        CHECK(is_there(folder.path("a/b/file")));
    }
    CHECK(!is_there(path));
}

TEST_CASE("process: free ports are free, different, and not those of outgoing connections") {
    std::uint32_t ephemeral = 32'768;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> ephemeral;
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 100; ++i) ports.insert(free_loopback_port());
    CHECK(ports.size() == 100);
    if (ephemeral > 12'000) CHECK(*ports.rbegin() < ephemeral);
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(*ports.begin());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    close(listener);
}
