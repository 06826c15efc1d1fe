// Installing without the registry: npm is a script of the test's own.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "drivers/driver.hpp"
#include "drivers/process/process_tree.hpp"
#include "drivers/process/temporary_folder.hpp"
#include "drivers/targets/install.hpp"

using namespace lastunit::drivers;
using namespace lastunit::drivers::targets;

namespace {

namespace fs = std::filesystem;

std::string program(const TemporaryFolder& folder, const std::string& name, const std::string& script) {
    fs::create_directories(folder.path("bin"));
    const std::string path = folder.path("bin/" + name);
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(path, fs::perms::owner_all);
    return path;
}

TargetKind small_kind() {
    TargetKind kind;
    kind.name = "small";
    kind.title = "Small";
    kind.version = "1.2.3";
    kind.installed_mb = 1;
    kind.files = {{"package.json", "{\"name\": \"small\"}"}, {"start.js", "listen();"}};
    return kind;
}

std::string content(const std::string& path) {
    std::ifstream in(path);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

struct Place {
    TemporaryFolder folder{"install-test"};
    TargetFolders folders{folder.path("cache")};
    TargetKind kind = small_kind();
    std::string log = folder.path("install.log");
    std::vector<std::string> said;

    Place() { make_folder(folders.root); }
    void install(const std::string& npm_script) {
        const Tools tools{"node", program(folder, "npm", npm_script)};
        targets::install(
            kind, folders, tools, log, [this](const std::string& line) { said.push_back(line); }, [] {});
    }
    std::string installed(const std::string& name) const { return folders.installed(kind) + "/" + name; }
};

const std::string kGood = "mkdir -p node_modules; echo once >> npm-ran; echo whole > node_modules/platform";

}  // namespace

TEST_CASE("install: the platform's files and npm's folder are there, and npm runs once") {
    Place place;
    place.install(kGood);
    CHECK(is_installed(place.kind, place.folders));
    CHECK(content(place.installed("start.js")) == "listen();");
    CHECK(place.said.size() == 1);
    place.install("exit 1");
    CHECK(content(place.installed("npm-ran")) == "once\n");
}

TEST_CASE("install: files of a newer lastunit replace the older ones without npm, a newer package.json with it") {
    Place place;
    place.install(kGood);
    place.kind.files[1].text = "listen(again);";
    place.install("exit 1");
    CHECK(content(place.installed("start.js")) == "listen(again);");
    place.kind.files[0].text = "{\"name\": \"small\", \"dependencies\": {}}";
    CHECK_FALSE(is_installed(place.kind, place.folders));
    place.install(kGood);
    CHECK(content(place.installed("npm-ran")) == "once\nonce\n");
    CHECK(is_installed(place.kind, place.folders));
}

TEST_CASE("install: one that was interrupted is thrown away and begun anew") {
    Place place;
    fs::create_directories(place.installed("node_modules"));
    std::ofstream(place.installed("node_modules/half")) << "hal";
    CHECK_FALSE(is_installed(place.kind, place.folders));
    place.install(kGood);
    CHECK_FALSE(fs::exists(place.installed("node_modules/half")));
    CHECK(content(place.installed("node_modules/platform")) == "whole\n");
}

TEST_CASE("install: what npm says when it fails is in the error, and nothing counts as installed") {
    Place place;
    CHECK_THROWS_WITH(place.install("echo npm error network: the registry cannot be reached >&2; exit 1"),
                      Catch::Contains("npm install of small: exit code 1") && Catch::Contains("registry cannot be reached"));
    CHECK_FALSE(is_installed(place.kind, place.folders));
}

TEST_CASE("install: without room it says how much is needed and how much there is") {
    Place place;
    place.kind.installed_mb = 2'000'000'000;
    CHECK_THROWS_WITH(place.install(kGood),
                      Catch::Contains("Small needs 4000000000 MB in ") && Catch::Contains("XDG_CACHE_HOME"));
    CHECK_FALSE(fs::exists(place.installed("npm-ran")));
}

TEST_CASE("install: a second one waits for the first, and can be called off") {
    Place place;
    make_folder(place.folders.root);
    const auto held = try_lock(place.folders.installed(place.kind) + ".lock");
    REQUIRE(held.has_value());
    const Tools tools{"node", program(place.folder, "npm", kGood)};
    int asked = 0;
    const auto tick = [&asked] {
        if (++asked == 3) throw DriverError("called off");
    };
    CHECK_THROWS_WITH(
        install(
            place.kind, place.folders, tools, place.log, [&place](const std::string& line) { place.said.push_back(line); }, tick),
        "called off");
    CHECK(place.said == std::vector<std::string>{"waiting for another installation of Small"});
    CHECK_FALSE(fs::exists(place.installed("npm-ran")));
}

TEST_CASE("tools: what is missing is named with its Debian package") {
    const TemporaryFolder folder("tools-test");
    const TargetKind& medusa = *find_target("medusa");
    const std::string path = folder.path("bin");
    CHECK_THROWS_WITH(find_tools(medusa, Locking::as_delivered, path),
                      "medusa needs Node.js 20: install Debian's package nodejs");
    program(folder, "node", "echo v18.19.0");
    CHECK_THROWS_WITH(find_tools(medusa, Locking::as_delivered, path),
                      Catch::Contains("Medusa 2.21.2 needs Node.js 20 or newer") && Catch::Contains("is v18.19.0"));
    program(folder, "node", "echo v22.1.0");
    CHECK_THROWS_WITH(find_tools(medusa, Locking::as_delivered, path), "medusa needs npm: install Debian's package npm");
    CHECK(find_program("node", "/nowhere:" + path) == path + "/node");
    CHECK(major_version("v20.20.2") == 20);
    CHECK(major_version("20") == 0);
}

TEST_CASE("programs: one that is called off is gone, with what it had started") {
    const TemporaryFolder folder("program-test");
    ServerCommand command;
    command.words = {program(folder, "slow", "sleep 1000 & echo $! > child; wait")};
    command.folder = folder.path();
    const auto tick = [&folder] {
        if (!content(folder.path("child")).empty()) throw DriverError("called off");
    };
    CHECK_THROWS_WITH(run_to_end("slow", command, tick), "called off");
    CHECK(process_tree(std::stoi(content(folder.path("child")))).empty());
}
