// What breaks, for how long, and that it is mended: each fault at both of its ends.
#include "sim/fault_windows.hpp"

#include "reports/balance.hpp"
#include "tests/sim/parts.hpp"

namespace lastunit::sim_tests {

using model::FaultKind;
using model::OversoldCause;
using sim::Mishap;

namespace {

const char* const kEdges =
    "  edges: {stock: {to: web, kind: push, latency: 10s}, tills: {from: pos, kind: push, latency: 5s}, "
    "orders: {from: web, kind: push, latency: 2s}}\n";
const char* const kHosts =
    "  core: {host: oms, service: 1s}\n  hosts: {oms: {}, broker: {}}\n"
    "  links: {wire: {between: [oms, broker], latency: 1s}}\n"
    "  edges: {stock: {to: web, kind: push, via: broker, service: 4s}, orders: {from: web, kind: push, via: broker, service: "
    "4s}}\n";

model::Scenario shop_with(const char* design, const model::Fault& what) {
    model::Scenario scenario = shop(design);
    scenario.faults.push_back(what);
    return scenario;
}

// Numbers that a child process reports, in words.
template <class Work> std::string in_child(Work work) {
    return tests::in_child([&] {
        std::ostringstream text;
        work(text);
        return text.str();
    });
}

// All balances close, and nothing is open any more.
void check_ended(const model::RunRecord& record) {
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    CHECK(record.balance().orders_open() == 0);
    CHECK(record.balance().shoppers_active() == 0);
}

}  // namespace

// --- windows ---

TEST_CASE("fault windows: one at its own time, until the horizon where it has no length") {
    const SimTime horizon = SimTime{0} + hours(10);
    const auto one = sim::fault_windows(fault(FaultKind::partition, minutes(10), minutes(5)), 0, 1, horizon);
    REQUIRE(one.size() == 1);
    CHECK(one[0].from == SimTime{0} + minutes(10));
    CHECK(one[0].until == SimTime{0} + minutes(15));
    const auto endless = sim::fault_windows(fault(FaultKind::partition, minutes(10), Duration{0}), 0, 1, horizon);
    CHECK(endless[0].until == horizon);
}

TEST_CASE("fault windows: at random they begin as a Poisson process, and those that overlap are one") {
    model::Fault often = fault(FaultKind::partition, Duration{0}, minutes(1));
    often.rate = 1.0 / 600;  // per second: every ten minutes
    const SimTime horizon = SimTime{0} + hours(1000);
    const auto windows = sim::fault_windows(often, 0, 1, horizon);
    // 6,000 begin; one that begins within the minute of another (9.5 %) makes it longer. Standard deviation below 80.
    CHECK(windows.size() > 5100);
    CHECK(windows.size() < 5750);
    for (std::size_t i = 1; i < windows.size(); ++i) REQUIRE(windows[i - 1].until < windows[i].from);
    CHECK(windows.back().from < horizon);
    CHECK(sim::fault_windows(often, 1, 1, horizon)[0].from != windows[0].from);
    CHECK(sim::fault_windows(often, 0, 2, horizon)[0].from != windows[0].from);
}

// --- the core ---

TEST_CASE("faults: while the core is down its news waits, and is told when it is back") {
    Parts parts(shop_with(kEdges, fault(FaultKind::host_crash, minutes(10), minutes(5))));
    parts.until(minutes(10));
    CHECK_FALSE(parts.faults.core_up());
    CHECK_FALSE(parts.faults.reaches_core(kWeb));
    parts.count(kDc, kFirst, 4);  // a warehouse counts, whatever the core does
    parts.until(minutes(15) + seconds(9));
    CHECK(parts.faults.core_up());
    CHECK(parts.view(kDc, kFirst) == 10);
    parts.until(minutes(15) + seconds(10));
    CHECK(parts.view(kDc, kFirst) == 4);
}

TEST_CASE("faults: sales that would reach a core that is down are sent again, or lost") {
    for (const std::uint32_t attempts : {1U, 10U}) {
        model::Scenario scenario = shop_with(kEdges, fault(FaultKind::host_crash, minutes(10), minutes(5)));
        edge(scenario, "tills").attempts = attempts;
        edge(scenario, "tills").retry_after = minutes(1);
        Parts parts(scenario);
        parts.until(minutes(10));
        parts.sell_at_till(kFirst, 2);
        parts.until(hours(1));
        CHECK(parts.atp(kStore, kFirst) == (attempts == 1 ? 10 : 8));
        CHECK(parts.causes.noted(Mishap::lost_sale, kStore, kFirst) == (attempts == 1 ? 2 : 0));
        CHECK(parts.edges.sales_under_way() == 0);
    }
}

TEST_CASE("faults: without an edge for them, sales wait until the core is back") {
    Parts parts(shop_with("  edges: {stock: {to: web, kind: push}}\n", fault(FaultKind::host_crash, minutes(10), minutes(5))));
    parts.until(minutes(11));
    parts.sell_at_till(kFirst, 2);
    parts.order_on_web(kFirst, 3);
    CHECK(parts.edges.sales_under_way() == 2);
    parts.until(minutes(14));
    CHECK(parts.atp(kStore, kFirst) == 10);
    parts.until(minutes(15));
    CHECK(parts.atp(kStore, kFirst) == 8);
    CHECK(parts.atp(kDc, kFirst) == 7);
    CHECK(parts.edges.sales_under_way() == 0);
}

TEST_CASE("faults: holds in memory are gone after a crash, holds in the journal are not") {
    for (const model::Holds holds : {model::Holds::journaled, model::Holds::in_memory}) {
        model::Scenario scenario = shop_with(kEdges, fault(FaultKind::host_crash, minutes(10), minutes(5)));
        scenario.design.holds = holds;
        Parts parts(scenario);
        const core::Line line{kDc, kFirst, 4};
        parts.core.hold(HoldId(1), kWeb, {&line, 1}, hours(5));
        parts.core.hold(HoldId(2), kWeb, {&line, 1}, minutes(1));
        parts.until(minutes(14));
        CHECK(parts.core.ledger().live_holds() == 1);
        parts.until(minutes(15));
        const bool lost = holds == model::Holds::in_memory;
        CHECK(parts.core.ledger().live_holds() == (lost ? 0 : 1));
        CHECK(parts.core.holds().released == (lost ? 1 : 0));
        CHECK(parts.core.holds().expired == 1);
        CHECK(parts.core.units_held() == (lost ? 0 : 4));
    }
}

TEST_CASE("faults: an order that finds no node waits for a core that is down, and is planned when it is back") {
    Parts parts(shop_with(kEdges, fault(FaultKind::host_crash, minutes(5), hours(2))));
    parts.count(kDc, kFirst, 0);
    parts.order_on_web(kFirst, 1);
    parts.until(minutes(6));
    parts.count(kDc, kFirst, 10);
    parts.until(hours(2));
    CHECK(parts.orders.open_orders() == 1);
    parts.until(hours(3));
    CHECK(parts.orders.open_orders() == 0);
    CHECK(parts.recorder.of(kWeb).shipped_units == 1);
}

// --- hosts and links ---

TEST_CASE("faults: a core that is down books no second payment, and does when it is back") {
    Parts parts(shop_with(kEdges, fault(FaultKind::host_crash, minutes(10), minutes(5))));
    const std::uint32_t order = parts.order_on_web(kFirst, 1);
    parts.until(minutes(11));
    CHECK(parts.atp(kDc, kFirst) == 9);
    parts.payments.told_again(order);
    CHECK(parts.atp(kDc, kFirst) == 9);
    parts.until(minutes(16));
    CHECK(parts.atp(kDc, kFirst) == 8);
}

TEST_CASE("faults: an order that is taken back while the core is down keeps its units until the core is back") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::host_crash, minutes(10), minutes(5)));
    scenario.network.nodes[kDc.value].pick.workers = 1;
    scenario.network.nodes[kDc.value].pick.service = model::constant(hours(1));
    Parts parts(scenario);
    parts.order_on_web(kSecond, 1);  // keeps the picker
    const std::uint32_t order = parts.order_on_web(kFirst, 1);
    parts.until(minutes(11));
    CHECK(parts.atp(kDc, kFirst) == 9);
    parts.orders.take_back(order);
    CHECK(parts.atp(kDc, kFirst) == 9);
    CHECK(parts.orders.open_orders() == 2);
    parts.until(minutes(16));
    CHECK(parts.atp(kDc, kFirst) == 10);
}

