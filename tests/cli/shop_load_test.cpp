// `lastunit load` against a shop over HTTP, correct and flawed: its verdict sees what a race sees.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "cli/load/shop_verdict.hpp"
#include "tests/cli/shop_played.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

// A sound audit beside books without a finding, in which `change` leaves something out.
model::LoadReport joined(const std::function<void(model::ShopBooks&)>& change) {
    model::LoadReport report;
    report.mutable_audit()->set_verdict("sound");
    report.mutable_audit()->set_headline("SOUND: 12 operations");
    model::ShopBooks& books = *report.mutable_shop_books();
    books.set_shoppers_judged(3);
    books.set_told(2), books.set_orders(2), books.set_counter_moved_by(2);
    books.add_read("orders");
    books.add_read("counters");
    change(books);
    cli::join_books(report);
    return report;
}

TEST_CASE("load: books that nobody came to, that read nothing or leave units open do not call a run sound") {
    const model::LoadReport sound = joined([](model::ShopBooks&) {});
    CHECK(sound.audit().verdict() == "sound");
    CHECK(sound.audit().headline() == "SOUND: 12 operations");
    CHECK(books_check(sound).text() == "told, orders and counters agree for 3 shoppers who came to the promise");
    const model::LoadReport differs = joined([](model::ShopBooks& books) { books.set_counter_moved_by(6); });
    CHECK_THAT(books_check(differs).text(), Contains("were read") && Contains("they differ, which proves nothing"));
    const std::pair<std::function<void(model::ShopBooks&)>, const char*> open[] = {
        {[](model::ShopBooks& books) { books.set_shoppers_judged(0); }, "nobody came to the promise"},
        {[](model::ShopBooks& books) { books.clear_read(); }, "reads neither orders nor reservations nor counters"},
        {[](model::ShopBooks& books) { books.set_unknown(2); }, "2 units may have been sold or not"}};
    for (const auto& [change, why] : open) {
        const model::LoadReport report = joined(change);
        CHECK(books_check(report).verdict() == "undecided");
        CHECK_THAT(books_check(report).text(), Contains(why));
        CHECK(report.audit().verdict() == "undecided");
        CHECK_THAT(report.audit().headline(), Contains("UNDECIDED: ") && Contains("; 12 operations"));
    }
}

TEST_CASE("load: a correct shop is SOUND, with its steps and books, at two nodes of which it knows nothing") {
    const Played one = played("unhurried");
    CHECK(one.load().audit().verdict() == "sound");
    CHECK(one.result.status == (one.load().invalid_size() == 0 ? 0 : 4));
    CHECK(books_check(one.load()).verdict() == "sound");
    CHECK(one.load().shop_books().kinds().empty());
    CHECK(one.load().shop_books().stock() == 64);
    CHECK(one.load().shop_books().told() == one.load().shop_books().orders());
    REQUIRE(one.load().flow_steps_size() >= 3);
    CHECK(one.load().flow_steps(0).step() == "cart");
    CHECK(one.load().flow_steps(0).shoppers() > 60);
    CHECK_FALSE(one.load().has_shop_cpu());  // a shop that `target up` did not start
    CHECK_THAT(one.result.out, Contains("Step by step") && Contains("The shop's books") && Contains("no finding"));
}

TEST_CASE("load: a lost update of the shop's counter, which no answer shows, refutes the run") {
    const Played one = played("lost_update");
    CHECK(one.result.status == 1);
    CHECK(one.load().audit().verdict() == "refuted");
    CHECK(books_check(one.load()).verdict() == "refuted");
    CHECK_THAT(one.load().audit().headline(), Contains("REFUTED: the shop's own books show lost_update of"));
    const auto* lost = kind(one.load(), "lost_update");
    REQUIRE(lost != nullptr);
    CHECK(lost->audit_check().empty());
    CHECK(lost->units() > 0);
    CHECK_THAT(one.result.out, Contains("FINDING lost_update"));
}

TEST_CASE("load: what the audit proves already is told with its name there, and once") {
    const Played oversold = played("oversell");
    CHECK(oversold.result.status == 1);
    const auto* kind_of = kind(oversold.load(), "oversold");
    REQUIRE(kind_of != nullptr);
    CHECK(kind_of->audit_check() == "sold_twice");
    CHECK(books_check(oversold.load()).verdict() == "sound");
    CHECK_THAT(books_check(oversold.load()).text(), Contains("oversold is sold_twice"));

    const Played phantom = played("phantom_order");
    CHECK(phantom.result.status == 1);
    REQUIRE(kind(phantom.load(), "phantom_order") != nullptr);
    CHECK(kind(phantom.load(), "phantom_order")->audit_check() == "orders");
}

