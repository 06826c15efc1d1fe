// What a unit of stock is worth to later orders, as routing that looks ahead is told: a price per (node, SKU), and for drawn
// plans the shares of the program behind the prices. Reads the core's record, as the core itself would; knows nothing of the
// truth.
//
//   primal_dual      with every change of a cell: core/routing/primal_dual.hpp. A cell is full with the most it ever had.
//   bid_price, drawn a program per SKU (model/pricing/transport_program.hpp), every `prices.every` and until the horizon, on the
//                    forecast of model/pricing/expected_demand.hpp. What stores are expected to hand out is not there for
//                    parcels.
//
// Bounds of the work: the `prices.skus` SKUs with most demand by parcel; a SKU whose units all come from the cheapest node is not
// solved; more than kMostPlaces places are put together by their nearest node, at their mean cost. What that takes: measured in
// docs/routing-prices.md.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/ledger.hpp"
#include "core/routing/network.hpp"
#include "model/pricing/expected_demand.hpp"
#include "model/pricing/transport_program.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Pricing {
   public:
    static constexpr std::size_t kMostPlaces = 48;

    Pricing(World& world, const core::RoutingNetwork& network, const core::Ledger& ledger);  // kept by reference

    void start();    // the record is stocked
    void refresh();  // the programs once more; schedules the next time
    void happened(const core::Event& event);

    std::span<const Money> prices() const { return prices_; }
    Money price(NodeId node, Sku sku) const { return prices_[cell(node, sku)]; }

    // Shares of the nodes, and last of "left unfilled", in a SKU's demand by parcel from the place; empty: nothing about it is
    // scarce.
    std::span<const double> shares(Sku sku, ZoneId place, ChannelId channel) const;

    std::uint64_t solves() const { return program_ ? program_->solves() : 0; }

   private:
    static constexpr double kPrior = 100;  // units of the forecast that count as seen as expected, when it learns

    std::size_t cell(NodeId node, Sku sku) const { return std::size_t{sku.value} * nodes_ + node.value; }
    Money cost(std::size_t place, std::size_t node, double lines) const;
    void value_units();
    void price_by_stock(std::size_t cell, Quantity atp);
    void group_places();
    void build_program();
    void choose_skus();
    void solve(Sku sku, double corrected);
    void draw_demand(Sku sku, std::uint32_t sample);

    World& world_;
    const core::RoutingNetwork& network_;
    const core::Ledger& ledger_;
    const model::Prices& options_;
    std::size_t nodes_;
    std::int32_t grams_ = 0;     // of a unit, mean
    std::vector<Money> prices_;  // [SKU][node]

    // primal_dual
    std::vector<Money> value_;    // [SKU][node]
    std::vector<Quantity> full_;  // [SKU][node]

    // The program's.
    std::unique_ptr<model::ExpectedDemand> expected_;
    std::unique_ptr<model::TransportProgram> program_;
    std::vector<std::uint32_t> region_;      // [place]
    std::vector<double> region_share_;       // of the population
    std::vector<double> store_share_;        // [node]: of what stores hand out
    std::vector<std::size_t> column_group_;  // groups that send parcels; origin = region * groups + index here
    std::vector<std::uint32_t> index_of_group_;
    std::vector<Sku> chosen_;
    std::vector<std::uint32_t> slot_;         // [SKU] into drawn_, + 1; 0: none
    std::vector<std::vector<double>> drawn_;  // [slot][origin][node and unfilled]
    std::size_t slots_ = 0;
    double seen_ = 0;                    // units that the core has allocated
    std::vector<double> mean_, demand_;  // [origin]
    std::vector<double> there_;          // [node]
    std::vector<Money> price_sum_;       // [node]
    std::vector<double> share_sum_;      // [origin][node and unfilled]
};

}  // namespace lastunit::sim
