// Who is served first at a station, and nodes that may say no.
#include <cmath>
#include <map>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// One store, whose people serve parcels and pick-ups alike; one minute a line, a shopper every 70 seconds.
model::Scenario busy_store() {
    return small_shop(
        "run: {horizon: 100h, drain: 10d}\ncatalogue: {skus: 10}\nstock: !replace [{each: 100000}]\n"
        "network: {nodes: !replace {store: {kind: store, lat: 52, lon: 20, hands_over: true, pick: {workers: 1, service: "
        "1min}}}}\n"
        "channels: {web: {methods: {pickup: 25%, ship: 75%}}}\ndemand: {streams: {all: {rate: 51/h}}}\n");
}

model::OrderClass collected_orders() {
    model::OrderClass one;
    one.methods = 1U << static_cast<unsigned>(core::Method::pickup);
    return one;
}

struct Waits : sim::Probe {
    double sum_s[2] = {};
    std::uint64_t count[2] = {};
    void job_began(NodeId, sim::StationKind kind, core::Method method, ChannelId, Duration waited) override {
        if (kind != sim::StationKind::pick) return;
        const std::size_t who = core::by_parcel(method) ? 1 : 0;
        sum_s[who] += waited.seconds();
        ++count[who];
    }
    double mean(std::size_t who) const { return sum_s[who] / static_cast<double>(count[who]); }
};

struct Means {
    double collected = 0, parcels = 0;
};
Means waits(const model::Scenario& scenario) {
    const std::string answer = tests::in_child([&] {
        Waits seen;
        sim::RunOptions options;
        options.probe = &seen;
        sim::run(scenario, options);
        return std::to_string(seen.mean(0)) + " " + std::to_string(seen.mean(1));
    });
    return {std::stod(answer), std::stod(answer.substr(answer.find(' ')))};
}

// What a node answered, in order, per order.
struct Answers : sim::Probe {
    std::map<std::uint64_t, std::vector<std::pair<double, sim::Answer>>> of;
    void request_answered(SimTime at, std::uint64_t order, NodeId, sim::Answer answer) override {
        of[order].emplace_back(at.seconds(), answer);
    }
};

}  // namespace

TEST_CASE("stations: first come, first served, unless collected orders go first") {
    model::Scenario scenario = busy_store();
    const Means fifo = waits(scenario);
    CHECK(std::abs(fifo.collected - fifo.parcels) < 0.15 * fifo.parcels);
    scenario.network.nodes[0].pick.classes = {collected_orders()};
    const Means first = waits(scenario);
    CHECK(first.collected < fifo.collected / 2);
    CHECK(first.parcels > fifo.parcels);
    CHECK(first.collected > 10);  // whoever is at work finishes first
}

TEST_CASE("stations: collected orders may take a time of their own") {
    model::Scenario scenario = busy_store();
    scenario.network.nodes[0].pick.classes = {collected_orders()};
    scenario.network.nodes[0].pick.classes[0].service = model::constant(Duration{0});
    const Means faster = waits(scenario);
    CHECK(faster.parcels < waits(busy_store()).parcels / 2);
}

TEST_CASE("stations: classes may be channels, and are served in their order") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 200h, drain: 10d}\ncatalogue: {skus: 10}\nstock: !replace [{each: 100000}]\n"
        "network: {nodes: !replace {dc: {kind: warehouse, lat: 52, lon: 20, pick: {workers: 1, service: 1min, classes: {market: "
        "{channels: [market]}, app: {channels: [app]}}}}}}\n"
        "channels: {app: {kind: app}, market: {kind: marketplace}}\n"
        "demand: {streams: !replace {a: {rate: 17/h, channel: web}, b: {rate: 17/h, channel: app}, c: {rate: 17/h, channel: "
        "market}}}\n"
        "design: {channels: {app: {reservation: ledger, decides_on: core}, market: {reservation: ledger, decides_on: core}}}\n");
    struct ByChannel : sim::Probe {
        double sum[3] = {}, count[3] = {};
        void job_began(NodeId, sim::StationKind kind, core::Method, ChannelId channel, Duration waited) override {
            if (kind != sim::StationKind::pick) return;
            sum[channel.value] += waited.seconds();
            ++count[channel.value];
        }
    };
    std::istringstream in(tests::in_child([&] {
        ByChannel seen;
        sim::RunOptions options;
        options.probe = &seen;
        sim::run(scenario, options);
        std::string out;
        for (int i = 0; i < 3; ++i) out += std::to_string(seen.sum[i] / seen.count[i]) + " ";
        return out;
    }));
    double web = 0, app = 0, market = 0;
    in >> web >> app >> market;
    // R / ((1 - s_{k-1})(1 - s_k)), R = 51/h (1 min)^2 / 2: 35.6 s, 82 s, 391 s.
    CHECK(std::abs(market - 35.6) < 4);
    CHECK(std::abs(app - 82) < 10);
    CHECK(std::abs(web - 391) < 110);
}

