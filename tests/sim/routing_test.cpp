// The retailer's routing in a run: rules, protection, spillover, split policy.
#include <functional>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {
namespace {

// A warehouse and four stores in two cities 300 km apart; some 480 orders of one or two lines, each planned as it is placed.
model::Scenario retailer(const std::string& design, const std::string& more = "") {
    const std::string file = std::string(LASTUNIT_BINARY_DIR) + "/routing.yaml";
    std::ofstream(file) << "title: routing\nextends: validation/one-shop\n"
                           "run: {horizon: 24h, drain: 5d, sample_every: 24h}\n"
                           "catalogue: {skus: 12, size_classes: {small: 60%, large: 40%}}\n"
                           "network:\n  cost_per_km: 0.01 PLN\n"
                           "  places: {north: {lat: 54, lon: 19, population: 3}, south: {lat: 51.3, lon: 19, population: 1}}\n"
                           "  nodes: !replace\n"
                           "    dc: {kind: warehouse, lat: 53, lon: 19, parcel_cost: 8 PLN, rank: 5}\n"
                           "    n1: {kind: store, lat: 54, lon: 19, groups: [north, old], rank: 2, daily_lines: 60}\n"
                           "    n2: {kind: store, lat: 54.02, lon: 19.02, groups: [north], rank: 1}\n"
                           "    s1: {kind: store, lat: 51.3, lon: 19, groups: [south]}\n"
                           "    s2: {kind: store, lat: 51.28, lon: 19.02, groups: [south, old], cut_off: 14:00}\n"
                           "stock: !replace [{each: 12, age: 40d}, {nodes: [n1], each: 14, age: 3d}]\n"
                           "personas: {anyone: {lines_mean: 1.5, second_unit: 20%}}\n"
                           "demand: {streams: {all: {rate: 20/h}}}\n"
                           "design:\n"
                        << design;
    if (more.empty()) return load(file);
    const std::string changed = std::string(LASTUNIT_BINARY_DIR) + "/routing-changed.yaml";
    std::ofstream(changed) << "title: routing, changed\nextends: routing.yaml\n" << more;
    return load(changed);
}

std::uint64_t shipped(const model::RunRecord& record, const std::string& node) {
    for (const model::NodeKpi& one : record.nodes())
        if (one.name() == node) return one.units_shipped();
    FAIL("no node " << node);
    return 0;
}

// Looks at every state of the record of a run.
class EveryState : public sim::Probe {
   public:
    explicit EveryState(std::function<std::string(const core::Ledger&)> look) : look_(std::move(look)) {}
    void after_event(const core::Ledger& ledger, const sim::Truth&) override {
        if (wrong_.empty()) wrong_ = look_(ledger);
    }
    const std::string& wrong() const { return wrong_; }

   private:
    std::function<std::string(const core::Ledger&)> look_;
    std::string wrong_;
};

std::string wrong_state(const model::Scenario& scenario, std::uint64_t seed,
                        const std::function<std::string(const core::Ledger&)>& look) {
    return tests::in_child([&] {
        EveryState states(look);
        sim::RunOptions options;
        options.seed = seed;
        options.probe = &states;
        sim::run(scenario, options);
        return states.wrong();
    });
}

}  // namespace

TEST_CASE("routing in a run: the first strategy that serves the order decides") {
    const model::RunRecord record =
        run_watched(retailer("  routing: rules\n"
                             "  strategies:\n"
                             "    southern: {when: {places: [south]}, filters: [{groups: [south]}]}\n"
                             "    northern: {when: {places: [north]}, filters: [{kinds: [warehouse]}]}\n"));
    CHECK(record.kpi().units_accepted() > 100);
    CHECK(shipped(record, "dc") > 0);
    CHECK(shipped(record, "s1") > 0);
    CHECK(shipped(record, "n1") + shipped(record, "n2") == 0);
    CHECK(record.kpi().cancelled_units() == 0);  // what is accepted was planned first
}

