// Everything breaks at once: faults, careless edges and wrong records drawn from one seed each. No run may crash, every unit must
// be somewhere and have its cause, and once the faults are over every open order must end.
#include <map>
#include <sstream>

#include "core/ledger.hpp"
#include "model/random.hpp"
#include "reports/balance.hpp"
#include "sim/probe.hpp"
#include "sim/record_error.hpp"
#include "sim/truth.hpp"
#include "tests/sim/scenarios.hpp"
#include "tests/sim/units.hpp"

namespace lastunit::sim_tests {

namespace {

constexpr std::uint64_t kAuditEvery = 97;  // events: each audit walks the whole ledger

class Auditor : public sim::Probe {
   public:
    Auditor(std::uint16_t nodes, std::uint32_t skus) : nodes_(nodes), skus_(skus) {}

    void after_event(const core::Ledger& ledger, const sim::Truth& truth) override {
        truth_ = &truth;
        if (++events_ % kAuditEvery != 0) return;
        for (const sim::TruthCell& cell : truth.cells())
            if (cell.shelf < 0 || cell.committed < 0 || cell.in_fulfilment < 0 || cell.in_hand < 0)
                violations_ += "negative truth\n";
        for (const std::string& violation : ledger.audit()) violations_ += violation + "\n";
    }
    void after_event_of_books(const sim::Recorder& books) override {
        if (units_nowhere(*truth_, books) != 0 && violations_.size() < 2000)
            violations_ += "event " + std::to_string(events_) + ": a unit is nowhere, or in two places\n";
    }
    void after_event_of_record(const sim::RecordError& error) override {
        if (events_ % kAuditEvery != 0) return;
        for (std::uint32_t sku = 0; sku < skus_; ++sku)
            for (std::uint16_t node = 0; node < nodes_; ++node)
                if (error.unexplained(NodeId(node), Sku(sku)) != 0) violations_ += "a record is off for no reason\n";
    }
    std::string text() const { return violations_.substr(0, 2000); }

   private:
    std::uint16_t nodes_;
    std::uint32_t skus_;
    const sim::Truth* truth_ = nullptr;
    std::uint64_t events_ = 0;
    std::string violations_;
};

class Mix {
   public:
    explicit Mix(std::uint64_t number) : random_(20261124, model::Purpose::property, number) {}

    Settings draw() {
        add("run.horizon", "4h");
        add("run.drain", "10d");  // an order that nobody fetches ends 48 hours after it was ready
        draw_faults();
        draw_accuracy();
        for (const char* edge : {"tills", "web-orders", "stock-to-app", "stock-to-web", "marketplace-feed"}) draw_edge(edge);
        add("design.edges.stock-to-app.watermark", one_of({"true", "false"}));
        add("design.edges.stock-to-app.content", one_of({"delta", "absolute"}));
        for (const char* channel : {"web", "app", "marketplace", "call_centre", "voice"}) draw_channel(channel);
        draw_payment();
        draw_shoppers();
        draw_bundles();
        draw_carriers();
        draw_people();
        draw_supply();
        draw_routing();
        return settings_;
    }

