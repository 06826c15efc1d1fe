// Carriers' zones, hours of lateness and visits, and the tariffs that routing is told.
#include "model/carriers.hpp"

#include <catch2/catch.hpp>

#include "model/network.hpp"

using namespace lastunit;
using namespace lastunit::model;

namespace {

SimTime at(int hour, int minute = 0) { return SimTime{0} + hours(hour) + minutes(minute); }

Carrier two_zones(Money near, Money far, Money per_kg) {
    Carrier carrier;
    carrier.zones = {{50, constant(hours(4)), near, per_kg}, {500, constant(hours(20)), far, per_kg}};
    return carrier;
}

}  // namespace

TEST_CASE("carriers: the first zone that reaches far enough, its bound included") {
    const Carrier carrier = two_zones(900, 1200, 0);
    REQUIRE(carrier.zone(0) != nullptr);
    CHECK(carrier.zone(50)->parcel == 900);
    CHECK(carrier.zone(50.001)->parcel == 1200);
    CHECK(carrier.zone(500)->parcel == 1200);
    CHECK(carrier.zone(500.001) == nullptr);
}

TEST_CASE("carriers: to doors, to lockers, or to both") {
    Carrier carrier;
    const auto serves = [&] { return std::pair(carrier.serves(core::Method::ship), carrier.serves(core::Method::locker)); };
    CHECK(serves() == std::pair(true, true));
    CHECK_FALSE(carrier.serves(core::Method::pickup));
    carrier.service = CarrierService::door;
    CHECK(serves() == std::pair(true, false));
    carrier.service = CarrierService::locker;
    CHECK(serves() == std::pair(false, true));
}

TEST_CASE("carriers: at peak another share is late, the last peak that covers the instant") {
    Carrier carrier;
    carrier.late = 0.02;
    carrier.peaks = {{at(10), at(20), 0.1}, {at(12), at(13), 0.5}};
    CHECK(carrier.late_share(at(9, 59)) == 0.02);
    CHECK(carrier.late_share(at(10)) == 0.1);
    CHECK(carrier.late_share(at(12)) == 0.5);
    CHECK(carrier.late_share(at(13)) == 0.1);
    CHECK(carrier.late_share(at(20)) == 0.02);
}

TEST_CASE("collections: the next visit at or after an instant, tomorrow's first after today's last") {
    Collection collection;
    CHECK(collection.next(at(7, 13)) == at(7, 13));
    collection.at = {hours(10), hours(17)};
    CHECK(collection.next(at(0)) == at(10));
    CHECK(collection.next(at(10)) == at(10));
    CHECK(collection.next(at(10) + microseconds(1)) == at(17));
    CHECK(collection.next(at(17, 1)) == at(34));
    CHECK(collection.next(at(24 * 5 + 9)) == at(24 * 5 + 10));
}

TEST_CASE("network: a node's cut-off is its last collection, and the end of the day where parcels leave at once") {
    Node node;
    CHECK(node.cut_off() == hours(24));
    node.collections = {{0, {hours(10), hours(17)}, 0}, {1, {hours(18)}, 0}};
    CHECK(node.cut_off() == hours(18));
    node.collections.push_back({2, {}, 0});
    CHECK(node.cut_off() == hours(24));
    node.collections = {{0, {hours(0), hours(17)}, 0}};  // what comes after 17:00 leaves at midnight
    CHECK(node.cut_off() == hours(24));
}

TEST_CASE("network: routing is told the cheapest carrier of each node, zone and method, and where none goes") {
    Network network;
    network.places = {{"near", {52, 20}, 1}, {"far", {52, 23}, 1}, {"beyond", {52, 40}, 1}};  // 0, 205 and 1367 km
    network.cost_per_km = 2;
    network.transit = constant(hours(24));
    Node dock, plain, hub;
    dock.at = plain.at = hub.at = {52, 20};
    hub.kind = NodeKind::locker_hub;
    dock.collections = {{0, {hours(17)}, 0}, {1, {hours(16)}, 0}};
    network.nodes = {dock, plain, hub};
    network.carriers = {two_zones(900, 1200, 100), two_zones(1000, 1100, 90)};
    network.carriers[1].service = CarrierService::door;
    Catalogue catalogue;
    catalogue.skus = {{"light", 100, 0, {}, 500}, {"heavy", 100, 0, {}, 20500}};
    catalogue.popularity = Discrete(std::vector<double>{0.5, 0.5});  // 10.5 kg on average
    const core::RoutingNetwork routing = network.routing(catalogue);
    CHECK(routing.grams == std::vector<std::int32_t>{500, 20500});
    CHECK(routing.nodes[0].cut_off == hours(17));
    CHECK(routing.to_door[0][0].parcel == 1000);  // dearer by the parcel, cheaper with 10.5 kg
    CHECK(routing.to_door[0][0].per_kg == 90);
    CHECK(routing.to_door[0][0].transit == hours(4));
    CHECK(routing.to_door[1][0].parcel == 1100);
    CHECK(routing.to_door[1][0].transit == hours(20));
    CHECK(routing.to_door[2][0].parcel == core::kNotSent);
    CHECK(routing.to_door[1][1].parcel == 2 * routing.km[1][1]);  // by its own means
    CHECK(routing.to_door[1][1].transit == hours(24));
    // To the one locker hub, wherever the shopper lives; and only the first carrier goes to lockers.
    CHECK(routing.to_locker[2][0].parcel == 900);
    CHECK(routing.to_locker[1][0].per_kg == 100);
    CHECK(core::mass_cost(90, 500) == 45);
    CHECK(core::mass_cost(1, 500) == 1);
    CHECK(core::mass_cost(1, 499) == 0);
}
