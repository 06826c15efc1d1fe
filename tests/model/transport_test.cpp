// The program of one SKU: prices and shares by hand, and the same program solved again for another SKU.
#include <catch2/catch.hpp>

#include "model/pricing/transport_program.hpp"

namespace lastunit::model {
namespace {

using Catch::Detail::Approx;

// Origins west and east; nodes warehouse and store. The store saves the west 130, the east 2870.
constexpr Money kCost[] = {1600, 1470, 2970, 100};

TEST_CASE("transport: the scarce node is the east's, at the price of what it saves the west") {
    TransportProgram program(kCost, 2, 10'000);
    const double demand[] = {50, 50}, stock[] = {300, 60};
    CHECK(program.solve(demand, stock));
    CHECK(program.prices()[0] == 0);
    CHECK(program.prices()[1] == 130);
    CHECK(program.shares(1)[1] == Approx(1));
    CHECK(program.shares(0)[1] == Approx(0.2));
    CHECK(program.shares(0)[0] == Approx(0.8));
    CHECK(program.shares(0)[2] == Approx(0).margin(1e-9));
}

TEST_CASE("transport: below the east's own demand a unit is worth all that it saves there") {
    TransportProgram program(kCost, 2, 10'000);
    const double demand[] = {50, 50}, stock[] = {300, 10};
    CHECK(program.solve(demand, stock));
    CHECK(program.prices()[1] == 2870);
    CHECK(program.shares(1)[1] == Approx(0.2));
    CHECK(program.shares(0)[0] == Approx(1));
}

TEST_CASE("transport: where the cheapest nodes suffice nothing is solved and nothing has a price") {
    TransportProgram program(kCost, 2, 10'000);
    const double demand[] = {50, 50}, stock[] = {0, 100};
    CHECK_FALSE(program.solve(demand, stock));
    CHECK(program.solves() == 0);
    CHECK(program.prices()[1] == 0);
    CHECK(program.shares(0)[1] == 1);
}

TEST_CASE("transport: what nobody has is left unfilled, and prices differ as they would otherwise") {
    TransportProgram program(kCost, 2, 10'000);
    const double demand[] = {50, 50}, stock[] = {20, 30};
    CHECK(program.solve(demand, stock));
    CHECK(program.shares(0)[2] * 50 + program.shares(1)[2] * 50 == Approx(50));
    CHECK(program.prices()[0] > 0);
    CHECK(program.prices()[1] - program.prices()[0] >= 130);
}

TEST_CASE("transport: a node that an origin may not use is never used; answers do not depend on what was solved before") {
    const Money cost[] = {1600, TransportProgram::kNever, 2970, 100};
    TransportProgram fresh(cost, 2, 10'000), used(cost, 2, 10'000);
    const double others[] = {1, 500}, few[] = {2, 1};
    used.solve(others, few);
    const double demand[] = {50, 50}, stock[] = {70, 20};
    CHECK(fresh.solve(demand, stock));
    CHECK(used.solve(demand, stock));
    CHECK(fresh.shares(0)[1] == 0);
    for (std::size_t origin = 0; origin < 2; ++origin)
        for (std::size_t place = 0; place < 3; ++place)
            CHECK(used.shares(origin)[place] == Approx(fresh.shares(origin)[place]).margin(1e-9));
    for (std::size_t node = 0; node < 2; ++node) CHECK(used.prices()[node] == fresh.prices()[node]);
}

}  // namespace
}  // namespace lastunit::model
