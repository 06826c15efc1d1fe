// What an edge may do to the news that it carries, told by what the channel then believes.
#include "tests/sim/parts.hpp"

namespace lastunit::sim_tests {

using model::Content;
using model::Ordering;
using model::OversoldCause;
using sim::Mishap;

namespace {

const char* const kPush = "  edges: {stock: {to: web, kind: push, latency: 10s}}\n";
const char* const kSales =
    "  edges: {stock: {to: web, kind: push, latency: 10s}, tills: {from: pos, kind: push, latency: 5s}, "
    "orders: {from: web, kind: push, latency: 2s}}\n";

// The latency of the first messages is drawn; the tests look for a seed with the draws that they are about.
std::uint64_t seed_in_which(const model::Scenario& scenario, std::uint8_t edge, bool (*wanted)(Duration, Duration)) {
    for (std::uint64_t seed = 1;; ++seed) {
        const auto latency = [&](std::uint64_t message) {
            return scenario.design.edges[edge].latency.sample_time(
                model::uniform(seed, model::Purpose::edge_latency, (std::uint64_t{edge} << 56U) | message));
        };
        if (wanted(latency(1), latency(2))) return seed;
    }
}

bool second_overtakes(Duration first, Duration second) { return first > second + seconds(5) && second > seconds(1); }

}  // namespace

TEST_CASE("edges: a lost absolute message leaves the view wrong until the next one") {
    model::Scenario scenario = shop(kPush);
    edge(scenario, "stock").loss = 1;
    Parts parts(scenario);
    parts.count(kDc, kFirst, 4);
    parts.until(minutes(1));
    CHECK(parts.view(kDc, kFirst) == 10);
    CHECK(parts.statistics("stock").lost == 1);
    CHECK(parts.statistics("stock").dead_letters == 1);
    // Six units too many: who is promised more than four is misled by the message.
    CHECK(parts.why_oversold(kFirst, 4) == OversoldCause::stale_view);
    CHECK(parts.why_oversold(kFirst, 5) == OversoldCause::lost_message);
    parts.world.configured.edges[0].loss = 0;
    parts.count(kDc, kFirst, 3);
    parts.until(minutes(2));
    CHECK(parts.view(kDc, kFirst) == 3);
    CHECK(parts.why_oversold(kFirst, 3) == OversoldCause::stale_view);
}

TEST_CASE("edges: a lost change is missing for good, until something absolute comes") {
    model::Scenario scenario =
        shop("  edges: {stock: {to: web, kind: push, content: delta}, nightly: {to: web, kind: snapshot, interval: 1h}}\n");
    edge(scenario, "stock").loss = 1;
    Parts parts(scenario);
    parts.until(seconds(1));
    parts.count(kDc, kFirst, 4);
    parts.world.configured.edges[0].loss = 0;
    parts.count(kDc, kFirst, 3);
    parts.until(minutes(50));
    CHECK(parts.view(kDc, kFirst) == 9);  // heard of one of seven
    CHECK(parts.why_oversold(kFirst, 4) == OversoldCause::lost_message);
    parts.until(minutes(61));
    CHECK(parts.view(kDc, kFirst) == 3);
    CHECK(parts.why_oversold(kFirst, 3) == OversoldCause::stale_view);
}

TEST_CASE("edges: a lost message is sent again after pauses that double, and then given up") {
    model::Scenario scenario = shop(kPush);
    edge(scenario, "stock").loss = 1;
    edge(scenario, "stock").attempts = 4;
    edge(scenario, "stock").retry_after = seconds(10);
    Parts parts(scenario);
    parts.count(kDc, kFirst, 4);
    for (const auto& [at, resent] : {std::pair{9, 0}, {10, 1}, {29, 1}, {30, 2}, {69, 2}, {70, 3}, {1000, 3}}) {
        parts.until(seconds(at));
        INFO("after " << at << " s");
        CHECK(parts.statistics("stock").resent == static_cast<std::uint64_t>(resent));
    }
    CHECK(parts.statistics("stock").lost == 1);
}

TEST_CASE("edges: who is sent again arrives, late, with what it said at first") {
    model::Scenario scenario = shop(kPush);
    edge(scenario, "stock").loss = 0.5;
    edge(scenario, "stock").attempts = 50;
    Parts parts(scenario);
    for (Quantity units = 9; units >= 0; --units) parts.count(kDc, kFirst, units);
    parts.until(hours(9));
    CHECK(parts.view(kDc, kFirst) == 0);
    CHECK(parts.statistics("stock").resent > 3);
    CHECK(parts.statistics("stock").lost == 0);
}

TEST_CASE("edges: a dead letter waits until somebody sends it again") {
    model::Scenario scenario = shop(kPush);
    edge(scenario, "stock").loss = 1;
    edge(scenario, "stock").attempts = 2;
    edge(scenario, "stock").dead_letter_resent_after = hours(2);
    Parts parts(scenario);
    parts.count(kDc, kFirst, 4);
    parts.until(hours(1));
    CHECK(parts.statistics("stock").dead_letters == 1);
    parts.world.configured.edges[0].loss = 0;
    parts.until(hours(2) + seconds(10));  // one second for the second sending, ten for the way
    CHECK(parts.view(kDc, kFirst) == 10);
    parts.until(hours(2) + seconds(11));
    CHECK(parts.view(kDc, kFirst) == 4);
    CHECK(parts.statistics("stock").lost == 0);
    CHECK(parts.edges.rescued_by_hand() == 1);
}

TEST_CASE("edges: a till's sale whose message is lost stays on record for good") {
    model::Scenario scenario = shop(kSales);
    edge(scenario, "tills").loss = 1;
    Parts parts(scenario);
    parts.sell_at_till(kFirst, 2);
    parts.until(hours(9));
    CHECK(parts.atp(kStore, kFirst) == 10);
    CHECK(parts.causes.noted(Mishap::lost_sale, kStore, kFirst) == 2);
    CHECK(parts.edges.sales_under_way() == 0);
}

TEST_CASE("edges: an order whose message is lost is cancelled in the end, and misleads until then") {
    model::Scenario scenario = shop(kSales);
    edge(scenario, "orders").loss = 1;
    Parts parts(scenario);
    parts.order_on_web(kFirst, 3);
    CHECK(parts.causes.noted(Mishap::lost_sale, kDc, kFirst) == 3);
    parts.until(minutes(59));
    CHECK(parts.orders.open_orders() == 1);
    parts.until(minutes(60));
    CHECK(parts.orders.open_orders() == 0);
    CHECK(parts.causes.noted(Mishap::lost_sale, kDc, kFirst) == 0);
}

TEST_CASE("edges: a till's sale that arrives twice is booked twice, an order that does is known") {
    model::Scenario scenario = shop(kSales);
    edge(scenario, "tills").duplicated = edge(scenario, "orders").duplicated = 1;
    edge(scenario, "tills").duplicated_after = edge(scenario, "orders").duplicated_after = model::constant(minutes(1));
    Parts parts(scenario);
    parts.sell_at_till(kFirst, 2);
    parts.order_on_web(kSecond, 3);
    parts.until(seconds(64));
    CHECK(parts.atp(kStore, kFirst) == 8);
    CHECK(parts.statistics("tills").duplicated == 0);
    parts.until(seconds(65));
    CHECK(parts.atp(kStore, kFirst) == 6);
    CHECK(parts.causes.noted(Mishap::booked_twice, kStore, kFirst) == -2);
    CHECK(parts.recorder.of(kPos).sales_booked_twice == 1);
    CHECK(parts.statistics("tills").duplicated == 1);
    CHECK(parts.statistics("orders").duplicated == 1);
    CHECK(parts.atp(kDc, kSecond) == 7);
    CHECK(parts.edges.sales_under_way() == 0);
}

TEST_CASE("edges: a change that arrives twice counts twice, an absolute value does not") {
    for (const Content content : {Content::delta, Content::absolute}) {
        model::Scenario scenario = shop(kPush);
        edge(scenario, "stock").content = content;
        edge(scenario, "stock").duplicated = 1;
        Parts parts(scenario);
        parts.count(kDc, kFirst, 14);
        parts.until(minutes(1));
        CHECK(parts.view(kDc, kFirst) == (content == Content::delta ? 18 : 14));
        CHECK(parts.why_oversold(kFirst, 15) ==
              (content == Content::delta ? OversoldCause::duplicate_message : OversoldCause::stale_view));
        CHECK(parts.statistics("stock").duplicated == 1);
    }
}

TEST_CASE("edges: as they arrive, a slow message undoes a newer one; in order it does not") {
    for (const Ordering ordering : {Ordering::in_order, Ordering::as_arrived, Ordering::newest_stamp}) {
        model::Scenario scenario = shop("  edges: {stock: {to: web, kind: push, latency: exponential(20s)}}\n");
        edge(scenario, "stock").ordering = ordering;
        Parts parts(scenario, seed_in_which(scenario, 0, second_overtakes));
        parts.count(kDc, kFirst, 6);
        parts.count(kDc, kFirst, 2);
        parts.until(hours(1));
        const bool undone = ordering == Ordering::as_arrived;
        CHECK(parts.view(kDc, kFirst) == (undone ? 6 : 2));
        CHECK(parts.statistics("stock").reordered == (undone ? 1 : 0));
        CHECK(parts.why_oversold(kFirst, 3) == (undone ? OversoldCause::reordered_message : OversoldCause::stale_view));
        CHECK(parts.why_oversold(kFirst, 2) == OversoldCause::stale_view);
        parts.count(kDc, kFirst, 1);
        parts.until(hours(2));
        CHECK(parts.view(kDc, kFirst) == 1);
        CHECK(parts.why_oversold(kFirst, 1) == OversoldCause::stale_view);
    }
}

TEST_CASE("edges: by stamps of a clock that was ahead, newer messages are dropped until it is overtaken") {
    model::Scenario scenario = shop(kPush);
    edge(scenario, "stock").ordering = Ordering::newest_stamp;
    scenario.faults.push_back(fault(model::FaultKind::clock_skew, Duration{0}, minutes(10)));
    scenario.faults.back().skew = minutes(30);
    Parts parts(scenario);
    parts.until(minutes(9));
    parts.count(kDc, kFirst, 6);  // stamped 39
    parts.until(minutes(20));
    CHECK(parts.view(kDc, kFirst) == 6);
    parts.count(kDc, kFirst, 2);
    parts.until(minutes(30));
    CHECK(parts.view(kDc, kFirst) == 6);
    CHECK(parts.why_oversold(kFirst, 3) == OversoldCause::reordered_message);
    parts.until(minutes(40));
    parts.count(kDc, kFirst, 1);
    parts.until(minutes(41));
    CHECK(parts.view(kDc, kFirst) == 1);
    CHECK(parts.why_oversold(kFirst, 1) == OversoldCause::stale_view);
}

TEST_CASE("edges: pushed items wait for each other, but not for longer than the batch may take") {
    model::Scenario scenario = shop(kPush);
    edge(scenario, "stock").batch_every = minutes(5);
    edge(scenario, "stock").batch_size = 3;
    Parts parts(scenario);
    parts.until(minutes(1));
    parts.count(kDc, kFirst, 9);
    parts.until(minutes(3));
    parts.count(kDc, kSecond, 9);
    parts.until(minutes(6) + seconds(9));
    CHECK(parts.view(kDc, kFirst) == 10);
    parts.until(minutes(6) + seconds(10));
    CHECK(parts.view(kDc, kFirst) == 9);
    CHECK(parts.view(kDc, kSecond) == 9);
    CHECK(parts.statistics("stock").messages == 1);
    // The third one fills the next batch.
    for (const Sku sku : {kFirst, kSecond, kThird}) parts.count(kDc, sku, 8);
    parts.until(minutes(6) + seconds(20));
    CHECK(parts.view(kDc, kThird) == 8);
    CHECK(parts.statistics("stock").messages == 2);
    // ... and the time of that batch, which was over early, does not send the one after it.
    parts.count(kDc, kFirst, 7);
    parts.until(minutes(11) + seconds(19));
    CHECK(parts.view(kDc, kFirst) == 8);
    parts.until(minutes(11) + seconds(20));
    CHECK(parts.statistics("stock").messages == 3);
}

TEST_CASE("edges: sales wait in batches as well") {
    model::Scenario scenario = shop(kSales);
    edge(scenario, "tills").batch_every = minutes(5);
    Parts parts(scenario);
    parts.sell_at_till(kFirst, 1);
    parts.until(minutes(1));
    parts.sell_at_till(kFirst, 1);
    parts.until(minutes(5));
    CHECK(parts.atp(kStore, kFirst) == 10);
    parts.until(minutes(5) + seconds(5));
    CHECK(parts.atp(kStore, kFirst) == 8);
    CHECK(parts.statistics("tills").messages == 1);
}

TEST_CASE("edges: a poll with more items than a message may have travels in several") {
    model::Scenario scenario = shop("  edges: {stock: {to: web, kind: poll, interval: 1h}}\n");
    edge(scenario, "stock").batch_size = 2;
    Parts parts(scenario);
    for (const Sku sku : {kFirst, kSecond, kThird})
        for (const NodeId node : {kDc, kStore}) parts.count(node, sku, 5);
    parts.until(hours(1));
    CHECK(parts.statistics("stock").messages == 3);
    for (const Sku sku : {kFirst, kSecond, kThird})
        for (const NodeId node : {kDc, kStore}) CHECK(parts.view(node, sku) == 5);
}

TEST_CASE("edges: what a rate limit holds back goes on first come, first served") {
    model::Scenario scenario = shop(kPush);
    edge(scenario, "stock").rate_limit = 0.1;
    Parts parts(scenario);
    for (Quantity units = 9; units >= 5; --units) parts.count(kDc, kFirst, units);
    for (Quantity i = 0; i < 5; ++i) {
        parts.until(seconds(10 * i + 10));
        CHECK(parts.view(kDc, kFirst) == 9 - i);
    }
    CHECK(parts.statistics("stock").queue_peak == 4);
}

TEST_CASE("edges: a snapshot that does not know of the channel's own sales brings them back; with a watermark it does not") {
    for (const bool watermark : {false, true}) {
        model::Scenario scenario = shop(
            "  edges: {stock: {to: web, kind: snapshot, interval: 10min}, orders: {from: web, kind: push, latency: 15min}}\n");
        edge(scenario, "stock").watermark = watermark;
        scenario.design.channels[kWeb.value].deducts_own_sales = true;
        Parts parts(scenario);
        parts.until(minutes(1));
        parts.order_on_web(kFirst, 3);
        CHECK(parts.view(kDc, kFirst) == 7);
        parts.until(minutes(11));  // the snapshot comes at 10, the core hears of the order at 16
        CHECK(parts.view(kDc, kFirst) == (watermark ? 7 : 10));
        CHECK(parts.statistics("stock").overwritten_units == (watermark ? 0 : 3));
        CHECK(parts.why_oversold(kFirst, 8) == (watermark ? OversoldCause::stale_view : OversoldCause::snapshot_overwrite));
        CHECK(parts.why_oversold(kFirst, 7) == OversoldCause::stale_view);
        parts.order_on_web(kFirst, 2);  // heard of at 26; the one at 20 knows of the first order alone
        parts.until(minutes(21));
        CHECK(parts.view(kDc, kFirst) == (watermark ? 5 : 7));
        CHECK(parts.statistics("stock").overwritten_units == (watermark ? 0 : 5));
        parts.until(minutes(31));
        CHECK(parts.view(kDc, kFirst) == 5);
        CHECK(parts.why_oversold(kFirst, 5) == OversoldCause::stale_view);
    }
}

TEST_CASE("edges: a watermark counts a sale that the core serves from elsewhere, or gives up") {
    model::Scenario scenario =
        shop("  edges: {stock: {to: web, kind: snapshot, interval: 10min}, orders: {from: web, kind: push, latency: 15min}}\n");
    edge(scenario, "stock").watermark = true;
    scenario.design.channels[kWeb.value].deducts_own_sales = true;
    Parts parts(scenario);
    parts.until(minutes(1));
    parts.order_on_web(kFirst, 3);
    parts.count(kDc, kFirst, 0);  // nothing to plan with
    parts.until(minutes(11));
    CHECK(parts.view(kDc, kFirst) == -3);
    parts.until(hours(1) + minutes(11));  // cancelled after an hour, told at the next snapshot
    REQUIRE(parts.orders.open_orders() == 0);
    CHECK(parts.view(kDc, kFirst) == 0);
}

TEST_CASE("edges: a cache without a watermark forgets the channel's own sales when it is filled") {
    for (const bool watermark : {false, true}) {
        model::Scenario scenario =
            shop("  edges: {stock: {to: web, kind: cache, ttl: 1min}, orders: {from: web, kind: push, latency: 15min}}\n");
        edge(scenario, "stock").watermark = watermark;
        scenario.design.channels[kWeb.value].deducts_own_sales = true;
        Parts parts(scenario);
        parts.until(minutes(1));
        parts.order_on_web(kFirst, 3);
        parts.until(minutes(3));
        CHECK(parts.edges.read(kWeb, kFirst)[kDc.value] == (watermark ? 7 : 10));
        CHECK(parts.statistics("stock").overwritten_units == (watermark ? 0 : 3));
        parts.until(minutes(20));
        CHECK(parts.edges.read(kWeb, kFirst)[kDc.value] == 7);
    }
}

}  // namespace lastunit::sim_tests
