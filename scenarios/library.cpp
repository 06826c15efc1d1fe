#include "scenarios/library.hpp"

#include <filesystem>
#include <iterator>
#include <map>
#include <system_error>

#include "scenarios/files.hpp"
#include "scenarios/yaml_reader.hpp"

namespace lastunit::scenarios {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> files_by_name(const std::vector<std::string>& folders) {
    std::map<std::string, std::string> found;
    for (const std::string& folder : folders) {
        std::error_code ignored;  // a folder that is not there has no scenarios
        for (const auto& entry : fs::directory_iterator(folder, ignored))
            if (entry.path().extension() == ".yaml") found.emplace(entry.path().stem().string(), entry.path().string());
    }
    return found;
}

constexpr const char* kFailures = "failures";

std::optional<std::string> find_failure(const std::vector<std::string>& folders, const std::string& name) {
    std::error_code error;
    for (const std::string& folder : folders) {
        const std::string path = (fs::path(failures_folder(folder)) / (name + ".yaml")).string();
        if (fs::is_regular_file(path, error)) return path;
    }
    return std::nullopt;
}

std::string title_of(const std::string& path) {
    Report ignored;  // `check` is the place for what is wrong in it
    const Tree tree = read_yaml(read_text(path).value_or(""), path, Origin::file, ignored);
    const Tree* title = tree.child("title");
    return title ? title->text : "";
}

std::vector<LibraryEntry> entries_of(const std::vector<std::string>& folders) {
    std::vector<LibraryEntry> entries;
    for (const auto& [name, path] : files_by_name(folders)) entries.push_back({name, title_of(path), path});
    return entries;
}

// `SCENARIO/VARIANT`: a variant of a scenario, or a design to compare it with, lies in the folder of its name.
std::optional<std::string> find_variant(const std::string& name, const std::vector<std::string>& folders) {
    const fs::path relative(name);
    if (std::distance(relative.begin(), relative.end()) != 2) return std::nullopt;
    std::error_code error;
    for (const std::string& folder : folders) {
        const std::string scenario = (fs::path(folder) / relative.parent_path()).string() + ".yaml";
        const std::string path = (fs::path(folder) / relative).string() + ".yaml";
        if (fs::is_regular_file(scenario, error) && fs::is_regular_file(path, error)) return path;
    }
    return std::nullopt;
}

std::optional<std::string> file_of(const std::string& name, const std::vector<std::string>& folders) {
    const auto files = files_by_name(folders);
    const auto found = files.find(name);
    return found == files.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::string failures_folder(const std::string& folder) {
    return (folder == library_folder() ? fs::path(folder).parent_path() / kFailures : fs::path(folder) / kFailures).string();
}

// In the source tree the designs lie beside the scenarios; where they are installed, and in anybody's own library, inside.
Library::Library(std::vector<std::string> folders) : folders_(std::move(folders)) {
    for (const std::string& folder : folders_) {
        design_folders_.push_back((fs::path(folder) / "designs").string());
        if (folder == library_folder()) design_folders_.push_back((fs::path(folder).parent_path() / "designs").string());
    }
}

std::vector<LibraryEntry> Library::list() const { return entries_of(folders_); }
std::optional<std::string> Library::find(const std::string& name) const {
    const std::string prefix = std::string(kFailures) + "/";
    if (name.starts_with(prefix)) return find_failure(folders_, name.substr(prefix.size()));
    const auto scenario = file_of(name, folders_);
    return scenario ? scenario : find_variant(name, folders_);
}
std::vector<LibraryEntry> Library::list_designs() const { return entries_of(design_folders_); }
std::optional<std::string> Library::find_design(const std::string& name) const {
    const auto design = file_of(name, design_folders_);
    return design ? design : find_variant(name, folders_);
}

std::string library_folder() { return LASTUNIT_LIBRARY_FOLDER; }

}  // namespace lastunit::scenarios
