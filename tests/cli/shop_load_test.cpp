// `lastunit load` against a shop over HTTP, correct and flawed: its verdict sees what a race sees.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "cli/load/shop_verdict.hpp"
#include "reports/json.hpp"
#include "tests/cli/process.hpp"
#include "tests/cli/stub.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

const std::string kDrop = LASTUNIT_SOURCE_DIR "/tests/cli/drop.yaml";

struct Played {
    Result result;
    model::RunRecord record;
    const model::LoadReport& load() const { return record.load(); }
};

Played played(const char* flaw, std::vector<std::string> more = {}) {
    const Sandbox sandbox;
    const Stub stub(sandbox, flaw);
    std::vector<std::string> words{"load",    kDrop,  "--target", "http:" + stub.flow,
                                   "--speed", "240x", "--json",   sandbox.path("run.json")};
    words.insert(words.end(), more.begin(), more.end());
    Played out;
    out.result = sandbox.run(words);
    INFO(out.result.err);
    const auto parsed = reports::parse_json(sandbox.read("run.json"));
    INFO(parsed.error);
    REQUIRE(parsed.record);
    out.record = *parsed.record;
    return out;
}

const model::LoadAuditCheck& books_check(const model::LoadReport& load) {
    for (const auto& check : load.audit().checks())
        if (check.name() == "books") return check;
    FAIL("the audit has no check of the books");
    return load.audit().checks(0);
}

const model::ShopFindingKind* kind(const model::LoadReport& load, const std::string& name) {
    for (const auto& one : load.shop_books().kinds())
        if (one.kind() == name) return &one;
    return nullptr;
}

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

TEST_CASE("load: a shop over HTTP is for one run alone, and that is said before anything is done") {
    const Sandbox sandbox;
    const std::vector<std::vector<std::string>> kWays{{"--generators", "2"}, {"--no-prepare"}};
    for (const std::vector<std::string>& way : kWays) {
        std::vector<std::string> words{"load", kDrop, "--target", "http:no-such.yaml"};
        words.insert(words.end(), way.begin(), way.end());
        const Result result = sandbox.run(words);
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Contains(way[0] + ": a shop over HTTP is prepared, loaded and read back by one run alone"));
    }
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
