// Split now, wait for a transfer, or decline.
#include "core/routing/split_policy.hpp"

#include <catch2/catch.hpp>

#include "tests/core/routing_world.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

// SKU 1 lies at node 2 (100 + 20 km), SKU 2 at node 0 (1000 + 5 km): two parcels weigh 1145.
struct Torn : RoutingWorld {
    Torn() {
        count(3, 2, 0);
        policy.waiting = Waiting::allowed;
        policy.transfer_fixed = 200;
        policy.transfer_unit = 30;
        policy.transfer_takes = hours(5);
        policy.loss_per_hour = 10;
        request.split = &policy;
    }
    SplitPolicy policy;
};

}  // namespace

TEST_CASE("split policy: the cheapest way there is wins, and of equals shipping now, then waiting") {
    SplitPolicy policy;
    policy.decline_cost = 100;
    const SplitOption none;
    const auto costs = [](Money cost) { return SplitOption{SplitOption::There::yes, cost, 0, Duration{0}}; };
    CHECK(decide(policy, costs(100), costs(100)).choice == SplitChoice::ship_now);
    CHECK(decide(policy, costs(101), costs(100)).choice == SplitChoice::wait_for_transfer);
    CHECK(decide(policy, costs(101), costs(101)).choice == SplitChoice::decline);
    CHECK(decide(policy, none, costs(99)).choice == SplitChoice::wait_for_transfer);
    CHECK(decide(policy, none, none).choice == SplitChoice::decline);
    policy.decline_cost = kNeverDeclined;
    CHECK(decide(policy, costs(1'000'000), none).choice == SplitChoice::ship_now);
}

TEST_CASE("split policy: further parcels cost goodwill, begun hours cost the promise") {
    SplitPolicy policy;
    policy.loss_per_extra_parcel = 70;
    CHECK(split_now(policy, 500, 1).total() == 500);
    CHECK(split_now(policy, 500, 3).total() == 640);
    CHECK(wait_for(policy, 500).there == SplitOption::There::no);
    policy.waiting = Waiting::allowed;
    policy.loss_per_hour = 10;
    policy.transfer_takes = hours(2);
    CHECK(wait_for(policy, 500).total() == 520);
    policy.transfer_takes = hours(2) + microseconds(1);
    CHECK(wait_for(policy, 500).total() == 530);
    policy.longest_wait = hours(2);
    CHECK(wait_for(policy, 500).there == SplitOption::There::no);
}

TEST_CASE("split policy: the router waits where a transfer is cheaper than a second parcel, and says where it gathers") {
    Torn w;
    w.plan(RoutingPolicy::cheapest, {kOneB, kOneC});
    CHECK(w.outcome() == "planned");
    CHECK(w.result.choice == SplitChoice::wait_for_transfer);
    CHECK(w.result.gathered_at == NodeId(2));
    CHECK(w.result.nodes == 1);
    CHECK(w.nodes() == std::vector<int>{2, 0});  // where units are taken
    CHECK(w.result.terms.fixed == 100);
    CHECK(w.result.terms.distance == 20);
    CHECK(w.result.terms.transfer == 230);
    CHECK(w.result.terms.promise == 50);
    CHECK(w.result.cost == 100 + 20 + 20 + 230);
    REQUIRE(w.why.split);
    CHECK(w.why.split->text() ==
          "wait for a transfer: shipping now costs 1145, waiting 420 (of which goodwill 50) after 300 min, declining is not "
          "allowed");
}

TEST_CASE("split policy: a slow or dear transfer is not waited for") {
    Torn w;
    w.policy.loss_per_hour = 155;  // 370 + 775 = 1145: equal, so it ships
    w.plan(RoutingPolicy::cheapest, {kOneB, kOneC});
    CHECK(w.result.choice == SplitChoice::ship_now);
    CHECK(w.result.nodes == 2);
    CHECK(w.result.cost == 1145);
    w.policy.loss_per_extra_parcel = 1;
    w.plan(RoutingPolicy::cheapest, {kOneB, kOneC});
    CHECK(w.result.choice == SplitChoice::wait_for_transfer);
}

TEST_CASE("split policy: what may not be split can be gathered, and is refused where it may not wait") {
    Torn w;
    w.request.max_nodes = 1;
    for (const RoutingPolicy policy : {RoutingPolicy::nearest, RoutingPolicy::cheapest, RoutingPolicy::fewest_splits}) {
        w.policy.waiting = Waiting::allowed;
        w.policy.decline_cost = kNeverDeclined;
        CHECK(w.plan(policy, {kOneB, kOneC}).outcome == PlanOutcome::planned);
        CHECK(w.result.choice == SplitChoice::wait_for_transfer);
        w.policy.waiting = Waiting::refused;
        CHECK(w.plan(policy, {kOneB, kOneC}).outcome == PlanOutcome::split_limit);
        w.policy.waiting = Waiting::allowed;
        w.policy.longest_wait = hours(1);
        CHECK(w.plan(policy, {kOneB, kOneC}).outcome == PlanOutcome::split_limit);
        CHECK(w.result.lines.empty());
        w.policy.longest_wait = hours(9);
    }
}

TEST_CASE("split policy: an order that is worth less than either way is declined") {
    Torn w;
    w.policy.decline_cost = 419;
    w.plan(RoutingPolicy::cheapest, {kOneB, kOneC});
    CHECK(w.outcome() == "declined");
    CHECK(w.result.lines.empty());
    CHECK(w.result.declined == std::vector<std::uint32_t>{0, 1});
    CHECK(w.result.terms.total() == 419);
    CHECK(w.result.cost == 0);
    CHECK(w.why.text().find("decline: shipping now costs 1145") != std::string::npos);
    // One parcel is no matter for a split policy.
    CHECK(w.plan(RoutingPolicy::cheapest, {kOneB}).outcome == PlanOutcome::planned);
}

TEST_CASE("split policy: an order is planned again as often as the limit says") {
    Torn w;
    w.policy.max_reroutes = 2;
    w.request.reroutes = 2;
    CHECK(w.plan(RoutingPolicy::nearest, {kOneA}).outcome == PlanOutcome::planned);
    w.request.reroutes = 3;
    CHECK(w.plan(RoutingPolicy::nearest, {kOneA}).outcome == PlanOutcome::reroute_limit);
    CHECK(w.why.text() == "reroute_limit by nearest\n");
}