TEST_CASE("load: orders for which nothing was taken are found by the books alone") {
    const Played one = played("no_allocation");
    CHECK(one.result.status == 1);
    const auto* found = kind(one.load(), "unallocated_order");
    REQUIRE(found != nullptr);
    CHECK(found->audit_check().empty());
}

TEST_CASE(
    "load: shoppers who are one in the shop's books end the run with a line that names two of them, and nothing is written") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "unhurried");
    sandbox.write("one.yaml", sandbox.read("stub.yaml") + "identity: \"{{unique.email | slice: 0, 3}}\"\n");
    const Result result = sandbox.run(
        {"load", kDrop, "--target", "http:" + sandbox.path("one.yaml"), "--speed", "240x", "--json", sandbox.path("run.json")});
    CHECK(result.status == 2);
    CHECK_THAT(result.err, Contains("lastunit load: --target: one: identity: shoppers ") &&
                               Contains(" are both `lu-` in the books: {{unique.email | slice: 0, 3}} has to be each one's own"));
    CHECK_FALSE(sandbox.has("run.json"));
}

TEST_CASE("load: --cpu-of counts the processes that it names, and refuses what would be no shop's time") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "unhurried");
    const std::string shop = std::to_string(stub.process());
    const std::vector<std::string> words{"load", kDrop, "--target", "http:" + stub.flow, "--speed", "240x"};
    const auto with = [&](const std::vector<std::string>& more) {
        std::vector<std::string> all = words;
        all.insert(all.end(), more.begin(), more.end());
        return sandbox.run(all);
    };
    // Also of several generators: what the shop used while any of them was there.
    const Result result = with({"--cpu-of", shop, "--generators", "2", "--json", sandbox.path("run.json")});
    const auto parsed = reports::parse_json(sandbox.read("run.json"));
    REQUIRE(parsed.record);
    const model::ShopCpu& cpu = parsed.record->load().shop_cpu();
    CHECK(cpu.target() == "lastunit_stub_s (" + shop + ")");  // the kernel keeps 15 characters
    CHECK(cpu.checkouts() >= 64);                             // some were cancelled
    CHECK(cpu.database_us() + cpu.redis_us() == 0);
    CHECK(cpu.shop_us() >= 0);
    CHECK_THAT(result.out, cpu.shop_us() == 0 ? Contains("lastunit") : Contains("CPU of lastunit_stub_s (" + shop + ")"));

    CHECK_THAT(with({"--cpu-of", "shop"}).err, Contains("--cpu-of: 'shop' is not the number of a process"));
    CHECK_THAT(with({"--cpu-of", shop + ",," + shop}).err, Contains("--cpu-of: '' is not the number of a process"));
    CHECK_THAT(with({"--cpu-of", shop + "," + shop}).err, Contains("is there twice"));
    CHECK_THAT(with({"--cpu-of", "4194304"}).err, Contains("there is no process 4194304"));
    CHECK_THAT(with({"--cpu-of", std::to_string(::getpid())}).err, Contains("is what lastunit itself runs under"));
    const Result elsewhere = sandbox.run({"load", kDrop, "--target", "inproc", "--cpu-of", shop});
    CHECK(elsewhere.status == 2);
    CHECK_THAT(elsewhere.err, Contains("--cpu-of: the processor time per checkout of a shop over HTTP"));
}

TEST_CASE("load: a target that is no flow has no steps and no books") {
    const Sandbox sandbox;
    const Result result =
        sandbox.run({"load", kDrop, "--target", "inproc", "--speed", "2400x", "--json", sandbox.path("run.json")});
    INFO(result.err);
    const auto parsed = reports::parse_json(sandbox.read("run.json"));
    REQUIRE(parsed.record);
    CHECK(parsed.record->load().flow_steps().empty());
    CHECK_FALSE(parsed.record->load().has_shop_books());
    CHECK_THAT(result.out, !Contains("Step by step") && !Contains("shop's books"));
}

}  // namespace
}  // namespace lastunit::cli_tests
