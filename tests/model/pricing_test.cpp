// Linear programs over a forecast: bounds, prices that mean something, and the planner's schedule and budget.
#include <catch2/catch.hpp>
#include <numeric>

#include "model/pricing/fluid_program.hpp"
#include "model/pricing/price_planner.hpp"

namespace lastunit::model {
namespace {

using Catch::Detail::Approx;

// Two nodes, two SKUs, one region. Node 0 is cheap and has few of SKU 0; node 1 is dear and has enough. One in two periods asks
// SKU 0, one in four both.
Forecast small() {
    Forecast out;
    out.nodes = 2;
    out.skus = 2;
    out.regions = 1;
    out.periods = 100;
    out.orders = {{}, {0}, {0, 1}};
    out.rate = {0.25, 0.5, 0.25};
    out.stock = {40, 100, 100, 0};
    out.money_unit = 100;
    out.parcel = 500;
    out.unfilled_order = 1000;
    out.unit = {100, 300};
    out.unfilled_unit = {2000};
    return out;
}

TEST_CASE("pricing: the deterministic LP by hand") {
    const Forecast forecast = small();
    FluidProgram program(forecast);
    const FluidPlan plan = program.plan(forecast.demand(100));
    // 25 pairs from node 0 in one parcel (500 + 2 * 100), its other 15 units of SKU 0 to single orders (600), 35 more from node 1
    // (800).
    CHECK(plan.cost == Approx(25 * 7 + 15 * 6 + 35 * 8));
    CHECK(plan.units == Approx(100));
    CHECK(plan.unfilled_units == Approx(0).margin(1e-9));
    CHECK(plan.prices[0] == 200);  // what a single order costs more from node 1
    CHECK(plan.prices[1] == 0);    // there is plenty
    CHECK(plan.fractions.of(2).at(0, 0) == Approx(1));
    CHECK(plan.fractions.of(1).at(0, 1) == Approx(0.7));
    CHECK(plan.fractions.of(0).items() == 0);
}

TEST_CASE("pricing: moved demand is solved from the last basis, to the same optimum as from the start") {
    const Forecast forecast = small();
    FluidProgram warm(forecast), cold(forecast);
    warm.plan(forecast.demand(100));
    const std::vector<double> much{0, 120, 30};
    const double cost = warm.cost(much);
    CHECK(cost == Approx(cold.cost(much)));
    // 110 of the 150 that ask SKU 0 are beyond node 0's 40, of which node 1 has 100: ten are left unfilled.
    CHECK(cost == Approx(30 * 7 + 10 * 6 + 100 * 8 + 10 * 30));
}

TEST_CASE("pricing: the LP over whole assignments lies no lower than the one item by item, and prices a kept budget") {
    Forecast forecast = small();
    FluidProgram fluid(forecast);
    AssignmentProgram program(forecast);
    const auto demand = forecast.demand(100);
    program.solve(demand, forecast.stock, AssignmentProgram::kNoLimit);
    CHECK(program.cost() >= fluid.plan(demand).cost - 1e-6);
    CHECK(program.prices()[0] == Approx(2));
    CHECK(program.unfilled_price() == 0);
    std::vector<std::uint32_t> plan;
    program.main_assignments(plan, 2);
    CHECK(plan == std::vector<std::uint32_t>{core::Guide::kNoPlan, core::Guide::kNoPlan, 1, core::Guide::kNoPlan, 0, 0});

    forecast.unfilled_unit = {100};  // now it is cheaper to leave units unfilled than to send from node 1
    forecast.unfilled_order = 100;
    AssignmentProgram cheap(forecast);
    cheap.solve(demand, forecast.stock, 5);
    CHECK(cheap.unfilled_price() == Approx(6));  // 8 from node 1 against 2
    cheap.solve(demand, forecast.stock, AssignmentProgram::kNoLimit);
    CHECK(cheap.unfilled_price() == 0);
}

TEST_CASE("pricing: the planner solves on schedule, and keeps what chance will take out of its budget") {
    Forecast forecast = small();
    forecast.stock = {40, 100, 25, 0};  // 65 units for 75 orders
    PlannerOptions options = PlannerOptions::resolved_prices();
    PricePlanner planner(forecast, 10, options);
    CHECK(planner.due(0));
    planner.refresh(0, forecast.stock, 0);
    CHECK(planner.guide().plan_width == 0);
    CHECK_FALSE(planner.due(49));
    CHECK(planner.due(50));
    CHECK(planner.solves() == 1);
    const double before = planner.guide().unfilled_left;
    CHECK(before > 0);
    CHECK(before < 9.5);  // 95 % of the LP's ten, less the reserve
    planner.left_unfilled(1);
    CHECK(planner.guide().unfilled_left == Approx(before - 1));
    options.reserve = 0;
    PricePlanner bold(forecast, 10, options);
    bold.refresh(0, forecast.stock, 0);
    CHECK(bold.guide().unfilled_left == Approx(9.5));
    bold.refresh(0, forecast.stock, 20);
    CHECK(bold.guide().unfilled_left == 0);
}

TEST_CASE("pricing: new prices are mixed with the old ones, the first are not") {
    const Forecast forecast = small();
    PricePlanner planner(forecast, 0, PlannerOptions::resolved_prices());
    planner.refresh(0, forecast.stock, 0);
    CHECK(planner.guide().price[0] == 200);
    const std::vector<Quantity> plenty{100, 100, 100, 0};
    planner.refresh(50, plenty, 0);
    CHECK(planner.guide().price[0] == 140);  // 0.3 * 0 + 0.7 * 200
}

TEST_CASE("pricing: interior duals are optimal ones where there are many") {
    LinearProgram program;
    const int stock = program.add_row(-LinearProgram::kUnbounded, 10);
    const int demand = program.add_row(10, 10);
    const LinearProgram::Entry sent[] = {{stock, 1}, {demand, 1}}, lost[] = {{demand, 1}};
    program.add_column(1, sent);
    program.add_column(5, lost);
    program.solve(LinearProgram::Method::dual);
    CHECK(program.objective() == Approx(10));
    const std::vector<double> duals = program.interior_duals();
    REQUIRE(duals.size() == 2);
    CHECK(-duals[0] > -1e-6);  // any price from 0 to 4
    CHECK(-duals[0] < 4 + 1e-6);
    CHECK(10 * duals[0] + 10 * duals[1] == Approx(10));
}

}  // namespace
}  // namespace lastunit::model
