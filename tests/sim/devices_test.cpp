// The same cart on two devices: the shopper is not blocked by themselves, and does not get the unit twice.
#include "tests/sim/checkouts.hpp"

namespace lastunit::sim_tests {

using model::OversoldCause;
using model::UndersoldCause;

namespace {

// One shopper, one unit; the cart holds it, and is opened in the app as well.
model::RunRecord on_two_devices(const std::string& other_device, const std::string& pays_twice,
                                const std::string& expired = "refuse") {
    const std::string both = "reservation: reserve_on_cart, decides_on: core, hold_ttl: 1h, other_device: " + other_device +
                             ", expired_hold: " + expired;
    return run_watched(
        small_shop("run: {horizon: 10h}\nchannels: {app: {kind: app}}\n"
                   "personas: {anyone: {entry: {web: 100%}, switches: {web: {web: 99.9999%, app: 0.0001%}}, cart_time: 5min, "
                   "checkout_time: 5min, second_device: 100%, pays_twice: " +
                   pays_twice +
                   "}}\ndemand: {streams: !replace {all: {exactly: 1, until: 1min, channel: web}}}\ndesign: {channels: {web: {" +
                   both + "}, app: {" + both + "}}}\n"));
}

}  // namespace

TEST_CASE("two devices: a hold that blocks its own shopper loses the sale") {
    const model::Kpi kpi = on_two_devices("blocks", "0%").kpi();
    CHECK(kpi.shoppers() == 1);
    CHECK(kpi.orders_accepted() == 0);
    CHECK(kpi.undersold_units() == 1);
    CHECK(units_of(kpi, UndersoldCause::held_by_dead_hold) == 1);
}

TEST_CASE("two devices: one that blocks sells nothing twice") {
    const model::RunRecord record = on_two_devices("blocks", "100%");
    CHECK(record.kpi().orders_accepted() == 1);
    CHECK(record.kpi().oversold_units() == 0);
    CHECK(record.kpi().lost_sales_units() == 0);  // the shopper has it
    CHECK(record.balance().shoppers_bought() == 1);
}

TEST_CASE("two devices: a hold that moves along neither blocks nor sells twice") {
    for (const char* const pays_twice : {"0%", "100%"}) {
        INFO(pays_twice);
        const model::RunRecord record = on_two_devices("takes_over", pays_twice);
        CHECK(record.kpi().orders_accepted() == 1);
        CHECK(record.kpi().oversold_units() == 0);
        CHECK(record.kpi().shoppers() == 1);
        CHECK(record.balance().holds_live() == 0);
    }
}

TEST_CASE("two devices: a hold that is not counted does not block, and sells twice to who pays twice") {
    const model::Kpi once = on_two_devices("ignored", "0%").kpi();
    CHECK(once.orders_accepted() == 1);
    CHECK(once.oversold_units() == 0);
    const model::RunRecord twice = on_two_devices("ignored", "100%");
    CHECK(twice.kpi().orders_accepted() == 2);
    CHECK(twice.kpi().oversold_units() == 1);
    CHECK(units_of(twice.kpi(), OversoldCause::race) == 1);
    CHECK(twice.kpi().shoppers() == 1);
    CHECK(twice.balance().shoppers_bought() == 1);
    CHECK(twice.balance().shoppers_left() == 0);
}

TEST_CASE("two devices: both sessions are of one shopper who used two channels") {
    const model::RunRecord record = on_two_devices("takes_over", "100%");
    CHECK(record.kpi().channel_integration_rate() == 1);
    CHECK(record.funnel().arrived() == 1);
    CHECK(record.funnel().carted() == 1);
    CHECK(record.personas(0).shoppers() == 1);
}

}  // namespace lastunit::sim_tests
