#include "cli/failure_library.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>

#include "cli/library.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDigits = 2;  // of a failure's number

// "05-bundles-share-a-component" is of row 05.
std::string number_of(const std::string& name) {
    const bool numbered = name.size() > kDigits + 1 && name[kDigits] == '-' &&
                          std::all_of(name.begin(), name.begin() + kDigits, [](unsigned char c) { return std::isdigit(c) != 0; });
    return numbered ? name.substr(0, kDigits) : "";
}

// The first of the folders that has any.
std::vector<scenarios::LibraryEntry> files_in(const std::vector<std::string>& folders) {
    for (const std::string& folder : folders) {
        std::vector<scenarios::LibraryEntry> files = scenarios::Library({folder}).list();
        std::erase_if(files, [](const scenarios::LibraryEntry& file) { return number_of(file.name).empty(); });
        if (!files.empty()) return files;
    }
    std::string looked;
    for (const std::string& folder : folders) looked += (looked.empty() ? "" : ", ") + folder;
    throw BadInput("no published failures (NN-name.yaml) in " + looked);
}

bool named(const scenarios::LibraryEntry& file, const std::string& word) {
    const std::string number = number_of(file.name);
    return word == file.name || word == number || "0" + word == number || word == file.name.substr(kDigits + 1);
}

void keep_named(std::vector<scenarios::LibraryEntry>& files, const std::vector<std::string>& words) {
    std::vector<std::string> known;
    for (const scenarios::LibraryEntry& file : files) known.push_back(file.name);
    for (const std::string& word : words)
        if (std::none_of(files.begin(), files.end(), [&](const auto& file) { return named(file, word); }))
            throw BadInput("no published failure '" + word + "'" + scenarios::suggest(word, known));
    const auto wanted = [&](const scenarios::LibraryEntry& file) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return named(file, word); });
    };
    if (!words.empty()) std::erase_if(files, [&](const scenarios::LibraryEntry& file) { return !wanted(file); });
}

std::vector<scenarios::Override> overrides_of(const model::PublishedFailure& failure, const std::string& path) {
    std::vector<scenarios::Override> out;
    for (const std::string& text : failure.flawed) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            throw BadInput(path + ": failure.flawed: '" + text + "' is not PATH=VALUE");
        out.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    return out;
}

model::Scenario read(const std::string& path, const std::vector<scenarios::Override>& changes,
                     const scenarios::Library& library) {
    scenarios::Loaded loaded = scenarios::load(path, changes, library);
    for (const scenarios::Diagnostic& mistake : loaded.errors) std::fprintf(stderr, "%s\n", mistake.text().c_str());
    if (!loaded.scenario) throw BadInput(path + ": cannot be read" + (changes.empty() ? "" : " as its flawed design"));
    return std::move(*loaded.scenario);
}

}  // namespace

std::vector<FailureCase> load_failures(const Arguments& arguments) {
    std::vector<std::string> folders, built_in;
    for (const std::string& folder : library_folders(arguments)) built_in.push_back(scenarios::failures_folder(folder));
    folders = arguments.has("library") ? arguments.all("library") : built_in;
    std::vector<scenarios::LibraryEntry> files = files_in(folders);
    keep_named(files, arguments.words);
    folders.insert(folders.end(), built_in.begin(), built_in.end());  // what a failure of one's own may extend
    const scenarios::Library library(folders);
    std::vector<FailureCase> cases;
    for (const scenarios::LibraryEntry& file : files) {
        FailureCase& one = cases.emplace_back();
        one.number = number_of(file.name);
        one.run_as = arguments.has("library") ? file.path : "failures/" + file.name;
        one.sound = read(file.path, {}, library);
        if (!one.sound.failure)
            throw BadInput(file.path + ": has no `failure`: what went wrong, and which invariant does it break?");
        one.flawed = read(file.path, overrides_of(*one.sound.failure, file.path), library);
    }
    return cases;
}

}  // namespace lastunit::cli
