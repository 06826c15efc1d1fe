#include "drivers/targets/install.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "drivers/driver.hpp"

namespace lastunit::drivers::targets {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* kMarker = "/.installed";  // holds the package.json that was installed
constexpr auto kMeasureEvery = std::chrono::seconds(5);
constexpr std::uintmax_t kMega = 1'000'000;

std::string_view package_of(const TargetKind& kind) {
    for (const TargetFile& file : kind.files)
        if (file.name == "package.json") return file.text;
    return {};
}

std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// Beside its place and then moved: a shop that is starting from the folder never reads half a file.
void write_file(const std::string& path, std::string_view text) {
    if (text_of(path) == text) return;
    const std::string beside = path + ".new";
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    std::error_code error;
    if (out) fs::rename(beside, path, error);
    if (!out || error) throw DriverError(path + ": cannot write it");
}

std::uintmax_t megabytes_in(const std::string& folder) {
    std::uintmax_t bytes = 0;
    std::error_code ignored;
    for (fs::recursive_directory_iterator at(folder, ignored), end; at != end; at.increment(ignored)) {
        const std::uintmax_t size = at->is_regular_file(ignored) ? at->file_size(ignored) : 0;
        if (size != static_cast<std::uintmax_t>(-1)) bytes += size;
    }
    return bytes / kMega;
}

void check_space(const TargetKind& kind, const TargetFolders& folders) {
    // While npm unpacks, its own cache keeps the archives: about as much again.
    const std::uintmax_t needed = std::uintmax_t{kind.installed_mb} * 2;
    std::error_code error;
    const fs::space_info space = fs::space(folders.root, error);
    if (error || space.available / kMega >= needed) return;
    throw DriverError(kind.title + " needs " + std::to_string(needed) + " MB in " + folders.root +
                      " while it is installed, and " + std::to_string(space.available / kMega) +
                      " MB are free: make room, or set XDG_CACHE_HOME to another disk");
}

void run_npm(const TargetKind& kind, const std::string& folder, const Tools& tools, const std::string& log, const Say& say,
             const Tick& tick) {
    ServerCommand npm;
    npm.words = {tools.npm, "install", "--no-audit", "--no-fund", "--loglevel=error"};
    npm.environment = {"npm_config_update_notifier=false", "npm_config_progress=false"};
    npm.folder = folder;
    npm.log = log;
    const std::string what = "installing " + kind.title + " " + kind.version + " from the npm registry";
    say(what + " (about " + std::to_string(kind.installed_mb) + " MB, minutes)");
    Clock::time_point next = Clock::now() + kMeasureEvery;
    run_to_end("npm install of " + kind.name, npm, [&] {
        tick();
        if (Clock::now() < next) return;
        say(what + ": " + std::to_string(megabytes_in(folder + "/node_modules")) + " of about " +
            std::to_string(kind.installed_mb) + " MB");
        next = Clock::now() + kMeasureEvery;
    });
}

}  // namespace

bool is_installed(const TargetKind& kind, const TargetFolders& folders) {
    return text_of(folders.installed(kind) + kMarker) == package_of(kind);
}

void install(const TargetKind& kind, const TargetFolders& folders, const Tools& tools, const std::string& log, const Say& say,
             const Tick& tick) {
    const std::string folder = folders.installed(kind);
    make_folder(folder);
    std::optional<File> lock = try_lock(folder + ".lock");
    if (!lock) say("waiting for another installation of " + kind.title);
    while (!lock) {
        tick();
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        lock = try_lock(folder + ".lock");
    }
    for (const TargetFile& file : kind.files) write_file(folder + "/" + file.name, file.text);
    if (is_installed(kind, folders)) return;
    check_space(kind, folders);
    std::error_code ignored;
    fs::remove(folder + kMarker, ignored);
    fs::remove_all(folder + "/node_modules", ignored);
    fs::remove(folder + "/package-lock.json", ignored);
    run_npm(kind, folder, tools, log, say, tick);
    write_file(folder + kMarker, package_of(kind));
}

}  // namespace lastunit::drivers::targets
