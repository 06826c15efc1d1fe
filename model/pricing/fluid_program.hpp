// The deterministic LP of multi-item fulfilment (Jasin & Sinha 2015; the "DLP"): demand is its expectation, and units are
// divisible.
//
//     minimise   sum unit cost * x[kind, item, place]  +  sum parcel * y[kind, place]
//     subject to sum over places of x[kind, item, .] = orders of that kind,   x[kind, item, place] <= y[kind, place],
//                sum of x that take sku i from node k <= stock[k, i]
//
// A place is a node or "left unfilled". Its optimum is a lower bound on the expected cost of every policy (by Jensen); x is what
// rounding needs; the duals of the stock are static prices.
#pragma once

#include <span>
#include <vector>

#include "core/routing/rounding.hpp"
#include "model/pricing/forecast.hpp"
#include "model/pricing/linear_program.hpp"

namespace lastunit::model {

struct FluidPlan {
    double cost = 0;                // in the forecast's money_unit
    double units = 0;               // asked
    double unfilled_units = 0;      // of these
    core::FractionTable fractions;  // by kind
    std::vector<Money> prices;      // [node][sku], not negative
};

class FluidProgram {
   public:
    explicit FluidProgram(const Forecast& forecast);  // kept by reference

    FluidPlan plan(std::span<const double> demand);  // [kind] orders
    double cost(std::span<const double> demand);     // of the plan alone

   private:
    static constexpr int kNone = -1;
    void add_kind(std::size_t kind);
    void solve(std::span<const double> demand);

    const Forecast& forecast_;
    LinearProgram program_;
    std::vector<int> stock_row_;      // [node][sku]
    std::vector<std::size_t> first_;  // by kind: its first item
    std::vector<int> item_row_;       // by item of a kind
    std::vector<int> column_;         // [item of a kind][place]
};

}  // namespace lastunit::model
