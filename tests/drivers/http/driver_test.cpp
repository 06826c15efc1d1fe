// The HTTP driver behind drivers/driver.hpp, against the stub shop.
#include "drivers/http/http_driver.hpp"

#include <catch2/catch.hpp>

#include "tests/drivers/http/caller.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers;

TEST_CASE("http driver: a shopper holds, confirms and is in the books; another one finds nothing left") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    Caller caller(driver);
    CHECK(caller.hold(1, tees(3)).settled == Settled::applied);
    const Completion bought = caller.confirm(1, 11);
    CHECK(bought.settled == Settled::applied);
    CHECK(bought.at_ns > 0);
    CHECK(caller.allocate(12, tees(2, 1)).settled == Settled::applied);
    const Completion refused = caller.hold(2, tees(1));
    CHECK(refused.settled == Settled::refused);
    CHECK(refused.outcome == core::Outcome::out_of_stock);

    const FinalState state = driver.read_back();
    REQUIRE(state.orders.size() == 2);
    CHECK(state.orders[0].order == OrderId(11));
    CHECK(state.orders[0].node == NodeId(0));
    CHECK(state.orders[0].quantity == 3);
    CHECK(state.orders[1].order == OrderId(12));
    CHECK(state.orders[1].node == NodeId(1));
    CHECK(state.stock[0].allocated == 3);
    CHECK(state.stock[1].allocated == 2);
}

TEST_CASE("http driver: the same key again gives the same answer, and buys nothing again") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    Caller caller(driver);
    core::Command command;
    command.kind = core::CommandKind::allocate;
    command.order = 5;
    command.key = {3, 3};
    CHECK(caller.ask(command, tees(1)).settled == Settled::applied);
    CHECK(caller.ask(command, tees(1)).settled == Settled::applied);
    CHECK(driver.read_back().orders.size() == 1);
}

TEST_CASE("http driver: an answer that is lost is unknown, and resolved by asking for the shopper's order") {
    const StubShop shop(Flaw::cut);
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    Caller caller(driver);
    core::Command command;
    command.kind = core::CommandKind::allocate;
    command.order = 5;
    command.key = {3, 3};
    const std::vector<core::Line> lines = tees(1);
    const Completion lost = caller.ask(command, lines);
    CHECK(lost.settled == Settled::unknown);
    CHECK(lost.cause == Cause::no_answer);
    command.lines = lines;
    const Completion resolved = driver.resolve({.tag = 1, .command = command, .timeout = seconds(30)}, seconds(60));
    CHECK(resolved.settled == Settled::applied);
    CHECK(driver.read_back().orders.size() == 1);
}

TEST_CASE("http driver: a release cancels, and the hold is over") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    Caller caller(driver);
    CHECK(caller.hold(1, tees(1)).settled == Settled::applied);
    CHECK(caller.release(1).settled == Settled::applied);
    CHECK(caller.confirm(1, 2).outcome == core::Outcome::unknown_hold);
    CHECK(driver.read_back().orders.empty());
}

TEST_CASE("http driver: what no platform does is unsupported, and so is a basket that the flow cannot buy") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    CHECK_FALSE(driver.supports(core::CommandKind::pick));
    CHECK(driver.supports(core::CommandKind::deallocate));
    Caller caller(driver);
    CHECK(caller.hold(1, {{NodeId(0), Sku(0), 1}, {NodeId(0), Sku(1), 1}}).cause == Cause::unsupported);
    core::Command pick;
    pick.kind = core::CommandKind::pick;
    CHECK(caller.ask(pick, {}).cause == Cause::unsupported);
}

TEST_CASE("http driver: nobody there and a wrong password are said in one line, without the password") {
    const StubShop shop;
    HttpDriver wrong(plan_of(shop.flow(), {{"\"user\": \"admin\"", "\"user\": \"{{env.STUB_PASSWORD}}\""},
                                           {"{{env.STUB_PASSWORD}}\"}'\n    extract", "no\"}'\n    extract"}}));
    CHECK_THROWS_WITH(wrong.prepare(two_skus()),
                      Catch::Contains("login: step `admin`") && Catch::Contains("401") && !Catch::Contains("s3cret"));
    HttpDriver unprepared(plan_of(shop.flow()));
    CHECK_THROWS_AS(unprepared.open(), DriverError);
}