   private:
    void draw_faults() {
        add("faults.crash", "{kind: host_crash, rate: 1/h, lasts: " + one_of({"30s", "10min"}) + "}");
        add("faults.broker", "{kind: host_crash, host: " + one_of({"oms", "stream", "esb"}) + ", rate: 1/h, lasts: 5min}");
        add("faults.wire",
            "{kind: link_down, edges: [web-orders, stock-to-web], rate: 2/h, lasts: " + one_of({"10s", "6min"}) + "}");
        add("faults.split", "{kind: partition, channels: [web, app], rate: 1/h, lasts: 8min}");
        add("faults.slow", "{kind: slow_host, host: " + one_of({"oms", "esb"}) +
                               ", rate: 1/h, lasts: 20min, factor: " + one_of({"5", "200"}) + "}");
        add("faults.tills",
            "{kind: pos_offline, kinds: [store], rate: 1/h, lasts: 30min, synced_twice: " + one_of({"0%", "20%"}) + "}");
        add("faults.clock", "{kind: clock_skew, channels: [app], rate: 1/h, lasts: 30min, skew: 3min, direction: " +
                                one_of({"behind", "ahead"}) + "}");
        add("faults.stuck", "{kind: stuck_consumer, edges: [stock-to-app, marketplace-feed], rate: 1/h, lasts: 15min}");
        add("faults.closes", "{kind: config_change, at: 2h, kinds: [store], ships: false}");
        add("faults.buffer", "{kind: config_change, at: 1h, channels: [web], buffer: " + one_of({"0", "2"}) + "}");
        add("faults.bots", "{kind: bots, channels: [voice], at: 30min, lasts: 2h, carts: 20/h, skus: [sku-1, sku-2]}");
    }

    void draw_accuracy() {
        add("accuracy",
            "{kinds: [store], missing_mean: 0.5, unrecorded_mean: 0.5, shrink: 0.2/h, damage: 0.1/h, misplacement: 0.2/h, "
            "count_every: " +
                one_of({"90min", "3h"}) + ", count_phase: random, miscount: 2%, misscan: 5%, pick_miss: 5%, failed_pick: " +
                one_of({"counts", "keeps_record"}) +
                ", return_late: 20%, return_late_by: 1h, return_twice: 10%, return_elsewhere: 10%}");
        add("design.bookkeeping",
            "{cancel_restocks: " + one_of({"exactly", "first_node", "twice", "todays_nodes"}) +
                ", reroute: " + one_of({"moves_allocation", "keeps_allocation"}) +
                ", short_pick: " + one_of({"releases_once", "releases_twice"}) + ", check_lines: " + one_of({"summed", "each"}) +
                ", netting: " + one_of({"per_node", "over_nodes"}) + ", shows: " + one_of({"atp", "on_hand"}) + ", split: " +
                one_of({"tracks_parcels", "first_parcel_closes"}) + ", pick_needs: " + one_of({"allocation", "atp_left"}) + "}");
    }

    void draw_edge(const std::string& edge) {
        const std::string at = "design.edges." + edge;
        add(at + ".loss", one_of({"0%", "10%"}));
        add(at + ".duplicated", one_of({"0%", "40%"}));
        add(at + ".ordering", one_of({"in_order", "as_arrived", "newest_stamp"}));
        add(at + ".attempts", one_of({"1", "4"}));
        add(at + ".rate_limit", one_of({"1/s", "20/s"}));
        add(at + ".batch_size", one_of({"0", "3"}));
        add(at + ".latency", one_of({"1s", "exponential(4min)"}));
        add(at + ".dead_letter_resent_after", one_of({"0s", "20min"}));
    }

    void draw_channel(const std::string& channel) {
        const std::string at = "design.channels." + channel;
        const std::string mode = one_of({"none", "none", "check_then_act", "check_then_act", "ledger", "reserve_on_cart",
                                         "reserve_on_order", "reserve_on_payment", "optimistic", "row_lock", "row_lock",
                                         "atomic_decrement", "read_modify_write", "escrow"});
        add(at + ".reservation", mode);
        add(at + ".hold_ttl", one_of({"30s", "15min"}));
        add(at + ".expired_hold", one_of({"refuse", "retry", "accept"}));
        add(at + ".extends_holds", one_of({"true", "false"}));
        add(at + ".on_decline", one_of({"release", "keep"}));
        add(at + ".other_device", one_of({"blocks", "takes_over", "ignored"}));
        add(at + ".lock_time", one_of({"0s", "exponential(2s)", "30s"}));
        add(at + ".lock_timeout", one_of({"5s", "30s"}));
        add(at + ".lock_order", one_of({"sorted", "as_listed"}));
        add(at + ".on_locked", one_of({"wait", "skip"}));
        if (mode == "row_lock") add(at + ".hot_skus", one_of({"0", "2"}));
        add(at + ".attempts", one_of({"1", "3"}));
    }

