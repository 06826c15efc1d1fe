// Whatever a slip of the finger makes of a good file, the loader loads it or says where it is wrong.
#include <catch2/catch.hpp>

#include "model/random.hpp"
#include "tests/scenarios/scenario_files.hpp"

using namespace lastunit;
using namespace lastunit::scenarios;
using namespace lastunit::scenarios::test;

namespace {

constexpr std::uint64_t kSeed = 20241129;
constexpr int kCorruptions = 600;
const std::string kLetters = "abz019 \t\n:-{}[](),.%#&*!|>'\"@`~\\?=<\x01\x7f\xc3";

std::string corrupted(std::string text, model::Stream& random) {
    const std::size_t at = random() % text.size();
    const char letter = kLetters[random() % kLetters.size()];
    switch (random() % 3) {
        case 0:
            text[at] = letter;
            break;
        case 1:
            text.erase(at, 1);
            break;
        default:
            text.insert(at, 1, letter);
    }
    return text;
}

}  // namespace

TEST_CASE("corruption: one wrong character loads or is reported with its position") {
    const std::string good = read_file(data_file("good.yaml"));
    const Folder folder;
    int loaded = 0;
    for (int i = 0; i < kCorruptions; ++i) {
        model::Stream random(kSeed, model::Purpose::property, static_cast<std::uint64_t>(i));
        const std::string text = corrupted(good, random);
        folder.write("s.yaml", text);
        const Loaded result = folder.load("s.yaml");
        loaded += result.scenario ? 1 : 0;
        INFO("corruption " << i << " of seed " << kSeed);
        CHECK(result.scenario.has_value() == result.errors.empty());
        const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
        for (const Diagnostic& error : result.errors) {
            INFO(error.text());
            CHECK_FALSE(error.message.empty());
            CHECK(error.line >= 1);
            CHECK(error.line <= lines);
            CHECK(error.column >= 1);
        }
    }
    CHECK(loaded > kCorruptions / 20);
    CHECK(loaded < kCorruptions);
}