TEST_CASE("faults: what a channel sells while it is cut off is held against the record that it remembers") {
    model::Scenario scenario = shop_with("  cut_off: sell_on_view\n", fault(FaultKind::partition, minutes(10), minutes(5)));
    scenario.faults.back().channels = {kWeb.value};
    scenario.design.channels[kWeb.value].decides_on = model::DecidesOn::core;
    Parts parts(scenario);
    parts.causes.note(Mishap::phantom, kDc, kFirst, 1);
    parts.until(minutes(11));
    parts.count(kDc, kFirst, 0);  // all sold elsewhere, and the web cannot know
    CHECK(parts.why_oversold(kFirst, 5) == OversoldCause::stale_view);
    CHECK(parts.why_oversold(kFirst, 10) == OversoldCause::phantom_stock);  // nine were never there
}

TEST_CASE("faults: a crash of the broker loses what is on it, and what comes meanwhile") {
    const std::string text = in_child([](std::ostream& out) {
        model::Scenario scenario = shop(kHosts);
        scenario.faults.push_back(fault(FaultKind::host_crash, seconds(3), minutes(5)));
        scenario.faults.back().host = 1;
        Parts parts(scenario);
        parts.count(kDc, kFirst, 4);  // at the broker from the first second to the fifth
        parts.until(minutes(2));
        parts.count(kDc, kSecond, 4);
        parts.until(minutes(5) + seconds(10));
        parts.count(kDc, kThird, 4);
        parts.until(minutes(6));
        out << parts.view(kDc, kFirst) << " " << parts.view(kDc, kSecond) << " " << parts.view(kDc, kThird) << ", lost "
            << parts.statistics("stock").lost;
    });
    CHECK(text == "10 10 4, lost 2");
}

