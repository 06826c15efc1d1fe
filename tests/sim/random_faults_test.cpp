// Everything breaks at once: faults, careless edges and wrong records drawn from one seed each. No run may crash, every unit must
// be somewhere and have its cause, and once the faults are over every open order must end.
#include <cstdlib>
#include <sstream>

#include "core/ledger.hpp"
#include "model/random.hpp"
#include "reports/balance.hpp"
#include "sim/probe.hpp"
#include "sim/truth.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {

namespace {

constexpr std::uint64_t kAuditEvery = 97;  // events: each audit walks the whole ledger

class Auditor : public sim::Probe {
   public:
    void after_event(const core::Ledger& ledger, const sim::Truth& truth) override {
        if (++events_ % kAuditEvery != 0) return;
        for (const sim::TruthCell& cell : truth.cells())
            if (cell.shelf < 0 || cell.committed < 0 || cell.in_fulfilment < 0 || cell.in_hand < 0)
                violations_ += "negative truth\n";
        for (const std::string& violation : ledger.audit()) violations_ += violation + "\n";
    }
    std::string text() const { return violations_.substr(0, 2000); }

   private:
    std::uint64_t events_ = 0;
    std::string violations_;
};

class Mix {
   public:
    explicit Mix(std::uint64_t number) : random_(20261124, model::Purpose::property, number) {}

    Settings draw() {
        Settings settings = {
            {"run.horizon", "4h"},
            {"run.drain", "10d"},  // an order that nobody fetches ends 48 hours after it was ready
            {"faults.crash", "{kind: host_crash, rate: 1/h, lasts: " + one_of({"30s", "10min"}) + "}"},
            {"faults.broker", "{kind: host_crash, host: " + one_of({"oms", "stream", "esb"}) + ", rate: 1/h, lasts: 5min}"},
            {"faults.wire",
             "{kind: link_down, edges: [web-orders, stock-to-web], rate: 2/h, lasts: " + one_of({"10s", "6min"}) + "}"},
            {"faults.split", "{kind: partition, channels: [web, app], rate: 1/h, lasts: 8min}"},
            {"faults.slow", "{kind: slow_host, host: " + one_of({"oms", "esb"}) +
                                ", rate: 1/h, lasts: 20min, factor: " + one_of({"5", "200"}) + "}"},
            {"faults.tills",
             "{kind: pos_offline, kinds: [store], rate: 1/h, lasts: 30min, synced_twice: " + one_of({"0%", "20%"}) + "}"},
            {"faults.clock", "{kind: clock_skew, channels: [app], rate: 1/h, lasts: 30min, skew: 3min, direction: " +
                                 one_of({"behind", "ahead"}) + "}"},
            {"faults.stuck", "{kind: stuck_consumer, edges: [stock-to-app, marketplace-feed], rate: 1/h, lasts: 15min}"},
            {"faults.closes", "{kind: config_change, at: 2h, kinds: [store], ships: false}"},
            {"faults.buffer", "{kind: config_change, at: 1h, channels: [web], buffer: " + one_of({"0", "2"}) + "}"},
            {"faults.bots", "{kind: bots, channels: [voice], at: 30min, lasts: 2h, carts: 20/h, skus: [sku-1, sku-2]}"},
            {"accuracy",
             "{kinds: [store], missing_mean: 0.5, unrecorded_mean: 0.5, shrink: 0.2/h, damage: 0.1/h, misplacement: 0.2/h, "
             "count_every: " +
                 one_of({"90min", "3h"}) +
                 ", count_phase: random, miscount: 2%, misscan: 5%, pick_miss: 5%, "
                 "failed_pick: " +
                 one_of({"counts", "keeps_record"}) +
                 ", return_late: 20%, return_late_by: 1h, "
                 "return_twice: 10%, return_elsewhere: 10%}"},
            {"design.holds", one_of({"journaled", "in_memory"})},
            {"design.cut_off", one_of({"refuse", "sell_on_view"})},
            {"design.bookkeeping", "{cancel_restocks: " + one_of({"exactly", "first_node", "twice", "todays_nodes"}) +
                                       ", reroute: " + one_of({"moves_allocation", "keeps_allocation"}) +
                                       ", short_pick: " + one_of({"releases_once", "releases_twice"}) + "}"},
            {"personas.anybody_online.cancels", one_of({"0%", "10%"})},
        };
        for (const char* edge : {"tills", "web-orders", "stock-to-app", "stock-to-web", "marketplace-feed"}) {
            const std::string at = std::string("design.edges.") + edge;
            settings.emplace_back(at + ".loss", one_of({"0%", "10%"}));
            settings.emplace_back(at + ".duplicated", one_of({"0%", "20%"}));
            settings.emplace_back(at + ".ordering", one_of({"in_order", "as_arrived", "newest_stamp"}));
            settings.emplace_back(at + ".attempts", one_of({"1", "4"}));
            settings.emplace_back(at + ".rate_limit", one_of({"1/s", "20/s"}));
            settings.emplace_back(at + ".batch_size", one_of({"0", "3"}));
            settings.emplace_back(at + ".dead_letter_resent_after", one_of({"0s", "20min"}));
        }
        settings.emplace_back("design.edges.stock-to-app.watermark", one_of({"true", "false"}));
        for (const char* channel : {"web", "app", "marketplace", "call_centre", "voice"}) {
            const std::string at = std::string("design.channels.") + channel;
            settings.emplace_back(at + ".reservation", one_of({"none", "check_then_act", "ledger", "reserve_on_cart",
                                                               "reserve_on_order", "reserve_on_payment", "optimistic", "row_lock",
                                                               "atomic_decrement", "read_modify_write"}));
            settings.emplace_back(at + ".hold_ttl", one_of({"30s", "15min"}));
            settings.emplace_back(at + ".expired_hold", one_of({"refuse", "retry", "accept"}));
        }
        return settings;
    }

   private:
    std::string one_of(std::initializer_list<const char*> values) { return *(values.begin() + random_() % values.size()); }
    model::Stream random_;
};

void survives(std::uint64_t number) {
    const Settings settings = Mix(number).draw();
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
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    CHECK(record.kpi().units_accepted() > 50);
    CHECK(record.balance().orders_open() == 0);
    CHECK(record.balance().shoppers_active() == 0);
}

}  // namespace

TEST_CASE("random faults: twenty runs in which everything breaks close every balance, and every order ends") {
    for (std::uint64_t number = 1; number <= 20; ++number) survives(number);
}

// Not run unless asked for: lastunit_sim_tests "[slow]"
TEST_CASE("random faults: two hundred seeds", "[.][slow]") {
    for (std::uint64_t number = 21; number <= 220; ++number) survives(number);
}

}  // namespace lastunit::sim_tests