    void draw_payment() {
        add("design.payment",
            "{flow: " + one_of({"pay_first", "order_first"}) + ", webhook: " + one_of({"0s", "exponential(5min)"}) +
                ", webhook_lost: " + one_of({"0%", "10%"}) + ", webhook_repeated: " + one_of({"0%", "20%"}) +
                ", idempotent: " + one_of({"true", "false"}) + ", ask_every: " + one_of({"0s", "10min"}) +
                ", cancel_unpaid_after: " + one_of({"2min", "1h"}) + ", refunds: " + one_of({"true", "false"}) + "}");
        add("design.pools", "{rebalance_every: " + one_of({"0s", "30min"}) + ", rebalance_phase: 3min, refill_below: " +
                                one_of({"0", "2"}) + ", refill_time: exponential(5min)}");
        add("design.holds", one_of({"journaled", "in_memory"}));
        add("design.cut_off", one_of({"refuse", "sell_on_view"}));
        add("design.shared_carts", one_of({"true", "false"}));
        add("design.pickup_becomes_ship", one_of({"true", "false"}));
    }

    // Trucks, rules of replenishment, returns that somebody looks at, parcels and pick-ups that are gathered.
    void draw_supply() {
        add("network.trucks.out", "{from: [dc], to_kinds: [store], at: [10:00, 13:00], takes: exponential(40min), units: " +
                                      one_of({"0", "8", "20"}) + ", cost: 90 PLN, unit_cost: 0.50 PLN}");
        if (random_() % 2 == 0) add("network.trucks.back", "{from_kinds: [store], to: [dc, store-lodz], at: [11:30], takes: 1h}");
        if (random_() % 3 != 0) {
            add("inbound.policy", "none");
            add("replenishment",
                "[{kinds: [warehouse], policy: " + one_of({"base_stock", "min_max, reorder_share: 60%"}) +
                    ", lead_time: exponential(3h)}, {kinds: [store], policy: " +
                    one_of({"base_stock", "min_max, reorder_point: 1", "periodic, review_every: 1h, review_phase: random"}) +
                    ", from: " + "dc" + "}, {nodes: [store-lodz], skus: [sku-3], policy: never}]");
        }
        if (random_() % 3 != 0)
            add("returns",
                "[{kinds: [store], inspect: {workers: 1, service: exponential(10min)}, as_new: 60%, marked_down: "
                "20%, then: " +
                    one_of({"here", "where_sold", "forward, forward_to: dc"}) +
                    "}, {kinds: [warehouse], parcels_to: store-lodz, inspect: {service: 5min}, as_new: 50%}]");
        add("personas.anybody_online.return_rate", "30%");
        add("personas.anybody_online.return_delay", "exponential(1h)");
        add("design.pickup_from_elsewhere", one_of({"never", "transfer"}));
        if (random_() % 3 == 0)
            add("design.split_policy",
                "{may_wait: true, transfer_takes: 2h, transfer_fixed: 3 PLN, loss_per_extra_parcel: 50 PLN}");
    }

    void draw_shoppers() {
        const std::string at = "personas.anybody_online.";
        add(at + "cancels", one_of({"0%", "10%"}));
        add(at + "same_sku_twice", one_of({"0%", "10%"}));
        add(at + "second_device", one_of({"0%", "30%"}));
        add(at + "pays_twice", one_of({"0%", "50%"}));
        add(at + "payment_success", one_of({"95%", "60%"}));
        add(at + "retry_payment", one_of({"0%", "80%"}));
        add("channels.call_centre.desk", "{agents: " + one_of({"2", "50"}) +
                                             ", talk: exponential(5min), waiting_lines: 3, hangs_up_after: exponential(6min)}");
    }