TEST_CASE("routing in a run: no strategy is for the order, and it is refused") {
    const model::RunRecord record =
        run_watched(retailer("  routing: rules\n  strategies: {dear: {when: {value_from: 1000000 PLN}}}\n"));
    CHECK(record.kpi().units_accepted() == 0);
    CHECK(record.kpi().refused_units() > 300);
}

TEST_CASE("routing in a run: conditions see the value, the size and the time of day of the order") {
    const auto served = [](const std::string& when) {
        return run_watched(retailer("  routing: rules\n  strategies: {some: {when: " + when + "}}\n")).kpi().orders_accepted();
    };
    const std::uint64_t all = served("{}");
    for (const char* when : {"{value_from: 150 PLN}", "{value_below: 150 PLN}", "{size_classes: [large], match: all_lines}",
                             "{from: 06:00, to: 10:00}", "{places: [south]}"}) {
        INFO(when);
        const std::uint64_t some = served(when);
        CHECK(some > 0);
        CHECK(some < all);
    }
    CHECK(served("{channels: [web], methods: [ship], promise_from: 1h}") == all);
    CHECK(served("{channel_kinds: [web], promise_below: 49h}") == all);
    CHECK(served("{methods: [locker]}") == 0);
}

TEST_CASE("routing in a run: sorts by rank, load, balance and age send orders where they say") {
    const auto first = [](const std::string& sorts) {
        const model::RunRecord record =
            run_watched(retailer("  routing: rules\n  strategies: {all: {filters: [{kinds: [store]}], sorts: " + sorts + "}}\n",
                                 "demand: {streams: {all: {rate: 2/h}}}\n"));
        std::string most;
        std::uint64_t units = 0;
        for (const model::NodeKpi& node : record.nodes())
            if (node.units_shipped() > units) units = node.units_shipped(), most = node.name();
        return most;
    };
    CHECK(first("[{by: rank, order: reversed}]") == "n1");
    CHECK(first("[rank]") == "s1");                         // 0, and nearer than s2
    CHECK(first("[{by: load, order: reversed}]") == "n1");  // the only one that has a limit
    CHECK(first("[{by: age, order: reversed}]") == "n1");
    CHECK(first("[age, {by: distance, order: reversed}]") != "n1");
    const model::RunRecord even =
        run_watched(retailer("  routing: rules\n  strategies: {all: {filters: [{kinds: [store]}], sorts: [balance]}}\n"));
    for (const char* node : {"n1", "n2", "s1", "s2"}) CHECK(shipped(even, node) > 20);
}

TEST_CASE("routing in a run: hard filters are never passed, at any instant, whatever the rules") {
    struct Row {
        const char* filter;
        std::vector<std::uint16_t> barred;  // nodes
    };
    const std::vector<Row> rows{{"{kinds: [store]}", {0}},
                                {"{groups: [old]}", {0, 2, 3}},
                                {"{groups: [north], kinds: [warehouse]}", {3, 4}},
                                {"{within_km: 100000}", {}},
                                {"{minimum_stock: 13}", {0, 2, 3, 4}}};
    for (const Row& row : rows)
        for (std::uint64_t seed = 1; seed <= 3; ++seed)
            for (const char* assign : {"in_order", "least_cost"}) {
                INFO(row.filter << ", " << assign << ", seed " << seed);
                const model::Scenario scenario =
                    retailer(std::string("  routing: rules\n  strategies:\n    near: {filters: [") + row.filter +
                             ", {within_km: 150, strength: soft}], assign: " + assign + "}\n    far: {filters: [" + row.filter +
                             "], sorts: [cost], assign: " + assign + "}\n");
                CHECK(wrong_state(scenario, seed, [&](const core::Ledger& ledger) {
                          for (const std::uint16_t node : row.barred)
                              for (std::uint32_t sku = 0; sku < 12; ++sku)
                                  if (const core::Cell& cell = ledger.cell(NodeId(node), Sku(sku));
                                      cell.allocated + cell.held > 0)
                                      return "node " + std::to_string(node) + " has to send";
                          return std::string();
                      }) == "");
            }
}

