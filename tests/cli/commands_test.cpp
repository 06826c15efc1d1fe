// Commands, their help, and what a mistyped command line is answered.
#include <catch2/catch.hpp>
#include <iomanip>
#include <sstream>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

TEST_CASE("help: names every command and the exit codes") {
    const Sandbox box;
    for (const auto& words : {std::vector<std::string>{"help"}, {"--help"}, {"-h"}}) {
        const Result result = box.run(words);
        CHECK(result.status == 0);
        for (const cli::Command& command : cli::commands()) CHECK_THAT(result.out, Contains(command.name));
        CHECK_THAT(result.out, Contains("Exit codes"));
    }
}

TEST_CASE("help: each command has options explained, and examples that its own parser accepts") {
    for (const cli::Command& command : cli::commands()) {
        CAPTURE(command.name);
        CHECK_THAT(cli::help_for(command), Contains("Examples:"));
        CHECK_FALSE(command.examples.empty());
        for (const char* example : command.examples) {
            std::istringstream words(example);
            std::string word;
            std::vector<std::string> rest;
            words >> word;
            CHECK(word == "lastunit");
            words >> word;
            CHECK(word == command.name);
            // As a shell reads it, up to a pipe or a redirection.
            while (words >> std::quoted(word) && word != "|" && word != ">") rest.push_back(word);
            CHECK_NOTHROW(cli::parse(command, rest));
        }
    }
}

TEST_CASE("help: --help after a command is the same text as help COMMAND") {
    const Sandbox box;
    CHECK(box.run({"run", "--help"}).out == box.run({"help", "run"}).out);
    CHECK(box.run({"run", "--help"}).status == 0);
}

TEST_CASE("version: by any of its usual names") {
    const Sandbox box;
    for (const char* word : {"--version", "-V", "-v"}) CHECK(box.run({word}).out == box.run({"version"}).out);
    CHECK(box.run({"run", "-h"}).out == box.run({"help", "run"}).out);
}

TEST_CASE("no command: the help on stderr, exit 2") {
    const Sandbox box;
    const Result result = box.run({});
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    CHECK_THAT(result.err, Contains("Usage"));
}

TEST_CASE("a mistyped command line is answered with the nearest name, exit 2") {
    struct Case {
        std::vector<std::string> words;
        const char* says;
    };
    const std::vector<Case> cases{
        {{"chekc"}, "check"},
        {{"help", "validat"}, "validate"},
        {{"run", "black-friday", "--sed", "3"}, "--seed"},
        {{"run", "black-friday", "--quite"}, "--quiet"},
        {{"run"}, "needs SCENARIO"},
        {{"run", "a", "b"}, "'b' is one word too many"},
        {{"run", "a", "--seed"}, "--seed"},
        {{"run", "a", "--seed", "-1"}, "not a whole number"},
        {{"run", "a", "--seed", "7x"}, "not a whole number"},
        {{"run", "black-friday", "--set", "horizon"}, "PATH=VALUE"},
        {{"run", "black-friday", "--library", "/nowhere"}, "/nowhere"},
        {{"run", "a", "--nosuch"}, "one of --help, --seed"},
        {{"run", "a", "--log="}, "--log=: nothing stands after the equals sign"},
        {{"version", "--json"}, "version has none but --help"},
        {{"explain", "a", "--oversold", "1", "--order", "3"}, "takes only one of"},
        {{"explain", "a"}, "needs one of"},
        {{"list", "extra"}, "one word too many"},
    };
    const Sandbox box;
    for (const Case& wrong : cases) {
        CAPTURE(wrong.words);
        const Result result = box.run(wrong.words);
        CHECK(result.status == 2);
        CHECK(result.out.empty());
        CHECK_THAT(result.err, Contains(wrong.says));
    }
}

TEST_CASE("version: names version, commit and build") {
    const Sandbox box;
    const Result result = box.run({"version"});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("lastunit ") && Contains("commit ") && Contains("build "));
    CHECK(box.run({"--version"}).out == result.out);
}

TEST_CASE("list: shows the library that came with the binary, and a folder of one's own") {
    const Sandbox box;
    CHECK_THAT(box.run({"list"}).out, Contains("black-friday") && Contains("flash-drop") && Contains("ordinary-tuesday"));
    box.scenario("our-shop.yaml");
    const Result result = box.run({"list", "--library", box.path("")});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("our-shop") && Contains("a small shop for tests"));
}

TEST_CASE("check: one line says what a good scenario describes") {
    const Sandbox box;
    const Result result = box.run({"check", box.scenario("small.yaml")});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("ok: small, 20 SKUs, 2 nodes, 2 channels, about 600 shoppers in 2 h"));
    CHECK(result.err.empty());
}

TEST_CASE("check: says a scenario's description, on a line of its own") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml", "title:", "description: \"what it  asks,\\nand why\"\ntitle:");
    const Result result = box.run({"check", file});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Catch::EndsWith("\n    what it asks, and why\n"));
}

}  // namespace
}  // namespace lastunit::cli_tests
