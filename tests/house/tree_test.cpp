// What every folder and file of the house keeps to.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/house/tree.hpp"

namespace lastunit::house {
namespace {

TEST_CASE("house: every top-level folder has a README of at most 15 lines") {
    const auto folders = top_level_folders();
    CHECK(std::find(folders.begin(), folders.end(), "core") != folders.end());
    for (const std::string& folder : folders) {
        CAPTURE(folder);
        const std::string readme = read(folder + "/README.md");
        CHECK_FALSE(readme.empty());
        CHECK(std::count(readme.begin(), readme.end(), '\n') <= 15);
    }
}

TEST_CASE("house: no file keeps a note to self, a path of one machine or a banner of dashes") {
    for (const std::string& path : text_files())
        for (const std::string& line : untidy_lines(read(path))) FAIL_CHECK(path << " " << line);
}

TEST_CASE("house: notes to self, machine paths and banners are found where they are") {
    const std::string note = std::string("int a;  // TO") + "DO: later";
    const std::string path = std::string("open \"/ho") + "me/someone/file\"";
    CHECK(untidy_lines(note).size() == 1);
    CHECK(untidy_lines("fine\n" + path) == std::vector<std::string>{"line 2: a path of one machine"});
    CHECK(untidy_lines("    // " + std::string(40, '-')) == std::vector<std::string>{"line 1: a line of nothing but dashes"});
    CHECK(untidy_lines("// --- time ---\n").empty());
    CHECK(untidy_lines("to do; https://example.org/work/x; store/home/locker\n").empty());
}

TEST_CASE("house: the report page makes elements of text, and never of markup") {
    int sources = 0;
    for (const std::string& path : text_files()) {
        if (!path.starts_with("reports/page/src/") || !path.ends_with(".ts")) continue;
        ++sources;
        for (const std::string& line : unescaped_lines(read(path))) FAIL_CHECK(path << " " << line);
    }
    CHECK(sources > 50);
}

TEST_CASE("house: a text that is parsed as markup or code is found where it is") {
    CHECK(unescaped_lines("fine();\nelement.innerHTML = name;\n") == std::vector<std::string>{"line 2: innerHTML"});
    CHECK(unescaped_lines("document.write(name)") == std::vector<std::string>{"line 1: document.write"});
    CHECK(unescaped_lines("at.insertAdjacentHTML('beforeend', name)").size() == 1);
    CHECK(unescaped_lines("element.textContent = name; // not innerHTML\nevaluate(name);").empty());
}

}  // namespace
}  // namespace lastunit::house
