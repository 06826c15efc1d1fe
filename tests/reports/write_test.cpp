#include "reports/write.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "reports/event_log_file.hpp"

namespace fs = std::filesystem;
using namespace lastunit::reports;

namespace {

class Folder {
   public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "lastunit-write-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() {
        fs::permissions(path_, fs::perms::owner_all);
        fs::remove_all(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    const fs::path& path() const { return path_; }
    long files() const { return std::distance(fs::directory_iterator(path_), fs::directory_iterator()); }

   private:
    fs::path path_;
};

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void fails(const std::string& path, const std::string& reason) {
    for (const auto& error : {write_file(path, "content"), check_writable(path)}) {
        REQUIRE(error);
        INFO(*error);
        CHECK(error->find(path) != std::string::npos);
        CHECK(error->find(reason) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("write: a file is written, replaced, and nothing else is left behind") {
    const Folder folder;
    CHECK_FALSE(check_writable(folder / "run.json"));
    CHECK(folder.files() == 0);
    CHECK_FALSE(write_file(folder / "run.json", "first, and longer"));
    CHECK_FALSE(write_file(folder / "run.json", "second"));
    CHECK(read(folder / "run.json") == "second");
    CHECK(folder.files() == 1);
}

TEST_CASE("write: a check leaves an existing file as it is") {
    const Folder folder;
    CHECK_FALSE(write_file(folder / "run.json", "kept"));
    CHECK_FALSE(check_writable(folder / "run.json"));
    CHECK(read(folder / "run.json") == "kept");
    CHECK(folder.files() == 1);
}

TEST_CASE("write: a symbolic link stays a link, its target is replaced") {
    const Folder folder;
    fs::create_symlink("target.json", folder / "link.json");
    CHECK_FALSE(write_file(folder / "link.json", "text"));
    CHECK(fs::is_symlink(folder / "link.json"));
    CHECK(read(folder / "target.json") == "text");
}

TEST_CASE("write: an event log follows a link, and a pipe stays a pipe") {
    const Folder folder;
    const auto log = [](const std::string& path) {
        EventLogFile file(path, {});
        lastunit::model::EventLogEntry entry;
        entry.mutable_header()->set_scenario("smoke");
        file.write(entry);
        return file.close();
    };
    fs::create_symlink("target.gz", folder / "link.gz");
    CHECK(log(folder / "link.gz") == "");
    CHECK(fs::is_symlink(folder / "link.gz"));
    CHECK(read(folder / "target.gz").substr(0, 2) == "\x1f\x8b");

    const std::string pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int both_ends = ::open(pipe.c_str(), O_RDWR);
    REQUIRE(both_ends >= 0);
    CHECK(log(pipe) == "");
    char begin[2] = {};
    CHECK(::read(both_ends, begin, 2) == 2);
    CHECK(std::string(begin, 2) == "\x1f\x8b");
    { const EventLogFile given_up(pipe, {}); }
    ::close(both_ends);
    CHECK(fs::is_fifo(pipe));
    CHECK(folder.files() == 3);
}

TEST_CASE("write: what is in the way is named") {
    const Folder folder;
    fails(folder.path().string(), "it is a directory");
    fails(folder / "missing/run.json", "there is no folder");
    CHECK_FALSE(write_file(folder / "file", "x"));
    fails(folder / "file/run.json", "cannot write");
    CHECK(write_file("", "x"));
    CHECK(check_writable(""));
}

TEST_CASE("write: a full disk is an error, a device is written directly") {
    CHECK_FALSE(write_file("/dev/null", "x"));
    CHECK_FALSE(check_writable("/dev/null"));
    CHECK(fs::is_character_file("/dev/null"));
    const auto error = write_file("/dev/full", "x");
    REQUIRE(error);
    CHECK(*error == "cannot write /dev/full: No space left on device");
}

TEST_CASE("write: a folder without permission is an error and no half-written file") {
    // Root may write anywhere but into the kernel's own file systems.
    if (::geteuid() == 0) {
        fails("/proc/self/run.json", "cannot write");
        return;
    }
    const Folder folder;
    ::chmod(folder.path().c_str(), 0500);
    fails(folder / "run.json", "Permission denied");
    CHECK(folder.files() == 0);
}
