// `lastunit audit`, from outside.
#include <catch2/catch.hpp>

#include "tests/cli/process.hpp"
#include "tests/support/simulated_history.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

test::MadeHistory small_history() { return test::simulated_history({.seed = 3, .operations = 300, .lost_answers = 0}); }

}  // namespace

TEST_CASE("audit: a sound history is exit 0, one with a lost order exit 1 and its story, a torn one exit 4") {
    const Sandbox box;
    test::MadeHistory made = small_history();
    REQUIRE(made.write(box.path("sound.luh")).empty());
    const Result sound = box.run({"audit", box.path("sound.luh")});
    INFO(sound.err);
    CHECK(sound.status == 0);
    CHECK_THAT(sound.out, Contains("SOUND: ") && Contains("none twice"));

    const std::string content = box.read("sound.luh");
    box.write("torn.luh", content.substr(0, content.size() - 5));
    const Result torn = box.run({"audit", box.path("torn.luh")});
    CHECK(torn.status == 4);
    CHECK_THAT(torn.out, Contains("UNDECIDED: ") && Contains("was cut off"));

    const std::uint64_t order = made.orders.begin()->first;
    made.orders.erase(made.orders.begin());
    REQUIRE(made.write(box.path("lost.luh")).empty());
    const Result lost =
        box.run({"audit", box.path("lost.luh"), "--json", box.path("audit.json"), "--edn", box.path("history.edn")});
    CHECK(lost.status == 1);
    CHECK_THAT(lost.out, Contains("REFUTED: ") && Contains("order " + std::to_string(order)) && Contains("lost in"));
    CHECK_THAT(box.read("audit.json"), Contains("\"verdict\": \"refuted\""));
    CHECK_THAT(box.read("history.edn"), Contains("{:index 0, :type :invoke, :process "));
}

TEST_CASE("audit: what is no history, or a damaged one, is exit 2 with one line and nothing written") {
    const Sandbox box;
    box.write("garbage", "name: black-friday\n");
    const Result garbage = box.run({"audit", box.path("garbage"), "--json", box.path("audit.json")});
    CHECK(garbage.status == 2);
    CHECK_THAT(garbage.err, Contains("is no history of lastunit"));
    CHECK_FALSE(box.has("audit.json"));

    REQUIRE(small_history().write(box.path("history.luh")).empty());
    std::string content = box.read("history.luh");
    content[content.size() / 3] = static_cast<char>(content[content.size() / 3] ^ 1);
    box.write("damaged.luh", content);
    const Result damaged = box.run({"audit", box.path("damaged.luh")});
    CHECK(damaged.status == 2);
    CHECK_THAT(damaged.err, Contains("is damaged at byte"));
    CHECK(box.run({"audit", box.path("history.luh"), "--budget", "0"}).status == 2);
    CHECK(box.run({"audit", box.path("history.luh"), "--json", "-", "--edn", "-"}).status == 2);
}

}  // namespace lastunit::cli_tests
