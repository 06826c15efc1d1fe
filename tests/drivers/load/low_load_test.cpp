// Service times at low load, and that measuring leaves the stock as it was.
#include <catch2/catch.hpp>

#include "drivers/load/low_load.hpp"
#include "tests/drivers/load/fake_driver.hpp"
#include "tests/drivers/shop.hpp"

namespace lastunit::drivers::tests {
namespace {

LowLoadOptions few() {
    LowLoadOptions options;
    options.client = 1;
    options.samples = 30;
    options.warm_up = 3;
    options.at_saturation = 300;
    return options;
}

TEST_CASE("low load: every operation that leaves the stock as it was is measured, alone and with many under way") {
    LedgerDriver driver;
    driver.prepare(small_shop());
    const LowLoad measured = measure_low_load(driver, small_shop(), few());
    CHECK(measured.failed == 0);
    CHECK(measured.first_failure.empty());
    std::vector<std::string> kinds;
    for (const model::CalibratedOperation& of : measured.operations) {
        kinds.push_back(of.kind());
        CHECK(of.samples() >= 30);
        CHECK(of.mean_ms() > 0);
        CHECK(of.p50_ms() <= of.p99_ms());
        CHECK(of.busy_ms() > 0);
    }
    CHECK(kinds == std::vector<std::string>{"receive", "hold", "extend", "release", "confirm", "allocate", "deallocate", "sell"});
}

TEST_CASE("low load: the stock is afterwards what it was before, also of a shop with a unit of each") {
    const Quantity units = GENERATE(1, 1000);
    LedgerDriver driver;
    driver.prepare(small_shop(units));
    const FinalState before = driver.read_back();
    CHECK(measure_low_load(driver, small_shop(units), few()).failed == 0);
    const FinalState after = driver.read_back();
    CHECK(after.orders.empty());
    REQUIRE(after.stock.size() == before.stock.size());
    for (std::size_t i = 0; i < after.stock.size(); ++i) {
        CHECK(after.stock[i].on_hand == before.stock[i].on_hand);
        CHECK(after.stock[i].held == 0);
        CHECK(after.stock[i].allocated == 0);
        CHECK(after.stock[i].shortage == 0);
    }
}

TEST_CASE("low load: a back end that answers late is measured as late as it is") {
    FakeDriver driver;
    driver.prepare(small_shop());
    driver.react = [&](std::uint64_t, const Operation&) {
        driver.stalled_from_ns = steady_now_ns() - 1'000'000;
        driver.stalled_until_ns = steady_now_ns() + 2'000'000;
        return FakeDriver::Reaction{};
    };
    LowLoadOptions options = few();
    options.samples = 5;
    options.warm_up = 0;
    options.at_saturation = 0;
    for (const model::CalibratedOperation& of : measure_low_load(driver, small_shop(), options).operations) {
        CHECK(of.p50_ms() >= 1.9);
        CHECK(of.busy_ms() == 0);
    }
}

TEST_CASE("low load: what fails is counted and named, not measured") {
    FakeDriver driver;
    driver.prepare(small_shop());
    driver.react = [](std::uint64_t, const Operation& operation) {
        return FakeDriver::Reaction{operation.command.kind == core::CommandKind::sell ? FakeDriver::Reaction::Kind::refuse_unseen
                                                                                      : FakeDriver::Reaction::Kind::apply};
    };
    const LowLoad measured = measure_low_load(driver, small_shop(), few());
    CHECK(measured.failed > 0);
    CHECK(measured.first_failure == "sell: overloaded");
    for (const model::CalibratedOperation& of : measured.operations) CHECK(of.kind() != "sell");
}

TEST_CASE("low load: a shop without stock cannot be measured") {
    LedgerDriver driver;
    driver.prepare(small_shop(0));
    CHECK_THROWS_AS(measure_low_load(driver, small_shop(0), few()), DriverError);
}

}  // namespace
}  // namespace lastunit::drivers::tests