TEST_CASE("stations: the order that is due first goes first") {
    // Pick-ups are due after two hours, parcels after two days; both come at once.
    model::Scenario scenario = busy_store();
    scenario.network.nodes[0].pick.order = model::ServiceOrder::due_first;
    const Means due = waits(scenario);
    scenario.network.nodes[0].pick.order = model::ServiceOrder::fifo;
    scenario.network.nodes[0].pick.classes = {collected_orders()};
    const Means classes = waits(scenario);  // no parcel waits for so long that it would be due before a pick-up
    CHECK(due.collected == Approx(classes.collected));
    CHECK(due.parcels == Approx(classes.parcels));
}

TEST_CASE("nodes: one after the other is asked, and a refusal takes its time") {
    // Three nodes that accept with 0.7 each, 20 minutes for a refusal.
    model::Scenario scenario = small_shop(
        "run: {horizon: 100h, drain: 10d}\ncatalogue: {skus: 10}\nstock: !replace [{each: 100000}]\n"
        "network: {nodes: {b: {kind: store, lat: 52, lon: 20}, c: {kind: store, lat: 52, lon: 21}}}\n"
        "demand: {streams: !replace {all: {exactly: 4000}}}\n");
    for (model::Node& node : scenario.network.nodes) {
        node.accepts = 0.7;
        node.refusal_time = model::constant(minutes(20));
    }
    const std::string bytes = tests::in_child([&] {
        Answers answers;
        sim::RunOptions options;
        options.probe = &answers;
        const model::RunRecord record = sim::run(scenario, options);
        double attempts = 0, delay = 0, accepted = 0;
        for (const auto& [order, of] : answers.of) {
            attempts += static_cast<double>(of.size());
            if (of.back().second != sim::Answer::accepts) continue;
            ++accepted;
            delay += 20.0 * static_cast<double>(of.size() - 1);
            if (of.size() > 1 && of.back().first != of[of.size() - 2].first) delay = 1e9;  // asked at once after the refusal
        }
        const double orders = static_cast<double>(answers.of.size());
        return std::to_string(attempts / orders) + " " + std::to_string(delay / accepted) + " " +
               std::to_string(record.kpi().cancelled_orders()) + " " + std::to_string(record.kpi().shipped_units());
    });
    std::istringstream in(bytes);
    double attempts = 0, delay = 0, cancelled = 0, shipped = 0;
    in >> attempts >> delay >> cancelled >> shipped;
    CHECK(std::abs(attempts - 1.39) < 0.04);
    CHECK(std::abs(delay - 6.906) < 0.7);
    CHECK(std::abs(cancelled - 108) < 42);  // 0.3^3 of them
    CHECK(shipped == 4000 - cancelled);
}

TEST_CASE("nodes: a refusal leaves the record as it is, and no allocation behind") {
    model::Scenario scenario = small_shop(
        "run: {horizon: 10h, drain: 10d}\ncatalogue: {skus: 10}\nstock: !replace [{each: 100}]\n"
        "personas: {anyone: {lines_mean: 2}}\n");
    scenario.network.nodes[0].accepts = 0.5;
    scenario.network.nodes[0].refusal_time = model::constant(minutes(20));
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().cancelled_orders() > 100);
    CHECK(record.kpi().failed_picks() == 0);
    CHECK(record.kpi().most_reroutes() == 1);
    CHECK(record.kpi().record_excess_units() + record.kpi().record_shortage_units() == 0);
    CHECK(record.kpi().cancelled_with_stock_units() == record.kpi().cancelled_units());
    CHECK(record.balance().orders_open() == 0);
    // Taken back while the node thinks about it.
    scenario.personas[0].cancels = 1;
    scenario.personas[0].cancels_after = model::constant(minutes(10));
    const model::RunRecord taken = run_watched(scenario);
    CHECK(taken.kpi().taken_back_units() > 100);
    CHECK(taken.kpi().cancelled_orders() == 0);
    CHECK(taken.balance().orders_open() == 0);
}

}  // namespace lastunit::sim_tests
