// `lastunit load` against one shop by several generators: their parts, and what the books say of all.
#include <catch2/catch.hpp>
#include <ctime>
#include <filesystem>

#include "tests/cli/shop_played.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

TEST_CASE("load: generators share a shop, its steps add up and its books are judged once for all") {
    const Played one = played("unhurried", {"--generators", "2"});
    INFO(one.result.err);
    CHECK(one.load().shards() == 2);
    CHECK(one.load().audit().verdict() == "sound");
    CHECK(one.result.status == (one.load().invalid_size() == 0 ? 0 : 4));
    CHECK(books_check(one.load()).verdict() == "sound");
    const model::ShopBooks& books = one.load().shop_books();
    CHECK(books.kinds().empty());
    CHECK(books.stock() == 64);
    CHECK(books.told() == 64);
    CHECK(books.orders() == 64);
    CHECK(books.counter_moved_by() == 64);
    REQUIRE(one.load().flow_steps_size() >= 3);
    CHECK(one.load().flow_steps(0).step() == "cart");
    CHECK(one.load().flow_steps(0).shoppers() > 60);
    CHECK(one.load().flow_steps(2).passed() >= 64);  // some were cancelled
    CHECK_THAT(one.result.out, Contains("Step by step") && Contains("The shop's books") && Contains("no finding"));
}

TEST_CASE("load: a lost update is found by several generators too, and some of their shoppers tell of it") {
    const Played one = played("lost_update", {"--generators", "3"});
    CHECK(one.result.status == 1);
    CHECK(books_check(one.load()).verdict() == "refuted");
    const auto* lost = kind(one.load(), "lost_update");
    REQUIRE(lost != nullptr);
    CHECK(lost->units() > 0);
    REQUIRE(one.load().shop_books().shoppers_size() > 0);
    CHECK(one.load().shop_books().shoppers(0).requests_size() > 0);
}

TEST_CASE("load: shoppers of two generators who are one in the books are refused when the parts are joined") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "unhurried");
    // Of two generators one has the odd numbers: within each no two are alike.
    const std::string pair = "pair-{{shopper | plus: 1 | divided_by: 2}}@example.com", sent = "{{unique.email}}\", \"sku\"";
    std::string flow = sandbox.read("stub.yaml");
    flow.replace(flow.find(sent), sent.size(), pair + "\", \"sku\"");
    sandbox.write("pair.yaml", flow + "identity: \"" + pair + "\"\n");
    const Result result = sandbox.run({"load", kDrop, "--target", "http:" + sandbox.path("pair.yaml"), "--speed", "240x",
                                       "--generators", "2", "--json", sandbox.path("run.json")});
    CHECK(result.status == 2);
    CHECK_THAT(result.err, Contains("--merge: identity: shoppers ") && Contains("@example.com` in the books: " + pair));
    CHECK_FALSE(sandbox.has("run.json"));
}

TEST_CASE("load: parts of a shop that are played apart are prepared once, and joined afterwards") {
    const Sandbox sandbox(300);
    const Stub stub(sandbox, "unhurried");
    const std::string target = "http:" + stub.flow, kept = sandbox.path("shop.prepared");
    const Result prepared = sandbox.run({"prepare", kDrop, "--target", target, "--prepared", kept});
    CHECK(prepared.status == 0);
    CHECK_THAT(prepared.out, Contains("64 units") && Contains("wrote " + kept));
    using std::filesystem::perms;
    CHECK((std::filesystem::status(kept).permissions() & (perms::group_all | perms::others_all)) == perms::none);
    // Both have to be ready by then, also where everything takes long.
    const std::string start = std::to_string(std::time(nullptr) + 45);
    std::vector<pid_t> parts;
    for (const std::string part : {"1", "2"})
        parts.push_back(
            sandbox.start(LASTUNIT_BINARY, {"load", kDrop, "--target", target, "--speed", "240x", "--prepared", kept, "--shard",
                                            part + "/2", "--start-at", start, "--out", sandbox.path(part), "--quiet"}));
    for (const pid_t part : parts) {
        const Result result = sandbox.finish(part);
        INFO(result.err);
        CHECK((result.status == 0 || result.status == 4));
    }
    const std::vector<std::string> again{"load", kDrop, "--target", target, "--speed", "240x"};
    std::vector<std::string> merge = again, twice = again;
    for (const std::string word : {"--merge", "2", "--merge", "1"})
        merge.push_back(word == "--merge" ? word : sandbox.path(word));
    merge.insert(merge.end(), {"--json", sandbox.path("run.json")});
    const Result whole = sandbox.run(merge);
    INFO(whole.err);
    const auto parsed = reports::parse_json(sandbox.read("run.json"));
    REQUIRE(parsed.record);
    CHECK(parsed.record->load().shop_books().told() == 64);
    CHECK(parsed.record->load().shop_books().kinds().empty());
    CHECK(parsed.record->load().audit().verdict() == "sound");
    CHECK(parsed.record->load().flow_steps(2).passed() >= 64);  // some were cancelled

    // A second load of what was prepared once would begin with a shop that is sold out.
    twice.insert(twice.end(), {"--prepared", kept});
    const Result second = sandbox.run(twice);
    CHECK(second.status == 2);
    CHECK_THAT(second.err, Contains("--prepared: stub: the shop does not begin as the scenario does: "));
}

TEST_CASE("load: what a shop cannot be loaded with is said before anything is done to it") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "none");
    const auto said = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words{"load", kDrop, "--target", "http:" + stub.flow};
        words.insert(words.end(), more.begin(), more.end());
        const Result result = sandbox.run(words);
        CHECK(result.status == 2);
        return result.err;
    };
    CHECK_THAT(said({"--no-prepare"}), Contains("--no-prepare: stub: set_up: step `stock` changes the shop, and finds `item`"));
    CHECK_THAT(said({"--prepared", sandbox.path("nothing")}), Contains("--prepared: cannot read " + sandbox.path("nothing")));
    CHECK_THAT(said({"--predict"}), Contains("--predict: a shop over HTTP is prepared once in a run"));
    CHECK_THAT(said({"--shard", "2/2", "--start-at", "+5s", "--out", sandbox.path("out")}),
               Contains("--shard: the first part prepares the shop"));
    CHECK_THAT(
        said({"--shard", "1/2", "--start-at", "+5s", "--out", sandbox.path("out"), "--cpu-of", std::to_string(stub.process())}),
        Contains("--cpu-of: not together with --shard"));
    CHECK_THAT(said({"--merge", sandbox.path("out"), "--prepared", "x"}), Contains("--prepared: not together with --merge"));
    const Result other = sandbox.run({"prepare", kDrop, "--target", "grpc://127.0.0.1:1", "--prepared", "x"});
    CHECK(other.status == 2);
    CHECK_THAT(other.err, Contains("--prepared: what set-up finds of a shop over HTTP"));
}

}  // namespace
}  // namespace lastunit::cli_tests
