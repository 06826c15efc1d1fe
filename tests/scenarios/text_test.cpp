// The text that is kept of a scenario: one file that is the same scenario.
#include <unistd.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "scenarios/loader.hpp"
#include "scenarios/yaml_reader.hpp"
#include "scenarios/yaml_writer.hpp"

namespace lastunit::scenarios {
namespace {

const std::vector<std::string> kFolders = {LASTUNIT_SOURCE_DIR "/scenarios/library"};

std::string rewritten(const std::string& yaml) {
    Report report;
    const std::string out = write_yaml(read_yaml(yaml, "x.yaml", Origin::file, report));
    CHECK(report.empty());
    return out;
}

}  // namespace

TEST_CASE("Every scenario of the library, under every design, is the same when its text is loaded alone") {
    const std::string file =
        (std::filesystem::temp_directory_path() / ("lastunit-text-" + std::to_string(getpid()) + ".yaml")).string();
    const Library library(kFolders);
    std::vector<std::string> designs = {""};
    for (const LibraryEntry& design : library.list_designs()) designs.push_back(design.name);
    std::size_t compared = 0;
    for (const LibraryEntry& entry : library.list())
        for (const std::string& design : designs) {
            if (!design.empty() && entry.name != "smoke" && entry.name != "black-friday") continue;
            INFO(entry.name << " " << design);
            const Loaded loaded = load(entry.name, {}, library, design);
            if (!loaded.scenario) continue;  // a log that is not there, or a design that does not fit
            std::ofstream(file, std::ios::binary) << loaded.scenario->text;
            const Loaded again = load(file, {}, Library(std::vector<std::string>{}));
            for (const Diagnostic& error : again.errors) UNSCOPED_INFO(error.text());
            REQUIRE(again.scenario);
            CHECK(again.scenario->hash == loaded.scenario->hash);
            CHECK(again.scenario->text == loaded.scenario->text);
            ++compared;
        }
    CHECK(compared > 20);
    std::filesystem::remove(file);
}

TEST_CASE("Text that means something to YAML comes back as it was") {
    for (const char* text : {"\"null\"",
                             "\"~\"",
                             "\"\"",
                             "\" a\"",
                             "\"a: b\"",
                             "\"# no comment\"",
                             "\"yes, no\"",
                             "\"[1]\"",
                             "\"{}\"",
                             "\"'\"",
                             "\"\\\"\"",
                             "\"back\\\\slash\"",
                             "\"line\\nbreak\"",
                             "\"- a\"",
                             "\"&a\"",
                             "\"*a\"",
                             "\"!x\"",
                             "\"%x\"",
                             "\"@x\"",
                             "\"za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87\""}) {
        const std::string yaml = std::string("key: ") + text + "\n";
        Report report;
        const Tree once = read_yaml(yaml, "x.yaml", Origin::file, report);
        const Tree twice = read_yaml(rewritten(yaml), "x.yaml", Origin::file, report);
        INFO(text << " as " << rewritten(yaml));
        REQUIRE(once.child("key"));
        REQUIRE(twice.child("key"));
        CHECK(twice.child("key")->kind == once.child("key")->kind);
        CHECK(twice.child("key")->text == once.child("key")->text);
    }
    CHECK(rewritten("a: {b: [1, 2], c: [{d: 1}, {e: lognormal(3min, cv 0.6)}], f: {}}\n") ==
          "a:\n  b: [1, 2]\n  c:\n    -\n      d: 1\n    -\n      e: \"lognormal(3min, cv 0.6)\"\n  f: {}\n");
}

TEST_CASE("YAML: aliases that stand for more than a file could hold are refused before they are copied") {
    std::string bomb = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i <= 12; ++i) {
        bomb += "b" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int k = 0; k < 10; ++k) bomb += (k > 0 ? ", *a" : "*a") + std::to_string(i - 1);
        bomb += "]\n";
    }
    Report report;
    read_yaml(bomb, "bomb.yaml", Origin::file, report);
    REQUIRE(report.is_fatal());
    CHECK_THAT(report.sorted().front().text(),
               Catch::StartsWith("bomb.yaml:") && Catch::Contains("stand for more than 200000 values"));

    // Anchors inside of anchors are copies as well.
    std::string nested = "a: ";
    for (int i = 0; i < 400; ++i) nested += "&n" + std::to_string(i) + " [";
    for (int i = 0; i < 2000; ++i) nested += "x, ";
    nested += std::string(400, ']') + "\n";
    Report deep;
    read_yaml(nested, "nested.yaml", Origin::file, deep);
    CHECK(deep.is_fatal());

    Report good;
    const Tree tree = read_yaml("a: &a {x: 1}\nb: *a\n", "good.yaml", Origin::file, good);
    CHECK(good.empty());
    REQUIRE(tree.find("b"));
}

}  // namespace lastunit::scenarios