    // Two that share a component, among items that are named and sell as the generated ones.
    void draw_bundles() {
        if (random_() % 2 == 0) return;
        std::string items;
        for (int i = 1; i <= 50; ++i) {
            items += (i > 1 ? ", sku-" : "sku-") + std::to_string(i) + ": {";
            if (i == 4) items += "bundle: {sku-1: 1, sku-6: 2}";
            if (i == 5) items += "bundle: {sku-1: 1, sku-7: 1}";
            items += "}";
        }
        add("catalogue",
            "!replace {items: {" + items +
                "}, popularity: {zipf: 0.87}, price: \"lognormal(100 PLN, cv 0.6)\", size_classes: {small: 80%, large: 20%}}");
    }

    void draw_carriers() {
        if (random_() % 3 == 0) return;
        add("network.carriers", "{van: {service: " + one_of({"both", "door"}) +
                                    ", zones: [{up_to_km: 50, transit: 20min, parcel: 9 PLN, per_kg: 1 PLN}, " +
                                    "{up_to_km: 500, transit: exponential(1h), parcel: 12 PLN, per_kg: 2 PLN}], late: "
                                    "20%, late_by: 6h, daily_parcels: " +
                                    one_of({"0", "60"}) + ", delivers: " + one_of({"always", "{open: 09:00, close: 18:00}"}) +
                                    "}, bike: {zones: [{up_to_km: 1000, transit: 30min, parcel: 15 PLN}]}}");
        add("catalogue.mass", "lognormal(600g, cv 1)");
        add("network.kinds.store.collections",
            one_of({"[{carrier: bike}]", "[{carrier: van, at: [18:00]}, {carrier: bike, at: [12:00], parcels: 2}]"}));
        add("network.nodes.dc.collections",
            "[{carrier: van, at: [09:00, 10:00, 17:00], parcels: " + one_of({"0", "5"}) + "}, {carrier: bike}]");
        add("network.nodes.hub", "{kind: locker_hub, place: lodz, ships: false, compartments: " + one_of({"1", "3", "0"}) + "}");
        add("network.lockers", "{retry: 5h, tries: " + one_of({"1", "3"}) + "}");
        add("run.locker_window", "6h");
    }

    // The people of one store serve shoppers too; the other one and the warehouse pick in waves, by classes or by due date.
    void draw_people() {
        if (random_() % 2 == 0) return;
        const std::string warsaw = "network.nodes.store-warsaw.", lodz = "network.nodes.store-lodz.", dc = "network.nodes.dc.";
        add(warsaw + "pick.workers", "0");
        add(warsaw + "pack.workers", one_of({"0", "1"}));
        add(warsaw + "team", "{roster: [{from: 09:00, to: 10:30, workers: 2}, {from: " + one_of({"10:00", "10:30"}) +
                                 ", to: 21:00, workers: " + one_of({"1", "3"}) +
                                 "}], serve: \"lognormal(2min, cv 0.8)\", served: " + one_of({"100%", "50%"}) +
                                 ", patience: " + one_of({"exponential(4min)", "1h"}) + ", order: " +
                                 one_of({"shoppers_first", "fifo", "orders_first"}) + ", overtime: " + one_of({"0s", "90min"}) +
                                 ", put_back: " + one_of({"0s", "exponential(3min)"}) + "}");
        add(lodz + "waves", "{every: " + one_of({"20min", "3h"}) + ", phase: 7min, lines: " + one_of({"0", "4"}) +
                                ", per_wave: exponential(6min)}");
        add(dc + "waves", one_of({"{lines: 1}", "{at: [09:30, 12:00, 20:00], lines: 20}"}));
        for (const char* station : {"pick.", "pack.", "dispatch."}) add(dc + station + "order", one_of({"fifo", "due_first"}));
        add(lodz + "pick.classes", "{collected: {methods: [pickup, reserve_in_store], service: 1min}, app: {channels: [app]}}");
        add("run.ready_promise_counts", one_of({"always", "opening_hours"}));
        add("run.pickup_window", one_of({"2h", "48h"}));
    }

