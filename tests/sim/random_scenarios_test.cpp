// Twenty small scenarios with options drawn from one seed: ledger and truth are audited after every event.
#include <sstream>

#include "model/random.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

class Options {
   public:
    explicit Options(std::uint64_t number) : random_(20261122, model::Purpose::property, number) {}

    std::string one_of(std::initializer_list<const char*> values) { return *(values.begin() + random_() % values.size()); }

    Settings draw() {
        Settings settings = {
            {"catalogue.skus", one_of({"2", "5", "12"})},
            {"stock",
             "[{kind: warehouse, each: " + one_of({"0", "1", "6"}) + "}, {kind: store, each: " + one_of({"0", "1", "4"}) + "}]"},
            {"inbound", one_of({"null", "{policy: base_stock, lead_time: exponential(30min)}"})},
            {"demand.streams", "{day: {shoppers: " + one_of({"60", "150"}) + "}, drop: {exactly: " + one_of({"5", "40"}) +
                                   ", from: 1h, until: 1h1min, skus: [sku-1]}}"},
            {"design.routing", one_of({"nearest", "cheapest", "fewest_splits"})},
            {"design.max_split", one_of({"1", "2", "3"})},
            {"design.shared_carts", one_of({"true", "false"})},
            {"design.max_reroutes", one_of({"0", "1", "3"})},
            {"design.cancel_after", one_of({"0s", "3h"})},
            {"design.edges.tills.loss", one_of({"0%", "30%"})},
            {"design.edges.web-orders.loss", one_of({"0%", "10%"})},
            {"design.edges.marketplace-feed.kind", one_of({"poll", "snapshot"})},
            {"design.edges.stock-to-app.content", one_of({"delta", "absolute"})},
            {"personas.anybody_online.return_rate", one_of({"0%", "80%"})},
            {"personas.anybody_online.collects", one_of({"20%", "100%"})},
            {"network.kinds.store.daily_lines", one_of({"3", "150"})},
        };
        for (const char* channel : {"web", "app", "marketplace", "call_centre", "social", "kiosk", "voice"}) {
            const std::string at = std::string("design.channels.") + channel;
            const std::string mode = one_of({"none", "check_then_act", "ledger", "reserve_on_cart", "reserve_on_order"});
            settings.emplace_back(at + ".reservation", mode);
            settings.emplace_back(at + ".hold_ttl", one_of({"10s", "2min", "30min"}));
            settings.emplace_back(at + ".expired_hold", one_of({"refuse", "retry"}));
            settings.emplace_back(at + ".buffer", one_of({"0", "1"}));
        }
        return settings;
    }

    // What else may be wrong with the record and the books, and what shoppers and nodes may do to orders.
    void bend(model::Scenario& scenario) {
        model::Accuracy& accuracy = scenario.accuracy;
        accuracy.missing_mean = 0.3 * (random_() % 2);
        accuracy.unrecorded_mean = 0.3 * (random_() % 2);
        accuracy.shrink = accuracy.damage = accuracy.misplacement = (random_() % 3) * 0.1 / 3600;
        accuracy.count_every = hours(random_() % 3 * 2);
        accuracy.random_count_phase = true;
        accuracy.miscount = 0.1;
        accuracy.misscan = 0.2 * (random_() % 2);
        accuracy.pick_miss = 0.2 * (random_() % 2);
        accuracy.failed_pick = static_cast<model::Accuracy::FailedPick>(random_() % 2);
        accuracy.return_late = accuracy.return_twice = accuracy.return_elsewhere = 0.3 * (random_() % 2);
        accuracy.return_late_by = model::constant(hours(2));
        model::Bookkeeping& books = scenario.design.bookkeeping;
        books.cancel_restocks = static_cast<model::Bookkeeping::CancelRestocks>(random_() % 4);
        books.reroute = static_cast<model::Bookkeeping::Reroute>(random_() % 2);
        books.short_pick = static_cast<model::Bookkeeping::ShortPick>(random_() % 2);
        books.split = static_cast<model::Bookkeeping::Split>(random_() % 2);
        books.pick_needs = static_cast<model::Bookkeeping::PickNeeds>(random_() % 2);
        scenario.design.pickup_becomes_ship = random_() % 2 == 0;
        for (model::Edge& edge : scenario.design.edges) edge.duplicated = 0.2 * (random_() % 2);
        model::Fault offline;
        offline.name = "tills offline";
        offline.kind = model::FaultKind::pos_offline;
        offline.at = hours(2);
        offline.lasts = hours(1 + random_() % 3);
        offline.synced_twice = 0.3;
        scenario.faults.push_back(offline);
        for (model::Persona& persona : scenario.personas) {
            persona.cancels = 0.5;
            persona.cancels_after = model::exponential(1.2e9);
        }
        for (model::Node& node : scenario.network.nodes) {
            node.accepts = random_() % 2 == 0 ? 1 : 0.6;
            node.refusal_time = model::constant(minutes(7));
            if (random_() % 2 == 0) node.pick.classes = node.pack.classes = {collected()};
            if (random_() % 2 == 0) node.dispatch.order = node.pack.order = model::ServiceOrder::due_first;
        }
    }

   private:
    static model::OrderClass collected() {
        model::OrderClass one;
        one.methods =
            1U << static_cast<unsigned>(core::Method::pickup) | 1U << static_cast<unsigned>(core::Method::reserve_in_store);
        return one;
    }

    model::Stream random_;
};

}  // namespace

TEST_CASE("random scenarios: twenty of them hold every invariant after every event, and balance at the end") {
    std::uint64_t oversold = 0;
    for (std::uint64_t number = 1; number <= 20; ++number) {
        const Settings settings = Options(number).draw();
        std::ostringstream repeat;
        repeat << "lastunit run smoke --seed " << number;
        for (const auto& [path, value] : settings) repeat << " --set '" << path << "=" << value << "'";
        INFO(repeat.str());
        const model::Scenario scenario = load("smoke", settings);
        oversold += run_watched(scenario, number).kpi().oversold_units();
    }
    CHECK(oversold > 20);  // else the twenty test nothing
}

TEST_CASE("random scenarios: with wrong records and careless books, all of it is explained and everything balances") {
    std::uint64_t taken_back = 0, forgotten = 0, shrunk = 0, wrong = 0;
    for (std::uint64_t number = 1; number <= 20; ++number) {
        INFO("number " << number);
        Options options(1000 + number);
        model::Scenario scenario = load("smoke", options.draw());
        options.bend(scenario);
        const model::RunRecord record = run_watched(scenario, number);
        taken_back += record.kpi().taken_back_units();
        forgotten += record.kpi().forgotten_units();
        shrunk += record.balance().stock_shrunk();
        wrong += record.kpi().record_excess_units() + record.kpi().record_shortage_units();
        CHECK(record.identity().simulated_s() < 54 * 3600.0 + 1);
    }
    CHECK(taken_back > 10);
    CHECK(forgotten > 0);
    CHECK(shrunk > 20);
    CHECK(wrong > 50);
}

}  // namespace lastunit::sim_tests
