#include "model/network.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace lastunit;
using namespace lastunit::model;

namespace {

constexpr GeoPoint kWarsaw{52.22977, 21.01178};
constexpr GeoPoint kKrakow{50.06143, 19.93658};
constexpr GeoPoint kLodz{51.77058, 19.47395};

SimTime at(int hour, int minute = 0) { return SimTime{0} + hours(hour) + minutes(minute); }

Network three_nodes() {
    Network network;
    network.places = {{"Warsaw", kWarsaw, 1.7e6}, {"Krakow", kKrakow, 7.5e5}};
    Node dc;
    dc.name = "DC Lodz";
    dc.kind = NodeKind::warehouse;
    dc.at = kLodz;
    dc.parcel_cost = 900;
    dc.unit_cost = 50;
    Node warsaw;
    warsaw.name = "Warsaw store";
    warsaw.at = kWarsaw;
    warsaw.ships = false;
    warsaw.hands_over = true;
    warsaw.daily_lines = 200;
    Node krakow;
    krakow.name = "Krakow store";
    krakow.at = kKrakow;
    network.nodes = {dc, warsaw, krakow};
    network.cost_per_km = 2;
    return network;
}

}  // namespace

TEST_CASE("kilometres: great circle on a sphere of 6371 km") {
    CHECK(kilometres(kWarsaw, kKrakow) == Approx(252.497255119).epsilon(1e-10));
    CHECK(kilometres(kWarsaw, kKrakow) == kilometres(kKrakow, kWarsaw));
    CHECK(kilometres(kWarsaw, kWarsaw) == 0);
    CHECK(kilometres({0, 0}, {0, 180}) == Approx(20015.0868).epsilon(1e-7));
    CHECK(kilometres({0, 179.5}, {0, -179.5}) == Approx(111.1949).epsilon(1e-5));
}

TEST_CASE("opening hours: a day shop") {
    const OpeningHours shop{hours(10), hours(21)};
    CHECK_FALSE(shop.open_at(at(9, 59)));
    CHECK(shop.open_at(at(10)));
    CHECK(shop.open_at(at(20, 59)));
    CHECK_FALSE(shop.open_at(at(21)));
    CHECK(shop.next_opening(at(3)) == at(10));
    CHECK(shop.next_opening(at(12)) == at(12));
    CHECK(shop.next_opening(at(21)) == at(34));
    CHECK(shop.open_at(at(24 * 9 + 11)));
}

TEST_CASE("opening hours: over midnight") {
    const OpeningHours night{hours(22), hours(6)};
    CHECK(night.open_at(at(0)));
    CHECK(night.open_at(at(5, 59)));
    CHECK_FALSE(night.open_at(at(6)));
    CHECK_FALSE(night.open_at(at(21, 59)));
    CHECK(night.open_at(at(22)));
    CHECK(night.next_opening(at(6)) == at(22));
}

TEST_CASE("opening hours: until midnight, written as 0 or as 24") {
    for (const Duration close : {hours(0), hours(24)}) {
        const OpeningHours late{hours(8), close};
        CHECK_FALSE(late.open_at(at(7, 59)));
        CHECK(late.open_at(at(23, 59)));
        CHECK_FALSE(late.open_at(at(24)));
    }
}

TEST_CASE("opening hours: round the clock when open equals close") {
    for (const OpeningHours always : {OpeningHours{}, OpeningHours{hours(9), hours(9)}, OpeningHours{hours(0), hours(24)}}) {
        CHECK(always.open_at(at(3)));
        CHECK(always.next_opening(at(3)) == at(3));
    }
}

TEST_CASE("opening hours: next opening agrees with open_at, minute by minute") {
    for (const OpeningHours hours_of : {OpeningHours{hours(10), hours(21)}, OpeningHours{hours(22), hours(6)}}) {
        bool agrees = true;
        for (int minute = 0; minute < 3 * 24 * 60; ++minute) {
            const SimTime now = at(0, minute);
            const SimTime opens = hours_of.next_opening(now);
            agrees = agrees && (opens == now) == hours_of.open_at(now) && hours_of.open_at(opens);
        }
        CHECK(agrees);
    }
}

TEST_CASE("routing: carries distances, costs, capacity and what a node may do") {
    const core::RoutingNetwork routing = three_nodes().routing({});
    REQUIRE(routing.nodes.size() == 3);
    REQUIRE(routing.km.size() == 2);
    CHECK(routing.km[0] == std::vector<std::uint32_t>{117, 0, 252});
    CHECK(routing.by_distance[0] == std::vector<NodeId>{NodeId(1), NodeId(0), NodeId(2)});
    CHECK(routing.by_distance[1] == std::vector<NodeId>{NodeId(2), NodeId(0), NodeId(1)});
    CHECK(routing.cost_per_km == 2);
    CHECK(routing.nodes[0].fixed_cost == 900);
    CHECK(routing.nodes[0].unit_cost == 50);
    CHECK(routing.nodes[0].capacity_left == std::numeric_limits<Quantity>::max());
    CHECK(routing.nodes[1].capacity_left == 200);
    CHECK_FALSE(routing.nodes[1].ships);
    CHECK(routing.nodes[1].hands_over);
    CHECK(routing.nodes[1].open);
}

TEST_CASE("nearest stores: one per place, warehouses left out") {
    Network network = three_nodes();
    CHECK(network.nearest_stores_by_place() == std::vector<NodeId>{NodeId(1), NodeId(2)});
    network.nodes.resize(1);
    CHECK(network.nearest_stores_by_place() == std::vector<NodeId>{NodeId(0), NodeId(0)});
}
