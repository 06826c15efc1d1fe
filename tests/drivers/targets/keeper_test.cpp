// A whole shop brought up and held, with a very small platform instead of one from npm.
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "drivers/driver.hpp"
#include "drivers/postgres/private_postgres.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "drivers/targets/keeper.hpp"
#include "drivers/targets/ports.hpp"
#include "drivers/targets/state.hpp"

using namespace lastunit::drivers;
using namespace lastunit::drivers::targets;
using Catch::Contains;

namespace {

TargetKind small_kind() {
    TargetKind kind;
    kind.name = "small";
    kind.title = "Small";
    kind.version = "1";
    kind.port = 4711;
    kind.lockings = {Locking::as_delivered};
    kind.prepare = {{"prepare"}};
    kind.start = {"serve", "{port}"};
    kind.warm_up = {"warm_up"};
    kind.files = {{"package.json", "{}"},
                  {"flow.yaml", "urls:\n  shop: http://127.0.0.1:4711\n  admin: http://127.0.0.1:4711\n"}};
    return kind;
}

struct Place {
    TemporaryFolder folder{"keeper-test"};
    TargetFolders folders{folder.path("cache")};
    TargetKind kind = small_kind();
    std::vector<std::string> said;

    std::unique_ptr<Keeper> keeper(unsigned processes, std::function<bool()> stop) {
        const std::string npm = folder.path("npm");
        std::ofstream(npm) << "#!/bin/sh\nexit 0\n";
        std::filesystem::permissions(npm, std::filesystem::perms::owner_all);
        UpOptions options;
        options.kind = &kind;
        options.processes = processes;
        options.stock = {{"sku-1", 10}};
        make_folder(folders.root);
        return std::make_unique<Keeper>(
            options, folders, Tools{LASTUNIT_SMALL_SHOP, npm}, [this](const std::string& line) { said.push_back(line); },
            std::move(stop));
    }
    std::string running() const { return folders.running(kind); }
};

bool no_postgres() {
    if (!find_postgres_binaries().empty()) return false;
    WARN("no PostgreSQL server is installed: not tested");
    return true;
}

std::string content(const std::string& path) {
    std::ifstream in(path);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

TEST_CASE("keeper: two processes behind one database, which are gone with it") {
    if (no_postgres()) return;
    Place place;
    std::uint16_t port = 0;
    pid_t process = 0;
    {
        const auto keeper = place.keeper(2, [] { return false; });
        REQUIRE(keeper->bring_up());
        CHECK(has_keeper(place.running()));
        const auto state = read_state(place.running());
        REQUIRE(state.has_value());
        CHECK(state->phase() == "up");
        REQUIRE(state->processes_size() == 2);
        const std::string url = state->processes(1).url();
        port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
        process = static_cast<pid_t>(state->processes(1).process());
        CHECK(http_status(port, "/", 60'000) == 200);
        CHECK(content(place.running() + "/prepared") == "postgres://" + std::string(" {\"sku-1\":10,\"warm-up\":1000000}"));
        CHECK_THAT(content(state->flow()), Contains("shop: " + state->processes(0).url() + " " + url + "\n"));
        CHECK_THAT(keeper->description(), Contains(url) && Contains("lastunit target down small"));
        CHECK(place.said.back() == "up");

        const auto second = place.keeper(1, [] { return false; });
        CHECK_THROWS_WITH(second->bring_up(), Contains("small is up already"));
    }
    CHECK(kill(process, 0) != 0);
    CHECK(is_free(port));
    CHECK_FALSE(has_keeper(place.running()));
    CHECK_FALSE(read_state(place.running()).has_value());
}

TEST_CASE("keeper: a process of the shop that dies is in the state") {
    if (no_postgres()) return;
    Place place;
    int asked_while_up = 0;
    bool up = false;
    const auto keeper = place.keeper(1, [&] { return up && ++asked_while_up > 5; });
    REQUIRE(keeper->bring_up());
    kill(static_cast<pid_t>(read_state(place.running())->processes(0).process()), SIGKILL);
    up = true;
    while (read_state(place.running())->processes(0).ended().empty()) {
        asked_while_up = 0;
        keeper->keep();
    }
    CHECK(read_state(place.running())->processes(0).ended() == "signal 9");
}

TEST_CASE("keeper: what a program of the platform says when it fails is in the error, and nothing is left") {
    if (no_postgres()) return;
    Place place;
    place.kind.prepare = {{"prepare"}, {"fail"}};
    const auto keeper = place.keeper(1, [] { return false; });
    CHECK_THROWS_WITH(keeper->bring_up(), "filling small: exit code 1: the shelves are crooked");
}

TEST_CASE("keeper: it can be stopped on the way, and says so") {
    Place place;
    const auto keeper = place.keeper(1, [] { return true; });
    CHECK_FALSE(keeper->bring_up());
}
