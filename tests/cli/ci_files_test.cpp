// The files that people copy into their pipelines: good YAML, and every lastunit command in them is one.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/command.hpp"
#include "scenarios/yaml_reader.hpp"

using namespace lastunit;

namespace {

std::string read(const std::string& path) {
    std::ifstream file(std::string(LASTUNIT_SOURCE_DIR) + "/" + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

scenarios::Tree tree_of(const std::string& path) {
    scenarios::Report report;
    scenarios::Tree tree = scenarios::read_yaml(read(path), path, scenarios::Origin::file, report);
    CHECK(report.empty());
    return tree;
}

// Every scalar of the file, lines of block scalars one by one.
void add_lines(const scenarios::Tree& tree, std::vector<std::string>& out) {
    std::istringstream text(tree.text);
    for (std::string line; std::getline(text, line);) out.push_back(line);
    for (const auto& item : tree.items) add_lines(item, out);
    for (const auto& entry : tree.entries) add_lines(entry.value, out);
}

// Reads the words behind `.../lastunit`, as the command line would; returns the name of the command, or nothing.
std::string parsed_command(const std::string& line) {
    std::istringstream words(line);
    std::string word;
    while (words >> word && !(word == "lastunit" || word.ends_with("/cli/lastunit"))) {
    }
    std::string name;
    if (!(words >> name) || name == "&&") return "";
    std::vector<std::string> rest;
    while (words >> word && word != "|" && word != ">" && word != "&&" && word != "#") rest.push_back(word);
    const cli::Command* command = cli::find_command(name);
    REQUIRE(command != nullptr);
    CHECK_NOTHROW(cli::parse(*command, rest));
    return name;
}

}  // namespace

TEST_CASE("ci files: they are YAML, gate a scenario, and hand on JUnit XML and Markdown") {
    for (const char* path : {"docs/ci/github-actions.yml", "docs/ci/gitlab-ci.yml"}) {
        CAPTURE(path);
        std::vector<std::string> lines;
        add_lines(tree_of(path), lines);
        int gates = 0;
        for (const std::string& line : lines)
            if (line.find("/cli/lastunit ") != std::string::npos && parsed_command(line) == "gate") {
                ++gates;
                CHECK(line.find("--junit gate.xml") != std::string::npos);
                CHECK(line.find("--markdown gate.md") != std::string::npos);
            }
        CHECK(gates == 1);
    }
    CHECK(tree_of("docs/ci/github-actions.yml").child("jobs")->child("gate")->child("steps")->items.size() > 5);
    const scenarios::Tree gitlab = tree_of("docs/ci/gitlab-ci.yml");
    CHECK(gitlab.child("inventory-gate")->child("artifacts")->child("reports")->child("junit")->text == "gate.xml");
}

TEST_CASE("gates.md: every lastunit command in it is one") {
    std::istringstream text(read("docs/gates.md"));
    bool inside = false;
    int commands = 0;
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with("```")) inside = line == "```sh";
        if (inside && line.starts_with("lastunit ") && line.find('\'') == std::string::npos)
            commands += parsed_command(line).empty() ? 0 : 1;
    }
    CHECK(commands >= 5);
}