TEST_CASE("routing in a run: hard protection is never touched, and channels that look at the record do not show it") {
    const std::string protection =
        "  protection: {rules: [{kinds: [store], units: 3}, {nodes: [n1], size_classes: [small], units: 5}]}\n";
    for (const char* routing : {"nearest", "cheapest", "fewest_splits"})
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            INFO(routing << ", seed " << seed);
            const model::Scenario scenario = retailer(std::string("  routing: ") + routing + "\n" + protection);
            CHECK(wrong_state(scenario, seed, [&](const core::Ledger& ledger) {
                      for (std::uint16_t node = 1; node < 5; ++node)
                          for (std::uint32_t sku = 0; sku < 12; ++sku) {
                              const bool small = scenario.catalogue.skus[sku].size_class == 0;
                              if (ledger.atp(NodeId(node), Sku(sku)) < (node == 1 && small ? 5 : 3))
                                  return "node " + std::to_string(node) + " has given away what it keeps";
                          }
                      return std::string();
                  }) == "");
        }
    // It shows what it can sell: what is refused is refused for want of units, not after a plan that failed.
    const model::RunRecord kept = run_watched(retailer("  routing: nearest\n" + protection));
    const model::RunRecord all = run_watched(retailer("  routing: nearest\n"));
    CHECK(kept.kpi().units_accepted() < all.kpi().units_accepted());
    for (const model::CauseCount& cause : kept.kpi().undersold_causes())
        if (cause.cause() == "node_closed") CHECK(cause.units() == 0);
}

TEST_CASE("routing in a run: soft protection is taken last, and protection by the hour ends with its hour") {
    const auto sold = [](const std::string& protection) {
        return run_watched(retailer("  routing: nearest\n  protection: " + protection + "\n")).kpi().units_accepted();
    };
    const std::uint64_t soft = sold("{strength: soft, cost_per_unit: 5 PLN, rules: [{units: 100}]}");
    CHECK(soft == run_watched(retailer("  routing: nearest\n")).kpi().units_accepted());
    CHECK(sold("{rules: [{units: 100}]}") == 0);
    const std::uint64_t some = sold("{rules: [{units: 100, from: 00:00, to: 18:00}]}");
    CHECK(some > 0);
    CHECK(some < soft);
}

TEST_CASE("routing in a run: a channel that sells on its view, or from a counter, does not promise protected units") {
    for (const char* channel : {"{reservation: none, decides_on: view}", "{reservation: atomic_decrement, decides_on: core}"}) {
        INFO(channel);
        const auto cancelled = [&](const char* protection) {
            const model::RunRecord record =
                run_watched(retailer(std::string(protection) + "  max_split: 5\n  channels: {web: " + channel +
                                         "}\n  edges: {stock: {to: web, kind: push}, sales: {from: web, kind: push}}\n",
                                     "network: {nodes: {n1: {daily_lines: 0}}}\n"));
            CHECK(record.kpi().units_accepted() > 100);
            return record.kpi().cancelled_units();
        };
        CHECK(cancelled("  protection: {rules: [{kinds: [store], units: 3}]}\n") == 0);
        // Soft protection gives way, so what is shown is also served.
        CHECK(cancelled("  protection: {strength: soft, rules: [{kinds: [store], units: 3}]}\n") == 0);
    }
}

