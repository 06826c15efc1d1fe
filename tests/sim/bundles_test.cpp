// Bundles and articles on two lines: what is wanted together is asked for together, and the books know the components alone.
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// Ten shoppers want a lamp with two bulbs; `more` says what there is.
model::Scenario lamp_shop(const std::string& more) {
    return small_shop(
        "run: {horizon: 1h}\n"
        "catalogue: !replace {items: {lamp: {price: 100 PLN, weight: 0}, bulb: {price: 20 PLN, weight: 0}, set: {price: 110 PLN, "
        "bundle: "
        "{lamp: 1, bulb: 2}}}}\ndemand: {streams: !replace {all: {exactly: 10}}}\n" +
        more);
}

}  // namespace

TEST_CASE("bundles: who wants a bundle gets its components in one order, at their prices") {
    const model::RunRecord record = run_watched(lamp_shop("stock: !replace [{each: 30}]\n"));
    CHECK(record.balance().stock_start() == 60);  // the bundle has none
    CHECK(record.kpi().orders_accepted() == 10);
    CHECK(record.kpi().units_accepted() == 30);
    CHECK(record.kpi().parcels() == 10);
    CHECK(record.kpi().revenue() == 10 * (10'000 + 2 * 2'000));
}

TEST_CASE("bundles: as many are sold as the scarcest component allows, and a lamp without bulbs is sold as a lamp") {
    const model::RunRecord record =
        run_watched(lamp_shop("stock: !replace [{skus: [lamp], each: 30}, {skus: [bulb], each: 7}]\n"));
    CHECK(record.kpi().oversold_units() == 0);
    CHECK(record.kpi().undersold_units() == 0);
    CHECK(record.kpi().refused_units() == 7 * 2);
    CHECK(record.kpi().units_accepted() == 10 + 3 * 2);
}

TEST_CASE("bundles: two that share a component ask for it together") {
    // One of each is wanted by everybody: two bulbs each, on two lines.
    const auto shop = [](const char* bulbs) {
        model::Scenario scenario = small_shop(
            "run: {horizon: 1h}\n"
            "catalogue: !replace {items: {lamp: {weight: 0}, clock: {weight: 0}, bulb: {weight: 0}, both: {bundle: {lamp: 1, "
            "clock: 1, bulb: 1}}}}\ndemand: {streams: !replace {all: {exactly: 1}}}\npersonas: {anyone: {same_sku_twice: 100%}}\n"
            "stock: !replace [{each: 5}, {skus: [bulb], each: " +
            std::string(bulbs) + "}]\n");
        return run_watched(scenario).kpi();
    };
    CHECK(shop("2").units_accepted() == 6);
    const model::Kpi short_of_one = shop("1");
    CHECK(short_of_one.oversold_units() == 0);
    CHECK(short_of_one.units_accepted() == 5);
    CHECK(short_of_one.refused_units() == 1);
}

TEST_CASE("baskets: an article on two lines is checked as what it is in every mode, two units") {
    for (const char* mode : {"none", "check_then_act", "ledger", "reserve_on_cart", "reserve_on_order"}) {
        INFO(mode);
        const auto shop = [&](const char* units) {
            return run_watched(small_shop("run: {horizon: 1h}\nstock: !replace [{each: " + std::string(units) +
                                          "}]\ndemand: {streams: !replace {all: {exactly: 1}}}\npersonas: {anyone: "
                                          "{same_sku_twice: 100%}}\ndesign: {channels: {web: {reservation: " +
                                          mode + ", hold_ttl: 15min, decides_on: core}}}\n"))
                .kpi();
        };
        const model::Kpi enough = shop("2");
        CHECK(enough.units_accepted() == 2);
        CHECK(enough.orders_accepted() == 1);
        const model::Kpi one = shop("1");
        CHECK(one.units_accepted() == 1);
        CHECK(one.oversold_units() == 0);
        CHECK(one.undersold_units() == 0);
    }
}

TEST_CASE("baskets: a system that checks each line alone does not let a hand take one unit twice") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 1h}\nstock: !replace [{each: 1}]\nnetwork: !replace {nodes: {store: {kind: store, lat: 52, lon: 19}}}\n"
        "channels: !replace {pos: {kind: pos}}\ndemand: {streams: !replace {all: {exactly: 1}}}\n"
        "personas: {anyone: {same_sku_twice: 100%}}\n"
        "design: {channels: !replace {pos: {reservation: none, decides_on: shelf}}, bookkeeping: {check_lines: each}}\n");
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().units_accepted() == 1);
    CHECK(record.kpi().oversold_units() == 0);
    CHECK(record.kpi().refused_units() == 1);
}

TEST_CASE("baskets: same_sku_twice takes nothing from what else is drawn") {
    const auto arrivals = [](const std::string& twice) {
        const model::RunRecord record =
            run_watched(small_shop("run: {horizon: 1h}\ncatalogue: {skus: 7}\nstock: !replace [{each: 900}]\n"
                                   "personas: {anyone: {lines_mean: 2, second_unit: 30%, same_sku_twice: " +
                                   twice + "}}\n"));
        return record.kpi().units_accepted();
    };
    CHECK(arrivals("100%") == 2 * arrivals("0%"));
}

}  // namespace lastunit::sim_tests