TEST_CASE("http driver: books with more pages than are read are no books") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow(), {{"pages: {size: 7}", "pages: {size: 1, most: 2}"}}));
    driver.prepare(two_skus());
    Caller caller(driver);
    for (std::uint64_t order = 1; order <= 3; ++order) caller.allocate(order, {{NodeId(0), Sku(0), 1}});
    CHECK_THROWS_WITH(driver.read_back(), Catch::Contains("read_back: step `orders`: there is more behind page 2"));
}

TEST_CASE("http driver: books that are read by a path to nowhere are no books") {
    const StubShop shop;
    const std::pair<std::pair<std::string, std::string>, std::string> wrong[] = {
        {{"rows: orders", "rows: oders"}, "step `orders`: orders.rows: the document has no `oders`"},
        {{"lines: lines", "lines: line"}, "step `orders`: orders.lines: the document has no `line`"},
        {{"units: quantity}", "units: qty}"}, "orders.units: no whole number: the document has no `qty`"},
        {{"shopper: email", "shopper: mail"}, "step `orders`: orders.shopper: the document has no `mail`"},
        {{"sku: sku, units", "sku: code, units"}, "step `orders`: orders.sku: the document has no `code`"},
        {{"id: id, shopper", "id: nr, shopper"}, "step `orders`: orders.id: the document has no `nr`"},
        {{"sku: sku, units", "sku: quantity, units"},
         "step `orders`: orders.sku: 1 more than before the run, none of its SKUs: "
         "`sku` reads `1`, and TEE is `TEE`"},
        {{"on_hand: on_hand", "on_hand: hand"}, "counters.on_hand: no whole number"},
        {{"rows: levels, sku: sku", "rows: levels, sku: code"}, "step `stock`: counters: no row is of TEE"},
    };
    for (const auto& [change, said] : wrong) {
        HttpDriver driver(plan_of(shop.flow(), {change}));
        CAPTURE(said);
        // The counters are looked at before the first shopper, the orders when there are some.
        CHECK_THROWS_WITH(
            [&] {
                driver.prepare(two_skus());
                Caller(driver).allocate(1, {{NodeId(0), Sku(0), 1}});
                driver.read_back();
            }(),
            Catch::Contains(said));
    }
}

TEST_CASE("http driver: an audit is told what a shop promises") {
    const StubShop shop;
    const Contract looks = HttpDriver(plan_of(shop.flow())).contract();
    CHECK(looks.stock == Contract::Stock::pooled);
    CHECK(looks.holds == Contract::Holds::check);
    const Contract reserves =
        HttpDriver(plan_of(shop.flow(), {{"hold: check\n", "hold: check\nhold_is: reservation\n"}})).contract();
    CHECK(reserves.holds == Contract::Holds::reserve);
    // It lets go of them when it likes, unless the flow knows better.
    REQUIRE(reserves.hold_lives);
    CHECK(*reserves.hold_lives == Duration{0});
    const std::string lives = "hold: check\nhold_is: reservation\nhold_lives: 15min\n";
    CHECK(*HttpDriver(plan_of(shop.flow(), {{"hold: check\n", lives}})).contract().hold_lives == minutes(15));
    // The only step there is has sold.
    CHECK_FALSE(HttpDriver(plan_of(shop.flow(), {{"hold: check\n", "hold: pay\n"}})).contract().hold_lives);
    CHECK(HttpDriver(plan_of(shop.flow(), {{"hold: check\n", "hold: pay\n"}})).contract().holds == Contract::Holds::reserve);
}

TEST_CASE("http driver: a shop without enough after its set-up is found before the first shopper") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow(), {{R"("units": {{stock}})", R"("units": 1)"}}));
    CHECK_THROWS_WITH(driver.prepare(two_skus()), Catch::Contains("after set-up TEE has 1 units available, not 5"));
}

TEST_CASE("http driver: it is prepared once, for a second time would take shop and desk from whoever uses them") {
    const StubShop shop;
    HttpDriver driver(plan_of(shop.flow()));
    driver.prepare(two_skus());
    CHECK_THROWS_AS(driver.prepare(two_skus()), std::logic_error);
}

TEST_CASE("http driver: two SKUs of the scenario that are one at the shop are named before anything is changed") {
    const StubShop shop;
    const std::string flow = shop.flow("skus: {\"*\": {code: LAST-1}}\n");
    HttpDriver driver(plan_of(flow, {{"sku: sku, on_hand", "sku: sku, sku_is: code, on_hand"}}));
    CHECK_THROWS_WITH(driver.prepare(two_skus()),
                      Catch::Contains("the SKUs TEE and") && Catch::Contains("are one at the shop (both have code `LAST-1`)"));
}

}  // namespace
}  // namespace lastunit::test
