// Many independent samples in one run: each SKU is a shop of its own. Shoppers who choose among N SKUs with equal chances are N
// independent Poisson streams, so the units oversold of each SKU are N independent observations of the same distribution.
#pragma once

#include <map>

#include "cli/validation/effort.hpp"
#include "cli/validation/experiment.hpp"

namespace lastunit::cli::validation {

class SkuCounts : public Experiment {
   public:
    struct Plan {
        Overrides overrides;
        std::uint32_t skus = 1;
        Quantity stock = 0;  // per SKU, for p_sellout
        double shoppers_per_sku = 0;
    };
    explicit SkuCounts(Plan plan);

    std::vector<Overrides> settings() const override { return {plan_.overrides}; }
    double shoppers() const override { return plan_.shoppers_per_sku * plan_.skus; }
    void begin(std::size_t setting) override;
    void end() override;
    // mean, var, p_any, p_ge_K and pK of the units oversold; p_sellout.
    Reading read(const std::string& output, double expected) const override;

    void accepted(SimTime, ChannelId, Sku sku, Quantity units, Quantity oversold) override {
        accepted_[sku.value] += units;
        oversold_[sku.value] += oversold;
    }

   private:
    Estimate at_least(Quantity units, double expected) const;
    Estimate variance(double expected) const;

    Plan plan_;
    std::vector<Quantity> accepted_, oversold_;  // [sku] in the present run
    std::map<Quantity, double> samples_;         // SKUs by units oversold
    Moments moments_;
    double sold_out_ = 0;
};

// Such that a run has the shoppers of the effort.
std::uint32_t skus_per_run(double shoppers_per_sku, const Effort& effort);

// In this many mean times between sales, `units` are sold but for one case in 10^9.
double surely_sold(double units);

}  // namespace lastunit::cli::validation
