#include "cli/library.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "scenarios/library.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;

void add_named(std::vector<std::string>& folders, const std::string& folder, const char* named_by) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) throw BadInput(std::string(named_by) + ": '" + folder + "' is not a folder");
    folders.push_back(folder);
}

std::string built_in() {
    std::error_code error;
    const fs::path binary = fs::read_symlink("/proc/self/exe", error);
    const fs::path installed = (binary.parent_path() / "../share/lastunit/scenarios").lexically_normal();
    if (!error && fs::is_directory(installed, error)) return installed.string();
    return scenarios::library_folder();
}

}  // namespace

std::vector<std::string> library_folders(const Arguments& arguments) {
    std::vector<std::string> folders;
    for (const std::string& folder : arguments.all("library")) add_named(folders, folder, "--library");
    if (const char* listed = std::getenv("LASTUNIT_SCENARIOS"); listed != nullptr) {
        std::istringstream stream(listed);
        for (std::string folder; std::getline(stream, folder, ':');)
            if (!folder.empty()) add_named(folders, folder, "LASTUNIT_SCENARIOS");
    }
    folders.push_back(built_in());
    return folders;
}

}  // namespace lastunit::cli
