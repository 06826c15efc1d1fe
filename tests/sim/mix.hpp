// Everything at once: faults, careless edges, wrong records and rules of fulfilment, drawn from a number for the scenario
// `smoke`.
#pragma once

#include <initializer_list>
#include <string>

#include "model/random.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {

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

    // ... with every rule of fulfilment beside: how orders are split, gathered, given to a node, refused by it, and fetched.
    Settings draw_with_fulfilment() {
        draw();
        draw_rules();
        draw_gathering();
        draw_everybody();
        add("personas.anybody_online.collects", one_of({"50%", "90%"}));
        add("network.kinds.store.accepts", one_of({"100%", "70%"}));
        add("network.kinds.store.refusal_time", "9min");
        add("network.kinds.store.daily_lines", one_of({"5", "150"}));
        add("faults.counter", "{kind: config_change, at: 3h, nodes: [store-warsaw], hands_over: false}");
        if (random_() % 2 == 0) add("run.warm_up", "1h");
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
        add("faults.stall", "{kind: stall, rate: 1/h, lasts: 2min}");
        add("faults.disk", "{kind: slow_disk, rate: 1/h, lasts: 10min, delay: 700ms}");
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
                "{may_wait: true, transfer_takes: 2h, transfer_fixed: 3 PLN, loss_per_extra_parcel: 50 PLN, decline_cost: " +
                    one_of({"5 PLN", "200 PLN"}) + "}");
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

    void draw_rules() {
        if (random_() % 2 == 0) {
            add("design.routing", "rules");
            add("design.strategies",
                "{near: {when: {channels: [web, app]}, filters: [{within_km: 90}, {open_now: true, strength: soft}, "
                "{load_below: 90%}], sorts: [" +
                    one_of({"load", "balance", "age"}) + ", distance], complete: " + one_of({"true", "false"}) +
                    "}, rest: {filters: [{safety_stock: 1, strength: soft}], assign: " + one_of({"in_order", "least_cost"}) +
                    ", sorts: [cost]}}");
        }
        if (random_() % 2 == 0)
            add("design.protection", "{strength: " + one_of({"hard", "soft, cost_per_unit: 5 PLN"}) +
                                         ", rules: [{kinds: [store], units: 1}, {nodes: [store-lodz], from: 10:00, to: 12:00, "
                                         "units: 2}]}");
        if (random_() % 2 == 0) add("network.kinds.store.daily_spillover", one_of({"2", "20"}));
    }

    void draw_gathering() {
        add("design.max_split", one_of({"1", "2", "4"}));
        add("design.max_reroutes", one_of({"1", "5"}));
        if (random_() % 4 != 0)
            add("design.split_policy", "{loss_per_extra_parcel: " + one_of({"0 PLN", "30 PLN"}) +
                                           ", may_wait: true, transfer_fixed: 3 PLN, transfer_unit: 0.40 PLN, transfer_takes: " +
                                           one_of({"20min", "5h"}) + ", loss_per_hour: 0.10 PLN, decline_cost: " +
                                           one_of({"20 PLN", "60 PLN", "1000 PLN"}) + "}");
        add("design.pickup_from_elsewhere", one_of({"transfer", "transfer", "never"}));
        add("design.pickup_transfer", "exponential(2h)");
    }

    // A team in every node.
    void draw_everybody() {
        if (random_() % 2 == 0) return;
        for (const char* node : {"dc", "store-warsaw", "store-lodz"}) {
            const std::string at = std::string("network.nodes.") + node + ".";
            for (const char* station : {"pick.", "pack.", "dispatch."}) add(at + station + "workers", "0");
            add(at + "team", "{roster: [{from: 07:00, to: 15:00, workers: 3}, {from: 12:00, to: 22:00, workers: 2}], serve: " +
                                 one_of({"0s", "2min"}) + ", overtime: 1h, put_back: 2min, wage: 30 PLN}");
        }
    }

    void add(const std::string& path, const std::string& value) { settings_.emplace_back(path, value); }
    std::string one_of(std::initializer_list<const char*> values) { return *(values.begin() + random_() % values.size()); }

    model::Stream random_;
    Settings settings_;
};

}  // namespace lastunit::sim_tests
