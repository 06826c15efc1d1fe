#include "tests/house/tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace lastunit::house {
namespace {

namespace fs = std::filesystem;
const fs::path kRoot = LASTUNIT_SOURCE_DIR;

bool is_source_folder(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return !name.starts_with('.') && !name.starts_with("build") && name != "out" && name != "node_modules";
}

bool is_text(const std::string& content) { return content.find('\0') == std::string::npos; }

}  // namespace

std::vector<std::string> top_level_folders() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(kRoot))
        if (entry.is_directory() && is_source_folder(entry.path())) out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
}

std::string read(const std::string& path) {
    std::ifstream file(kRoot / path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

std::vector<std::string> text_files() {
    std::vector<std::string> out;
    for (auto it = fs::recursive_directory_iterator(kRoot); it != fs::recursive_directory_iterator(); ++it) {
        if (it->is_directory() && !is_source_folder(it->path()) && it->path().filename() != ".ci") it.disable_recursion_pending();
        if (!it->is_regular_file() || it->path().filename() == ".git") continue;  // a work tree of its own has such a file
        const std::string path = fs::relative(it->path(), kRoot).string();
        if (is_text(read(path))) out.push_back(path);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> untidy_lines(std::string_view text) {
    // Written in two parts each, so that this file passes its own rule.
    static const std::regex note(
        "\\b(TO"
        "DO|FIX"
        "ME|X"
        "XX)\\b");
    static const std::regex machine_path(
        "(^|[\\s\"'`(=:])/(ho"
        "me|wo"
        "rk|ro"
        "ot|Us"
        "ers)/");
    static const std::regex banner("^\\s*// -{20,}\\s*$");
    std::vector<std::string> out;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.size() > 10'000) continue;  // data; std::regex recurses per character
        if (std::regex_search(line, note)) out.push_back("line " + std::to_string(number) + ": a note to self");
        if (std::regex_search(line, machine_path)) out.push_back("line " + std::to_string(number) + ": a path of one machine");
        if (std::regex_search(line, banner)) out.push_back("line " + std::to_string(number) + ": a line of nothing but dashes");
    }
    return out;
}

std::vector<std::string> unescaped_lines(std::string_view text) {
    static const std::regex parser(
        "\\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|srcdoc|eval|document\\s*\\.\\s*write(ln)?"
        "|new\\s+Function)\\b");
    std::vector<std::string> out;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const std::string code = line.substr(0, line.find("//"));
        if (std::smatch found; std::regex_search(code, found, parser))
            out.push_back("line " + std::to_string(number) + ": " + found.str());
    }
    return out;
}

}  // namespace lastunit::house