TEST_CASE("faults: messages on a link that goes down are sent again until it is up") {
    const std::string text = in_child([](std::ostream& out) {
        model::Scenario scenario = shop(kHosts);
        scenario.faults.push_back(fault(FaultKind::link_down, milliseconds(500), seconds(20)));
        scenario.faults.back().links = {0};
        edge(scenario, "stock").attempts = 10;
        Parts parts(scenario);
        parts.count(kDc, kFirst, 4);
        // Fails at 0.5 s; sent again at 1.5, 3.5, 7.5, 15.5 and 31.5 s; then a second on the link and four at the broker.
        parts.until(milliseconds(36'400));
        out << parts.view(kDc, kFirst) << " ";
        parts.until(milliseconds(36'600));
        out << parts.view(kDc, kFirst) << ", resent " << parts.statistics("stock").resent;
    });
    CHECK(text == "10 4, resent 5");
}

TEST_CASE("faults: a crash of the core's host fails the command that it works on") {
    const std::string text = in_child([](std::ostream& out) {
        model::Scenario scenario = shop(kHosts);
        scenario.faults.push_back(fault(FaultKind::host_crash, milliseconds(5'500), minutes(5)));
        edge(scenario, "orders").attempts = 20;
        edge(scenario, "orders").retry_after = minutes(1);
        Parts parts(scenario);
        parts.order_on_web(kFirst, 3);  // four seconds at the broker, one on the link, one in the core
        parts.until(minutes(5));
        out << parts.atp(kDc, kFirst) << " ";
        parts.until(minutes(30));
        out << parts.atp(kDc, kFirst) << ", under way " << parts.edges.sales_under_way();
    });
    CHECK(text == "10 7, under way 0");
}

TEST_CASE("faults: under two faults a slow host is as slow as the worst, and quick again after both") {
    const std::string text = in_child([](std::ostream& out) {
        model::Scenario scenario = shop(kHosts);
        for (const auto& [from, until, factor] : {std::tuple{100, 400, 10}, {200, 300, 20}}) {
            scenario.faults.push_back(fault(FaultKind::slow_host, seconds(from), seconds(until - from)));
            scenario.faults.back().host = 1;
            scenario.faults.back().factor = factor;
        }
        Parts parts(scenario);
        Quantity units = 10;
        for (const int at : {0, 100, 200, 300, 400}) {
            parts.until(seconds(at));
            const SimTime sent = parts.world.now;
            parts.count(kDc, kFirst, --units);
            while (parts.view(kDc, kFirst) != units) parts.until(parts.world.now - SimTime{0} + milliseconds(500));
            out << (parts.world.now - sent).seconds() << " ";
        }
    });
    CHECK(text == "5 41 81 41 5 ");
}

TEST_CASE("faults: a shopper whose command the core does not answer finds everything closed, and every balance closes") {
    model::Scenario scenario = load("smoke", {{"run.drain", "10d"}});
    scenario.design.core_service = seconds(5);
    const auto closed = [](const model::RunRecord& record) {
        std::uint64_t units = 0;
        for (const model::CauseCount& cause : record.kpi().undersold_causes())
            if (cause.cause() == model::name_of(model::UndersoldCause::node_closed)) units = cause.units();
        return units;
    };
    const std::uint64_t without = closed(run(scenario, 1));
    scenario.faults.push_back(fault(FaultKind::host_crash, hours(2), minutes(40)));
    const model::RunRecord record = run(scenario, 1);
    check_ended(record);
    CHECK(closed(record) > without);
    REQUIRE(record.faults_size() == 1);
    CHECK(record.faults(0).kind() == "host_crash");
    CHECK(record.faults(0).from_s(0) == 7200);
    CHECK(record.faults(0).until_s(0) == 9600);
}

// --- stalls and a slow disk ---

TEST_CASE("faults: a stalled core without a host answers nothing, loses nothing, and then answers all of it") {
    Parts parts(shop_with(kEdges, fault(FaultKind::stall, seconds(10), seconds(60))));
    parts.until(seconds(9));
    parts.order_on_web(kFirst, 3);  // at the core two seconds later
    parts.until(milliseconds(69'900));
    CHECK(parts.atp(kDc, kFirst) == 10);
    CHECK(parts.statistics("orders").lost + parts.statistics("orders").resent == 0);
    parts.until(milliseconds(70'100));
    CHECK(parts.atp(kDc, kFirst) == 7);
    parts.order_on_web(kFirst, 3);  // as quick as ever
    parts.until(milliseconds(72'200));
    CHECK(parts.atp(kDc, kFirst) == 4);
}

TEST_CASE("faults: what a stalled host has begun it finishes when it goes on, the core's and others alike") {
    for (const auto& [host, from_ms, done_ms] :
         {std::tuple{model::kNoHost, 5'500, 66'000}, {std::uint16_t{0}, 5'500, 66'000}, {std::uint16_t{1}, 2'000, 66'000}}) {
        const std::string text = in_child([&, on = host, from = from_ms, done = done_ms](std::ostream& out) {
            model::Scenario scenario = shop(kHosts);
            scenario.faults.push_back(fault(FaultKind::stall, milliseconds(from), seconds(60)));
            scenario.faults.back().host = on;
            Parts parts(scenario);
            parts.order_on_web(kFirst, 3);  // four seconds at the broker, one on the link, one in the core
            parts.until(milliseconds(done - 10));
            out << parts.atp(kDc, kFirst) << " ";
            parts.until(milliseconds(done + 10));
            out << parts.atp(kDc, kFirst) << ", lost " << parts.statistics("orders").lost;
        });
        CHECK(text == "10 7, lost 0");
    }
}

TEST_CASE("faults: a crash of a stalled core fails what waits there, and it is sent again") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::stall, seconds(10), seconds(60)));
    scenario.faults.push_back(fault(FaultKind::host_crash, seconds(30), seconds(5)));
    edge(scenario, "orders").attempts = 5;
    edge(scenario, "orders").retry_after = seconds(90);
    Parts parts(scenario);
    parts.until(seconds(9));
    parts.order_on_web(kFirst, 3);
    parts.until(seconds(31));
    CHECK(parts.atp(kDc, kFirst) == 10);
    parts.until(seconds(119));  // the stall is over, and nobody waits any more
    CHECK(parts.atp(kDc, kFirst) == 10);
    parts.until(seconds(123));
    CHECK(parts.atp(kDc, kFirst) == 7);
    CHECK(parts.statistics("orders").resent == 1);
}

TEST_CASE("faults: on a slow disk the core answers later, by the slowest of several, and as ever afterwards") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::slow_disk, seconds(0), seconds(60)));
    scenario.faults.back().delay = seconds(3);
    scenario.faults.push_back(fault(FaultKind::slow_disk, seconds(0), seconds(60)));
    scenario.faults.back().delay = seconds(1);
    Parts parts(scenario);
    parts.order_on_web(kFirst, 3);
    parts.until(milliseconds(4'900));
    CHECK(parts.atp(kDc, kFirst) == 10);
    parts.until(milliseconds(5'100));
    CHECK(parts.atp(kDc, kFirst) == 7);
    parts.until(seconds(60));
    parts.order_on_web(kFirst, 3);
    parts.until(milliseconds(62'100));
    CHECK(parts.atp(kDc, kFirst) == 4);
}

TEST_CASE("faults: a slow disk leaves the core's host free: commands wait for it together") {
    const std::string text = in_child([](std::ostream& out) {
        model::Scenario scenario = shop(kHosts);
        scenario.faults.push_back(fault(FaultKind::slow_disk, seconds(0), minutes(5)));
        scenario.faults.back().delay = seconds(30);
        Parts parts(scenario);
        parts.order_on_web(kFirst, 3);
        parts.until(seconds(10));
        parts.order_on_web(kSecond, 3);  // six seconds until its host is done with it, while the first one waits for the disk
        parts.until(milliseconds(35'900));
        out << parts.atp(kDc, kFirst) << " ";
        parts.until(milliseconds(36'100));
        out << parts.atp(kDc, kFirst) << " " << parts.atp(kDc, kSecond) << " ";
        parts.until(milliseconds(46'100));
        out << parts.atp(kDc, kSecond);
    });
    CHECK(text == "10 7 10 7");
}

TEST_CASE("faults: shoppers wait for a stalled core and a slow disk, nobody is turned away, and every balance closes") {
    for (const Duration service : {Duration{0}, milliseconds(50)}) {
        model::Scenario scenario = load("smoke", {{"run.drain", "10d"}});
        scenario.design.core_service = service;
        const model::RunRecord calm = run(scenario, 1);
        scenario.faults.push_back(fault(FaultKind::stall, hours(2), minutes(10)));
        scenario.faults.push_back(fault(FaultKind::slow_disk, hours(3), hours(1)));
        scenario.faults.back().delay = seconds(20);
        const model::RunRecord record = run(scenario, 1);
        check_ended(record);
        CHECK(record.kpi().decision_s().max() > 100);
        CHECK(calm.kpi().decision_s().max() < 100);
        REQUIRE(record.faults_size() == 2);
        CHECK(record.faults(0).kind() == "stall");
        CHECK(record.faults(1).kind() == "slow_disk");
    }
}

// --- edges ---

TEST_CASE("faults: an edge that is down fails what is under way, and what is sent meanwhile") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::link_down, minutes(10), minutes(5)));
    scenario.faults.back().edges = {number_of(scenario, "stock")};
    Parts parts(scenario);
    parts.until(minutes(10) - seconds(1));
    parts.count(kDc, kFirst, 4);
    parts.until(minutes(12));
    parts.count(kDc, kSecond, 4);
    parts.until(minutes(15));
    parts.count(kDc, kThird, 4);
    parts.until(minutes(16));
    CHECK(parts.view(kDc, kFirst) == 10);
    CHECK(parts.view(kDc, kSecond) == 10);
    CHECK(parts.view(kDc, kThird) == 4);
    CHECK(parts.statistics("stock").lost == 2);
}

TEST_CASE("faults: under a partition a poll asks in vain and loses nothing, and a cache serves its old copy") {
    for (const char* kind : {"kind: poll, interval: 1min", "kind: cache, ttl: 1min"}) {
        model::Scenario scenario = shop_with((std::string("  edges: {stock: {to: web, ") + kind + "}}\n").c_str(),
                                             fault(FaultKind::partition, minutes(10), minutes(5)));
        scenario.faults.back().channels = {kWeb.value};
        Parts parts(scenario);
        parts.until(minutes(9));
        REQUIRE(parts.edges.read(kWeb, kFirst)[kDc.value] == 10);
        parts.until(minutes(11));
        CHECK_FALSE(parts.faults.reaches_core(kWeb));
        CHECK(parts.faults.reaches_core(kPos));
        parts.count(kDc, kFirst, 4);
        parts.until(minutes(14));
        CHECK(parts.edges.read(kWeb, kFirst)[kDc.value] == 10);
        parts.until(minutes(17));
        CHECK(parts.faults.reaches_core(kWeb));
        CHECK(parts.edges.read(kWeb, kFirst)[kDc.value] == 4);
    }
}

TEST_CASE("faults: what arrives at a stuck consumer is applied when it goes on, in the order of arrival") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::stuck_consumer, minutes(10), minutes(5)));
    scenario.faults.back().edges = {number_of(scenario, "stock"), number_of(scenario, "tills")};
    Parts parts(scenario);
    parts.until(minutes(11));
    for (Quantity units = 9; units >= 6; --units) parts.count(kDc, kFirst, units);
    parts.sell_at_till(kSecond, 2);
    parts.until(minutes(14));
    CHECK(parts.view(kDc, kFirst) == 10);
    CHECK(parts.atp(kStore, kSecond) == 10);
    parts.until(minutes(15));
    CHECK(parts.view(kDc, kFirst) == 6);
    CHECK(parts.atp(kStore, kSecond) == 8);
    CHECK(parts.statistics("stock").queue_peak == 4);
    CHECK(parts.edges.sales_under_way() == 0);
}

// --- stores, clocks and configuration ---

TEST_CASE("faults: an offline till keeps its sales and tells them when it is back, some of them twice") {
    for (const double twice : {0.0, 1.0}) {
        model::Scenario scenario = shop_with(kEdges, fault(FaultKind::pos_offline, minutes(10), minutes(5)));
        scenario.faults.back().synced_twice = twice;
        Parts parts(scenario);
        parts.until(minutes(11));
        parts.sell_at_till(kFirst, 2);
        parts.until(minutes(14));
        CHECK(parts.atp(kStore, kFirst) == 10);
        CHECK(parts.causes.noted(Mishap::offline_sale, kStore, kFirst) == 2);
        CHECK(parts.edges.sales_under_way() == 1);
        parts.until(minutes(15) + seconds(5));
        CHECK(parts.atp(kStore, kFirst) == (twice > 0 ? 6 : 8));
        CHECK(parts.causes.noted(Mishap::offline_sale, kStore, kFirst) == 0);
        CHECK(parts.causes.noted(Mishap::booked_twice, kStore, kFirst) == (twice > 0 ? -2 : 0));
        CHECK(parts.edges.sales_under_way() == 0);
    }
}

TEST_CASE("faults: of two that take a till off line the one that lasts still tells how much of it is told twice") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::pos_offline, minutes(10), minutes(10)));
    scenario.faults.back().synced_twice = 0.5;
    scenario.faults.push_back(fault(FaultKind::pos_offline, minutes(15), minutes(15)));
    scenario.faults.back().synced_twice = 0.25;
    Parts parts(scenario);
    parts.until(minutes(11));
    CHECK(parts.faults.synced_twice(kStore) == 0.5);
    parts.until(minutes(16));
    CHECK(parts.faults.synced_twice(kStore) == 0.5);  // the worst of those that are there
    parts.until(minutes(21));
    CHECK(parts.faults.synced_twice(kStore) == 0.25);
    parts.until(minutes(31));
    CHECK(parts.faults.synced_twice(kStore) == 0);
}

TEST_CASE("faults: tills elsewhere are not offline") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::pos_offline, minutes(10), minutes(5)));
    scenario.faults.back().nodes = {kDc};
    Parts parts(scenario);
    parts.until(minutes(11));
    CHECK(parts.faults.offline(kDc));
    CHECK_FALSE(parts.faults.offline(kStore));
}

TEST_CASE("faults: clocks that are off add up, and are right again") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::clock_skew, minutes(10), minutes(5)));
    scenario.faults.back().skew = minutes(3);
    scenario.faults.push_back(fault(FaultKind::clock_skew, minutes(12), minutes(5)));
    scenario.faults.back().skew = minutes(-1);
    scenario.faults.push_back(fault(FaultKind::clock_skew, minutes(12), minutes(5)));
    scenario.faults.back().skew = minutes(7);
    scenario.faults.back().channels = {kWeb.value};
    Parts parts(scenario);
    parts.until(minutes(11));
    CHECK(parts.faults.skew_of_core() == minutes(3));
    parts.until(minutes(13));
    CHECK(parts.faults.skew_of_core() == minutes(2));
    CHECK(parts.faults.skew(kWeb) == minutes(7));
    CHECK(parts.faults.skew(kPos) == Duration{0});
    parts.until(minutes(20));
    CHECK(parts.faults.skew_of_core() == Duration{0});
    CHECK(parts.faults.skew(kWeb) == Duration{0});
}

TEST_CASE("faults: from a change of configuration on, nodes and channels serve as it says") {
    model::Scenario scenario = shop_with(kEdges, fault(FaultKind::config_change, minutes(10), Duration{0}));
    scenario.faults.back().nodes = {kStore};
    scenario.faults.back().ships = true;
    scenario.faults.back().hands_over = false;
    scenario.faults.back().channels = {kWeb.value};
    scenario.faults.back().buffer = 4;
    scenario.faults.back().sells = std::vector<NodeId>{kStore};
    Parts parts(scenario);
    const auto shown = [&] { return parts.channels.shown(kWeb, kFirst, core::Method::ship, kStore); };
    const auto picks_up_at = [&] { return parts.orders.promise_nodes(kWeb, core::Method::pickup, kStore).size(); };
    parts.count(kStore, kFirst, 9);
    parts.until(minutes(9));
    CHECK(shown() == 10);
    CHECK(picks_up_at() == 1);
    parts.order_on_web(kSecond, 1);
    parts.until(minutes(10));
    CHECK(parts.atp(kDc, kSecond) == 9);
    CHECK(shown() == 5);
    CHECK(picks_up_at() == 0);
    parts.order_on_web(kSecond, 1);
    parts.until(hours(1));
    CHECK(parts.atp(kDc, kSecond) == 9);
    CHECK(parts.atp(kStore, kSecond) == 9);
    CHECK(parts.orders.open_orders() == 0);
}

// --- all at once ---

TEST_CASE("faults: with everything broken in turn every order ends, and every balance closes") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        model::Scenario scenario = load("smoke", {{"run.drain", "10d"}});
        for (const FaultKind kind :
             {FaultKind::host_crash, FaultKind::host_crash, FaultKind::link_down, FaultKind::partition, FaultKind::slow_host,
              FaultKind::pos_offline, FaultKind::clock_skew, FaultKind::stuck_consumer, FaultKind::stall, FaultKind::slow_disk}) {
            model::Fault made = fault(kind, Duration{0}, minutes(7));
            made.rate = 1.0 / 1800;
            made.host = 2;  // the sales' broker
            made.factor = 50;
            made.skew = minutes(5);
            made.delay = seconds(10);
            made.links = {0, 1};
            made.edges = {1, 2, 3};
            made.channels = {0, 2, 3};
            made.synced_twice = 0.2;
            scenario.faults.push_back(made);
        }
        scenario.faults[1].host = model::kNoHost;
        scenario.design.holds = model::Holds::in_memory;
        for (model::Edge& each : scenario.design.edges) {
            each.attempts = 3;
            each.duplicated = 0.1;
            each.rate_limit = 2;
            each.ordering = model::Ordering::newest_stamp;
            each.batch_size = 3;
            if (each.kind == model::EdgeKind::push) each.batch_every = seconds(20);
        }
        const model::RunRecord record = run(scenario, seed);
        REQUIRE(record.kpi().orders_accepted() > 100);
        check_ended(record);
        CHECK(record.kpi().sales_booked_twice() > 0);
        std::uint64_t resent = 0;
        std::uint64_t duplicated = 0;
        std::uint64_t lost = 0;
        for (const model::EdgeKpi& each : record.edges())
            resent += each.resent(), duplicated += each.duplicated(), lost += each.lost();
        CHECK(resent > 20);
        CHECK(duplicated > 20);
        CHECK(lost > 5);
    }
}

}  // namespace lastunit::sim_tests
