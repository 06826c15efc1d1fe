// The LP over whole assignments of orders ("configurations"): a column says where each item of one kind of order comes from.
//
//     minimise   sum cost(c) x[c]
//     subject to sum of x over the columns of a kind  = orders of that kind
//                units that the columns take of a stock <= what is there            duals: prices of stock
//                units that they leave unfilled        <= a budget                  dual: price of leaving a unit unfilled
//
// Tighter than the item-wise LP of `fluid_program.hpp`, which lets each item of an order use another half of the same parcel: on
// the benchmark its optimum lies 1.4 % higher under the same unfilled units. Columns are generated (Gilmore & Cowan 1961): the
// one that prices out best is the core's own least-cost decision at these prices, so that the LP and the decisions see the same
// costs. Columns and basis are kept between solves.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "core/routing/unit_router.hpp"
#include "model/pricing/forecast.hpp"
#include "model/pricing/linear_program.hpp"

namespace lastunit::model {

class AssignmentProgram {
   public:
    static constexpr double kNoLimit = LinearProgram::kUnbounded;

    explicit AssignmentProgram(const Forecast& forecast);  // kept by reference

    // `demand` by kind; `stock` [node][sku]; `unfilled_budget` in units. Exceeding the budget is priced, see `kOverBudget`: what
    // nobody has must be left unfilled all the same.
    void solve(std::span<const double> demand, std::span<const Quantity> stock, double unfilled_budget);

    double cost() const { return program_.objective(); }        // in the forecast's money_unit
    std::span<const double> prices() const { return prices_; }  // [node][sku], in money_unit, not negative
    double unfilled_price() const { return unfilled_price_; }   // per unit, in money_unit

    // The assignment with most of each kind's orders, into [kind][width]; kNoPlan where a kind has none.
    void main_assignments(std::vector<std::uint32_t>& plan, std::size_t width) const;

   private:
    // A unit beyond the budget costs so many parcels (without parcels, units at their dearest): more than leaving one unfilled is
    // worth, and no more than that, or one unit that nobody has would set all prices.
    static constexpr double kOverBudget = 1.7125;
    static constexpr double kTolerance = 1e-6;  // a column has to save more than this

    enum class Column : std::uint8_t { known, added };
    Column add(std::size_t kind, std::span<const std::uint32_t> places);
    bool generate(std::span<const double> demand);
    void read_duals();

    const Forecast& forecast_;
    LinearProgram program_;
    int unfilled_row_ = 0;
    std::vector<int> kind_row_;
    std::vector<std::size_t> kind_of_;  // by column after the first
    std::vector<std::size_t> begin_{0};
    std::vector<std::uint32_t> places_;                       // of the columns after the first
    std::vector<std::set<std::vector<std::uint32_t>>> have_;  // by kind
    std::vector<double> prices_;
    double unfilled_price_ = 0;

    core::UnitRouter router_;
    std::vector<Money> rounded_prices_;
    std::vector<std::uint32_t> scratch_;
    std::vector<LinearProgram::Entry> entries_;
};

}  // namespace lastunit::model
