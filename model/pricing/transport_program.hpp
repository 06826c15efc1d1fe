// The linear program of one SKU, again and again: which share of each origin's demand should come from which node.
//
//     minimise   sum cost[origin, node] x[origin, node] + unfilled * u[origin]
//     subject to sum over nodes of x[origin, .] + u[origin] = demand of the origin
//                sum over origins of x[., node] <= what the node has                     duals: prices of stock
//
// A transportation problem. When the fixed cost of a parcel is spread over the lines of an order, the deterministic LP of
// multi-item fulfilment (`fluid_program.hpp`) falls apart into one of these per SKU, all with the same columns and costs: one
// program, of which only the right-hand side is moved, and the last basis is always dual feasible. Demand and stock are counted
// in shares of the SKU's whole demand, so that numbers are near 1.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/types.hpp"
#include "model/pricing/linear_program.hpp"

namespace lastunit::model {

class TransportProgram {
   public:
    static constexpr Money kNever = -1;  // the origin may not be served from the node

    // `cost` is [origin][node]; `unfilled` is dearer than any of them.
    TransportProgram(std::span<const Money> cost, std::size_t nodes, Money unfilled);

    // `demand` by origin, `stock` by node; units. False, and every price 0, when each origin's cheapest node has enough:
    // nothing is scarce, and nothing was solved.
    bool solve(std::span<const double> demand, std::span<const double> stock);

    // By node, not negative. Where demand exceeds all stock together, every price holds the same part of `unfilled`: comparisons
    // between nodes do not see it.
    std::span<const Money> prices() const { return prices_; }
    // Of the origin's demand: [node], and last the share left unfilled.
    std::span<const double> shares(std::size_t origin) const;

    std::uint64_t solves() const { return solves_; }

   private:
    bool nothing_scarce(std::span<const double> demand, std::span<const double> stock);
    void read(std::span<const double> demand, double all);

    std::size_t nodes_;
    std::size_t origins_;
    double unit_;  // of money, in the program
    LinearProgram program_;
    std::vector<int> column_;            // [origin][node]; -1: none
    std::vector<int> unfilled_column_;   // [origin]
    std::vector<std::size_t> cheapest_;  // [origin]; the number of nodes: none
    std::vector<Money> prices_;
    std::vector<double> shares_;  // [origin][node and unfilled]
    std::vector<double> load_;
    std::uint64_t solves_ = 0;
};

}  // namespace lastunit::model
