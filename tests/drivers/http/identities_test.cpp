// Two shoppers who are one in the books: no verdict, and a line that says who and why.
#include <catch2/catch.hpp>

#include "drivers/http/http_driver.hpp"
#include "drivers/http/identities.hpp"
#include "drivers/http/judge.hpp"
#include "drivers/http/load/customers.hpp"
#include "tests/drivers/http/buying.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers;
using Catch::Contains;

// Distinct in the cart, cut to what all of them have in the books.
const std::string kOneForAll = "identity: \"{{unique.email | slice: 0, 3}}\"\n";

TEST_CASE("identities: the first two who are one are named, a shopper who comes again is not") {
    const StubShop shop;
    const auto plan = plan_of(shop.flow());
    http::Identities identities(*plan);
    identities.claim("a@example.com", 1);
    identities.claim("b@example.com", 2);
    identities.claim("a@example.com", 1);
    CHECK(identities.problem().empty());
    CHECK(identities.shopper("b@example.com") == 2);
    CHECK(identities.shopper("c@example.com") == 0);
    identities.claim("b@example.com", 9);
    identities.claim("a@example.com", 10);
    CHECK_THAT(identities.problem(), Contains("shoppers 2 and 9 are both `b@example.com` in the books: {{unique.email}}"));
}

TEST_CASE("identities: who is nobody in the books is named, where books tell shoppers apart") {
    const StubShop shop;
    const auto plan = plan_of(shop.flow());
    http::Identities identities(*plan);
    identities.claim("", 3);
    identities.claim("", 4);
    CHECK_THAT(identities.problem(), Contains("shopper 3 is nobody in the books: {{unique.email}} has no value"));
}

TEST_CASE("shop load: who bought and is nobody in the books is refused, whoever sells right") {
    const StubShop shop;
    const auto plan = plan_of(
        shop.flow(), {{"    extract: {cart: cart.id}", "    extract: {cart: cart.id, me: {json: cart.nobody, optional: true}}"},
                      {"settle: 0", "settle: 0\nidentity: \"{{me}}\""}});
    HttpDriver driver(plan);
    driver.prepare(two_skus(50));
    buy_at_once(driver, 2);
    CHECK_THROWS_WITH(driver.read_back(), Contains("identity: shopper ") && Contains("{{me}} has no value"));
}

TEST_CASE("shop load: an order without a shopper is nobody's who was stopped before he was found") {
    http::SkuBooks books;
    books.has_orders = true;
    books.orders = {{"guest", "", Sku(0), 1}};
    http::Customer stopped;
    stopped.number = 1;
    stopped.lines = {{NodeId(0), Sku(0), 1}};
    stopped.said.told = http::Answer::out_of_stock;
    stopped.said.last_step = "cart";
    stopped.answered_us = 5;
    const http::Customers customers{stopped};
    const auto nothing_kept = [](std::uint64_t) -> const std::vector<http::WireEvent>* { return nullptr; };
    const std::vector<http::SkuBooks> all{books};
    const auto cases = http::cases(customers, nothing_kept, all, {5});
    REQUIRE(cases.size() == 1);
    REQUIRE(cases[0].buyers.size() == 1);
    CHECK(http::judge(cases[0]).findings.empty());
    CHECK(cases[0].buyers[0].heard == http::Buyer::Heard::something);
}

TEST_CASE("shop load: shoppers who are one in the books are refused, whoever sells right") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow(kOneForAll)));
    driver.prepare(two_skus(50));
    buy_at_once(driver, 20);
    CHECK_THROWS_WITH(driver.read_back(), Contains("identity: shoppers ") && Contains("are both `lu-` in the books"));
    CHECK_THAT(driver.problem(), Contains("slice: 0, 3"));
}

TEST_CASE("shop load: who had an order before the run began is refused") {
    const StubShop shop;
    const auto plan = plan_of(shop.flow(), {{"{{unique.email}}\", \"sku\"", "again-{{shopper}}@example.com\", \"sku\""},
                                            {"settle: 0", "settle: 0\nidentity: \"again-{{shopper}}@example.com\""}});
    HttpDriver first(plan), second(plan);
    first.prepare(two_skus(5));
    buy_at_once(first, 4);
    CHECK(first.read_back().orders.size() == 4);
    second.prepare(two_skus(5));
    buy_at_once(second, 4);
    CHECK_THROWS_WITH(second.read_back(), Contains("had an order in the books before the run began") &&
                                              Contains("again-{{shopper}}@example.com has to be another one in every run"));
}

TEST_CASE("shop load: an identity that a step finds is that of the shopper who bought at once, and of the books") {
    const StubShop shop;
    const auto plan = plan_of(shop.flow(), {{"    extract: {cart: cart.id}", "    extract: {cart: cart.id, me: cart.email}"},
                                            {"settle: 0", "settle: 0\nidentity: \"{{me}}\""}});
    HttpDriver driver(plan);
    driver.prepare(two_skus(50));
    buy_at_once(driver, 12);
    CHECK(driver.read_back().orders.size() == 12);
    CHECK(driver.problem().empty());
}

}  // namespace
}  // namespace lastunit::test
