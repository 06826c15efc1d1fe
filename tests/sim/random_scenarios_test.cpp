// Twenty small scenarios with options drawn from one seed: ledger and truth are audited after every event.
#include <sstream>

#include "core/ledger.hpp"
#include "model/random.hpp"
#include "reports/balance.hpp"
#include "sim/probe.hpp"
#include "sim/truth.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {

namespace {

class Auditor : public sim::Probe {
   public:
    void after_event(const core::Ledger& ledger, const sim::Truth& truth) override {
        ++events_;
        for (const sim::TruthCell& cell : truth.cells())
            if (cell.shelf < 0 || cell.committed < 0 || cell.in_fulfilment < 0) note("a negative physical quantity");
        for (const std::string& violation : ledger.audit()) note(violation);
    }
    std::string text() const { return violations_; }

   private:
    void note(const std::string& what) {
        if (violations_.size() < 2000) violations_ += "event " + std::to_string(events_) + ": " + what + "\n";
    }
    std::uint64_t events_ = 0;
    std::string violations_;
};

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

   private:
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
        const std::string answer = tests::in_child([&] {
            Auditor auditor;
            sim::RunOptions options;
            options.seed = number;
            options.probe = &auditor;
            const std::string record = sim::run(scenario, options).SerializeAsString();
            return auditor.text() + '\0' + record;
        });
        const std::size_t end = answer.find('\0');
        CHECK(answer.substr(0, end) == "");
        model::RunRecord record;
        REQUIRE(record.ParseFromString(answer.substr(end + 1)));
        oversold += record.kpi().oversold_units();
        for (const reports::BalanceLine& line : reports::balance(record)) {
            INFO(line.sentence << ": " << line.left << " against " << line.right);
            CHECK(line.closes());
        }
    }
    CHECK(oversold > 20);  // else the twenty test nothing
}

}  // namespace lastunit::sim_tests
