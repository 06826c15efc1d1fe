// Generators that share one load of a shop: their shoppers are others, and the books are judged by all of them together.
#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <optional>

#include "drivers/http/http_driver.hpp"
#include "tests/drivers/http/buying.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers;
using Catch::Contains;
using Plan = std::shared_ptr<const http::Plan>;

// Set-up that only looks, of a shop whose stock somebody else brings: what it would find is in `skus`.
Plan looking(const StubShop& shop) {
    return plan_of(shop.flow("skus: {\"*\": {item: \"item-{{sku}}\"}}\n"),
                   {{"    post: /admin/stock/{{sku}}\n    json: '{\"units\": {{stock}}}'\n    extract: {item: item.id}\n",
                     "    get: /admin/stock/{{sku}}\n    extract: {seen: \"levels[0].on_hand\"}\n"}});
}

struct Shared {
    std::vector<std::string> parts;
    std::size_t applied = 0;
    model::LoadReport steps;  // of the first part
};

// Both parts buy at once, after one preparation.
Shared shared(const Plan& plan, std::uint64_t each, Quantity units) {
    std::string prepared;
    {
        HttpDriver preparing(plan);
        preparing.prepare(two_skus(units));
        prepared = preparing.prepared();
    }
    HttpDriver first(plan, {.part = 0, .of = 2}), second(plan, {.part = 1, .of = 2});
    first.attach(two_skus(units), prepared);
    second.attach(two_skus(units), prepared);
    Shared out;
    for (HttpDriver* driver : {&first, &second})
        for (const Completion& one : buy_at_once(*driver, each, driver == &first ? 1 : 1001))
            out.applied += one.settled == Settled::applied ? 1 : 0;
    out.parts = {second.part(), first.part()};  // in whatever order
    first.fill(out.steps);
    return out;
}

struct Judged {
    FinalState state;
    model::LoadReport report;
};

Judged judged(const Plan& plan, const Shared& shared, Quantity units) {
    HttpDriver judge(plan);
    judge.join(two_skus(units), shared.parts);
    Judged out;
    out.state = judge.read_back();
    judge.fill(out.report);
    return out;
}

TEST_CASE("shop shares: the books are judged by the shoppers of all parts, whose orders are each one's own") {
    const StubShop shop(Flaw::unhurried);
    const Plan plan = plan_of(shop.flow());
    const Shared load = shared(plan, 30, 10);
    CHECK(load.applied == 40);
    CHECK(load.steps.flow_steps(0).shoppers() == 30);
    CHECK_FALSE(load.steps.has_shop_books());
    const Judged all = judged(plan, load, 10);
    CHECK(all.report.flow_steps().empty());  // each part has its own
    const model::ShopBooks& books = all.report.shop_books();
    CHECK(books.kinds().empty());
    CHECK(books.shoppers_judged() == 60);
    CHECK(books.stock() == 40);
    CHECK(books.told() == 40);
    CHECK(books.orders() == 40);
    CHECK(books.counter_moved_by() == 40);
    REQUIRE(all.state.orders.size() == 40);
    CHECK(all.state.orders.front().order.value < 1000);
    CHECK(all.state.orders.back().order.value > 1000);

    // One part alone would be accused of nothing and clear the shop of half: the other half is missing.
    HttpDriver half(plan);
    CHECK_THROWS_WITH(half.join(two_skus(10), std::array{load.parts[0]}), Contains("part 2 of 2 is not one of 1"));
}

TEST_CASE("shop shares: what a flawed shop sold is found whoever sent the shoppers, and two tell of it") {
    const StubShop shop(Flaw::oversell);
    const Plan plan = plan_of(shop.flow());
    const Shared load = shared(plan, 40, 3);
    const Judged all = judged(plan, load, 3);
    std::map<std::string, std::int64_t> kinds;
    for (const auto& kind : all.report.shop_books().kinds()) kinds[kind.kind()] = kind.units();
    CHECK(kinds["oversold"] == static_cast<std::int64_t>(load.applied) - 12);
    REQUIRE(all.report.shop_books().findings_size() > 0);
    CHECK(all.report.shop_books().findings(0).side_by_side_size() == 2);
    REQUIRE(all.report.shop_books().shoppers_size() >= 2);
    CHECK(all.report.shop_books().shoppers(0).requests_size() >= 1);
}