    // Drawn last: what was drawn before stays as it was.
    void draw_routing() {
        add("design.routing",
            one_of({"cheapest", "nearest", "primal_dual", "bid_price", "independent", "correlated", "dilated", "force_open"}));
        add("design.prices", "{every: " + one_of({"7min", "1h"}) + ", skus: " + one_of({"10", "500"}) +
                                 ", learns: " + one_of({"true", "false"}) + ", samples: " + one_of({"0", "3"}) +
                                 ", spill: " + one_of({"0%", "50%", "100%"}) + "}");
        add("design.reoptimise_every", one_of({"0s", "5min", "1h"}));
        add("design.reoptimise_gain", one_of({"0 PLN", "2 PLN"}));
    }

    void add(const std::string& path, const std::string& value) { settings_.emplace_back(path, value); }
    std::string one_of(std::initializer_list<const char*> values) { return *(values.begin() + random_() % values.size()); }

    model::Stream random_;
    Settings settings_;
};

model::RunRecord survives(std::uint64_t number) {
    Mix mix(number);
    const Settings settings = mix.draw();
    std::ostringstream repeat;
    repeat << "lastunit run smoke --seed " << number;
    for (const auto& [path, value] : settings) repeat << " --set '" << path << "=" << value << "'";
    INFO(repeat.str());
    const model::Scenario scenario = load("smoke", settings);
    const std::string answer = tests::in_child([&] {
        Auditor auditor(static_cast<std::uint16_t>(scenario.network.nodes.size()),
                        static_cast<std::uint32_t>(scenario.catalogue.skus.size()));
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
    return record;
}

std::map<std::string, std::uint64_t> mishaps(const model::RunRecord& record) {
    const model::Kpi& kpi = record.kpi();
    std::map<std::string, std::uint64_t> counts = {
        {"conflicts", kpi.conflicts()},
        {"lock timeouts", kpi.lock_timeouts()},
        {"cancelled but paid", kpi.cancelled_but_paid()},
        {"paid, not ordered", kpi.paid_not_ordered()},
        {"booked twice", kpi.sales_booked_twice()},
        {"unreachable", kpi.unreachable_refusals()},
        {"hung up", kpi.calls_hung_up()},
        {"engaged", kpi.calls_engaged()},
        {"forgotten", kpi.forgotten_units()},
        {"taken back", kpi.taken_back_units()},
        {"failed picks", kpi.failed_picks()},
        {"expired holds", kpi.holds_expired()},
        {"planned anew", kpi.reoptimised_orders()},
    };
    for (const model::NodeKpi& node : record.nodes()) {
        counts["served"] += node.served();
        counts["walked out"] += node.walked_out();
        counts["overtime"] += static_cast<std::uint64_t>(node.overtime_s());
    }
    for (const model::CauseCount& count : kpi.oversold_causes()) counts["oversold: " + count.cause()] = count.units();
    for (const model::CauseCount& count : kpi.undersold_causes()) counts["undersold: " + count.cause()] = count.units();
    return counts;
}

}  // namespace

TEST_CASE("random faults: thirty runs in which everything breaks close every balance, and every order ends") {
    std::map<std::string, std::uint64_t> all;
    for (std::uint64_t number = 1; number <= 30; ++number)
        for (const auto& [what, count] : mishaps(survives(number))) all[what] += count;
    // Else the thirty do not test it. Two are too rare in a shop as small as this (causes_test.cpp has shops for them).
    all.erase("oversold: duplicate_message");
    all.erase("oversold: reordered_message");
    for (const auto& [what, count] : all) {
        INFO(what);
        CHECK(count > 0);
    }
}

// Not run unless asked for: lastunit_sim_tests "[slow]"
TEST_CASE("random faults: two hundred seeds", "[.][slow]") {
    for (std::uint64_t number = 31; number <= 230; ++number) survives(number);
}

}  // namespace lastunit::sim_tests
