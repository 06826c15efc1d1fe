// Keeps a core's `Guide` up to date: solves the LP over assignments again as stock and time run down.
//
//   - Re-solving (Jasin & Kumar, "A re-solving heuristic with bounded revenue loss for network revenue management", Mathematics
//   of
//     Operations Research 37(2), 2012): the next solve comes after a share of the time left, within limits.
//   - Smoothing: new prices are mixed with the old ones, since degenerate duals jump.
//   - The budget of units left unfilled by choice. The fluid LP would leave some though stock exists, because it is cheaper; a
//   policy
//     that does the same may leave no more than the LP. Chance takes some units too, which no LP on expectations sees: per SKU
//     the expected loss E(N - S)+ of normal demand over all stock, less what the LP itself sees. That many, times `reserve`, are
//     kept out.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/routing/unit_router.hpp"
#include "model/pricing/assignment_program.hpp"
#include "model/pricing/forecast.hpp"

namespace lastunit::model {

struct PlannerOptions {
    enum class Follow : std::uint8_t { plan, prices };
    Follow follow = Follow::plan;
    std::int64_t least_gap = 5, most_gap = 500;  // periods between solves
    double gap_share = 1.0 / 20;                 // of the periods left
    double smoothing = 1;                        // weight of the new prices
    // Measured on the benchmark: less reserve leaves more units unfilled than the LP does on some instances, more costs 0.1 %.
    double reserve = 2;
    double budget_share = 0.95;  // of the LP's own unfilled units

    static PlannerOptions resolved_plan() { return {}; }
    static PlannerOptions resolved_prices();  // every 50 periods, smoothed
};

class PricePlanner {
   public:
    // `unfilled_units`: what the deterministic LP leaves unfilled over the whole horizon. The forecast is kept by reference.
    PricePlanner(const Forecast& forecast, double unfilled_units, const PlannerOptions& options);

    bool due(std::int64_t period) const { return period >= next_; }
    void refresh(std::int64_t period, std::span<const Quantity> stock, double unfilled_so_far);

    const core::Guide& guide() const { return guide_; }
    void left_unfilled(double units) { guide_.unfilled_left -= units; }
    std::uint32_t solves() const { return solves_; }

   private:
    double lost_to_chance(double left, std::span<const Quantity> stock) const;

    const Forecast& forecast_;
    PlannerOptions options_;
    AssignmentProgram program_;
    core::Guide guide_;
    double budget_;
    std::vector<double> sku_rate_;  // units per period
    std::vector<double> smoothed_;  // prices, in money_unit
    std::int64_t next_ = 0;
    std::uint32_t solves_ = 0;
};

}  // namespace lastunit::model
