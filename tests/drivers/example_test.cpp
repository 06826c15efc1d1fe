// The manual's example keeps the contract as far as it says: idempotent, all or none, every hold ended once, also after a kill.
#include <catch2/catch.hpp>
#include <csignal>

#include "drivers/grpc/grpc_driver.hpp"
#include "tests/drivers/served.hpp"
#include "tests/drivers/shop.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

TEST_CASE("example: a shop over SQLite stands behind the contract, and keeps what it answered over a kill") {
    const TempFolder folder;
    const std::vector<std::string> words{folder.path("shop.sqlite"), "127.0.0.1:0", "2", "3"};
    InitialStock stock;
    stock.shape = {{"node-0", "node-1"}, {"sku-0", "sku-1", "sku-2"}, {"web"}};
    stock.units.assign(6, 2);
    core::Line line{NodeId(0), Sku(1), 2};
    core::Command hold;
    hold.kind = core::CommandKind::hold;
    hold.key = {1, 1};
    hold.id = 5;
    hold.ttl = hours(1);
    hold.lines = {&line, 1};
    std::uint64_t sequence = 0;
    {
        Served shop(LASTUNIT_EXAMPLE_BINARY, words);
        GrpcDriver driver({.target = shop.address(), .token = "", .roots = ""});
        driver.prepare(stock);
        const Completion first = driver.resolve({.tag = 1, .command = hold}, seconds(10));
        REQUIRE(first.settled == Settled::applied);
        sequence = first.sequence;
        core::Command second = hold;
        second.key = {1, 2};
        second.id = 6;
        CHECK(driver.resolve({.tag = 2, .command = second}, seconds(10)).outcome == core::Outcome::out_of_stock);
        second.key = {1, 1};
        CHECK(driver.resolve({.tag = 3, .command = second}, seconds(10)).outcome == core::Outcome::key_reused);
        shop.send(SIGKILL);
        shop.wait();
    }
    Served shop(LASTUNIT_EXAMPLE_BINARY, words);
    GrpcDriver driver({.target = shop.address(), .token = "", .roots = ""});
    CHECK(driver.resolve({.tag = 1, .command = hold}, seconds(10)).sequence == sequence);
    core::Command confirm;
    confirm.kind = core::CommandKind::confirm;
    confirm.key = {1, 3};
    confirm.id = 5;
    confirm.order = 77;
    CHECK(driver.resolve({.tag = 4, .command = confirm}, seconds(10)).settled == Settled::applied);
    core::Command release = confirm;
    release.kind = core::CommandKind::release;
    release.key = {1, 4};
    CHECK(driver.resolve({.tag = 5, .command = release}, seconds(10)).outcome == core::Outcome::hold_ended);
    const FinalState state = driver.read_back();
    REQUIRE(state.orders.size() == 1);
    CHECK(state.orders[0].order == OrderId(77));
    std::int64_t held = 0, allocated = 0;
    for (const FinalState::Stock& cell : state.stock) {
        held += cell.held;
        allocated += cell.allocated;
    }
    CHECK(held == 0);
    CHECK(allocated == 2);
}