TEST_CASE("routing in a run: a node takes so many lines a day from other nodes' places, and its own as before") {
    const auto limited = [](const std::string& limit) {
        return retailer("  routing: nearest\n  max_split: 1\n",
                        "stock: !replace [{each: 14}, {nodes: [s1], each: 400}]\n"
                        "network: {nodes: {dc: {ships: false}, n2: {ships: false}, s2: {ships: false}" +
                            limit + "}}\n");
    };
    const model::RunRecord free = run_watched(limited(""));
    const model::RunRecord none = run_watched(limited(", n1: {daily_spillover: 0}, s1: {daily_spillover: 0}"));
    const model::RunRecord ten = run_watched(limited(", n1: {daily_spillover: 0}, s1: {daily_spillover: 10}"));
    CHECK(none.kpi().orders_accepted() < ten.kpi().orders_accepted());
    CHECK(ten.kpi().orders_accepted() < free.kpi().orders_accepted());
    // Ten lines, of at most two units each: the north's, which is most of the demand.
    CHECK(shipped(ten, "s1") >= shipped(none, "s1") + 10);
    CHECK(shipped(ten, "s1") <= shipped(none, "s1") + 20);
    CHECK(shipped(ten, "n1") == shipped(none, "n1"));
}

TEST_CASE("routing in a run: an order that costs more than it is worth is declined, and counted as that") {
    // Two SKUs that no node has together; two parcels weigh 16 PLN and more.
    const std::string stock =
        "stock: !replace [{nodes: [n1], skus: [sku-1], each: 400}, {nodes: [s1], skus: [sku-2], each: 400}]\n"
        "catalogue: {skus: 2}\npersonas: {anyone: {lines_mean: 3, second_unit: 0%}}\n"
        "network: {nodes: {n1: {parcel_cost: 8 PLN, daily_lines: 0}, s1: {parcel_cost: 8 PLN}}}\n";
    const auto declining = [&](const std::string& cost, const std::string& channel) {
        return run_watched(retailer("  routing: cheapest\n  split_policy: {decline_cost: " + cost + "}\n" + channel, stock));
    };
    const std::string late = "  channels: {web: {reservation: none, decides_on: core}}\n  edges: {s: {from: web, kind: push}}\n";
    const model::RunRecord at_once = declining("12 PLN", "");
    CHECK(at_once.kpi().declined_units() > 100);
    CHECK(at_once.kpi().declined_orders() == 0);  // refused before they were orders
    CHECK(at_once.kpi().split_rate() == 0);
    const model::RunRecord afterwards = declining("12 PLN", late);
    CHECK(afterwards.kpi().declined_orders() > 100);
    CHECK(afterwards.kpi().declined_orders() == afterwards.kpi().cancelled_orders());
    CHECK(afterwards.kpi().declined_units() == afterwards.kpi().cancelled_units());
    CHECK(afterwards.kpi().split_rate() == 0);
    const model::RunRecord never = declining("1000 PLN", late);
    CHECK(never.kpi().declined_units() == 0);
    CHECK(never.kpi().split_rate() > 0.3);
}

TEST_CASE("routing in a run: a failed pick corrects the record by its reason") {
    const std::string wrong = "accuracy: {missing_mean: 0.5, unrecorded_mean: 1, pick_miss: 10%, pick_failures: ";
    const auto picked = [&](const std::string& shares) {
        return run_watched(retailer("  routing: nearest\n", wrong + shares + "}\n")).kpi();
    };
    const model::Kpi plain = picked("{not_found: 100%}");
    CHECK(plain.failed_picks() > 20);
    CHECK(plain.mismatched_picks() == 0);
    CHECK(plain.damaged_units() == 0);
    const model::Kpi other = picked("{mismatch: 100%}");
    CHECK(other.mismatched_picks() > 10);
    CHECK(other.counted_units() > plain.counted_units());  // the other item's record as well
    CHECK(other.record_shortage_units() < plain.record_shortage_units());
    const model::Kpi damaged = picked("{damaged: 50%, not_found: 50%}");
    CHECK(damaged.damaged_units() > 5);
    CHECK(damaged.mismatched_picks() == 0);
}

}  // namespace lastunit::sim_tests