TEST_CASE("shop shares: parts of two preparations are not one load, nor those of another flow or scenario") {
    const StubShop shop;
    const Plan plan = plan_of(shop.flow());
    Shared a = shared(plan, 4, 10);
    const Shared b = shared(plan, 4, 10);
    a.parts[0] = b.parts[0];
    HttpDriver judge(plan), other(plan_of(shop.flow("name: another\n"))), larger(plan), junk(plan);
    CHECK_THROWS_WITH(judge.join(two_skus(10), a.parts), Contains("not of one preparation") && Contains("--prepared FILE"));
    CHECK_THROWS_WITH(other.join(two_skus(10), b.parts), Contains("prepared for the flow `stub`, not for `another`"));
    InitialStock more = two_skus(10);
    more.shape.skus.push_back("MUG");
    more.units.resize(6);
    CHECK_THROWS_WITH(larger.join(more, b.parts), Contains("another scenario"));
    CHECK_THROWS_WITH(junk.join(two_skus(10), std::array{std::string("junk")}), Contains("cannot be understood"));
}

TEST_CASE("shop shares: shoppers who are one in the books of two parts are refused") {
    const StubShop shop;
    // 1 and 2 are of different parts, and one here.
    const std::string pair = "pair-{{shopper | plus: 1 | divided_by: 2}}@example.com";
    const Plan plan = plan_of(shop.flow(), {{"{{unique.email}}\", \"sku\"", pair + "\", \"sku\""},
                                            {"settle: 0", "settle: 0\nidentity: \"" + pair + "\""}});
    const Shared load = shared(plan, 5, 10);
    HttpDriver judge(plan);
    CHECK_THROWS_WITH(judge.join(two_skus(10), load.parts),
                      Contains("identity: shoppers 1 and 2 are both `pair-1@example.com` in the books"));
}

TEST_CASE("shop prepared by hand: counters that are the scenario's are enough, others are refused with the first difference") {
    const StubShop shop;
    const Plan plan = looking(shop);
    {
        HttpDriver preparing(plan_of(shop.flow()));
        preparing.prepare(two_skus(10));
    }
    HttpDriver driver(plan);
    driver.attach(two_skus(10), "");
    CHECK(driver.reading_s() > 0);
    buy_at_once(driver, 6);
    CHECK(driver.read_back().orders.size() == 6);
    model::LoadReport report;
    driver.fill(report);
    CHECK(report.shop_books().kinds().empty());
    CHECK(report.shop_books().told() == 6);

    HttpDriver late(plan);
    CHECK_THROWS_WITH(late.attach(two_skus(10), ""),
                      Contains("does not begin as the scenario does: TEE has 17 units to be sold, not 20; `lastunit prepare`"));
    CHECK_THROWS_AS(late.attach(two_skus(10), ""), std::logic_error);
}

TEST_CASE("shop prepared by hand: refused where nobody can know what set-up finds, or see what there is") {
    const StubShop shop;
    HttpDriver finds(plan_of(shop.flow()));
    CHECK_THROWS_WITH(finds.attach(two_skus(10), ""), Contains("set_up: step `stock` changes the shop, and finds `item`"));
    const std::string counters = "    counters: {rows: levels, sku: sku, on_hand: on_hand, available: available}\n";
    HttpDriver blind(plan_of(shop.flow("skus: {\"*\": {item: \"item-{{sku}}\"}}\n"),
                             {{"    extract: {item: item.id}\n", ""}, {counters, ""}}));
    CHECK_THROWS_WITH(blind.attach(two_skus(10), ""), Contains("reads no counters") && Contains("--prepared"));
    HttpDriver nonsense(plan_of(shop.flow()));
    CHECK_THROWS_WITH(nonsense.attach(two_skus(10), "no such bytes"), Contains("not what `lastunit prepare` has left"));
}

TEST_CASE("shop prepared by hand: a GraphQL query may be sent, a mutation may not") {
    const auto effect = [](const std::string& query) {
        const std::string step = "  ask:\n    post: /graphql\n    graphql: {query: \"" + query + "\"}\n";
        const StubShop shop;
        return plan_of(shop.flow(), {{"set_up:\n", "set_up:\n" + step}})->set_up.front().effect;
    };
    using Effect = http::StepPlan::Effect;
    CHECK(effect("query ($id: ID) { product(id: $id) { id } }") == Effect::reads);
    CHECK(effect("  { products { id } }") == Effect::reads);
    CHECK(effect("mutation { setStock(units: 1) { id } }") == Effect::changes);
    CHECK(effect("fragment f on Product { id } mutation { setStock { ...f } }") == Effect::changes);
}

}  // namespace
}  // namespace lastunit::test
