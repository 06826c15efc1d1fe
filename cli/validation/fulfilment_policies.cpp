#include "cli/validation/fulfilment_policies.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "model/random.hpp"

namespace lastunit::cli::validation {
namespace {

using Decides = FulfilmentPolicy::Decides;
using core::FailedPick;
using core::Rounding;
using Follow = model::PlannerOptions::Follow;
constexpr auto kNoPrices = FulfilmentPolicy::Prices::none;
constexpr auto kLpPrices = FulfilmentPolicy::Prices::of_the_lp;

constexpr FulfilmentPolicy kPolicies[] = {
    {"myopic-nearest", "myopic_nearest", Decides::nearest},
    {"independent", "indep_round", Decides::rounding, Rounding::independent},
    {"correlated", "JS_round", Decides::rounding, Rounding::correlated},
    {"dilated", "dilate_round", Decides::rounding, Rounding::dilated},
    {"force-open", "forceopen", Decides::rounding, Rounding::force_open},
    {"greedy", "greedy_mincost_avail", Decides::least_cost},
    {"bid-price", "bidprice_static_dual", Decides::least_cost, Rounding::independent, FailedPick::left_unfilled, kLpPrices},
    {"dilated-rerouted", "dilate_fallback_greedy", Decides::rounding, Rounding::dilated, FailedPick::order_rerouted, kLpPrices},
    {"resolved-prices", nullptr, Decides::planner, Rounding::independent, FailedPick::left_unfilled, kNoPrices, Follow::prices},
    {"resolved-plan", nullptr, Decides::planner, Rounding::independent, FailedPick::left_unfilled, kNoPrices, Follow::plan},
};

// Index of the first cumulative sum above the uniform.
std::size_t pick(const std::vector<double>& cumulative, double uniform) {
    const auto at = std::upper_bound(cumulative.begin(), cumulative.end(), uniform * cumulative.back());
    return std::min<std::size_t>(static_cast<std::size_t>(at - cumulative.begin()), cumulative.size() - 1);
}

std::vector<double> sums(const std::vector<double>& weights) {
    std::vector<double> out(weights.size());
    std::partial_sum(weights.begin(), weights.end(), out.begin());
    return out;
}

// One policy deciding one sequence.
class Player {
   public:
    Player(const FulfilmentInstance& instance, const model::FluidPlan& fluid, const FulfilmentPolicy& policy, std::uint64_t seed,
           std::uint64_t sequence)
        : instance_(instance),
          forecast_(instance.forecast),
          fluid_(fluid),
          policy_(policy),
          stock_(forecast_.stock),
          stream_(seed, model::Purpose::rounding, sequence) {
        if (policy.decides != Decides::planner) return;
        const bool follows_plan = policy.follow == Follow::plan;
        planner_.emplace(forecast_, fluid.unfilled_units,
                         follows_plan ? model::PlannerOptions::resolved_plan() : model::PlannerOptions::resolved_prices());
    }

    void period(std::int64_t at, std::size_t kind) {
        if (planner_ && planner_->due(at)) planner_->refresh(at, stock_, played_.unfilled);
        const core::UnitOrder order = forecast_.order(kind);
        if (order.items.empty()) return;
        places_.resize(order.items.size());
        decide(order, kind);
        take(order);
    }
    Played played() const {
        Played out = played_;
        out.cost = forecast_.in_units(cost_);
        return out;
    }

   private:
    void decide(const core::UnitOrder& order, std::size_t kind) {
        const core::UnitStock stock{stock_, forecast_.skus};
        const std::span<const Money> prices =
            policy_.prices == kLpPrices ? std::span<const Money>(fluid_.prices) : std::span<const Money>();
        if (policy_.decides == Decides::nearest) {
            for (std::size_t i = 0; i < places_.size(); ++i)
                places_[i] = instance_.closest[order.items[i] * forecast_.regions + kind % forecast_.regions];
        } else if (policy_.decides == Decides::least_cost) {
            router_.least_cost(order, stock, prices, core::UnitRouter::kOnlyIfNobodyHasIt, places_);
        } else if (policy_.decides == Decides::planner) {
            router_.guided(order, stock, planner_->guide(), kind, places_);
        } else {
            const core::Fractions fractions = fluid_.fractions.of(kind);
            uniforms_.resize(core::Rounder::uniforms(policy_.rounding, fractions));
            for (double& uniform : uniforms_) uniform = stream_.uniform();
            router_.rounded(order, stock, policy_.rounding, fractions, uniforms_, policy_.failed, prices, places_);
        }
    }

    void take(const core::UnitOrder& order) {
        for (std::size_t i = 0; i < places_.size(); ++i) {
            Quantity* there = places_[i] < forecast_.nodes ? &stock_[places_[i] * forecast_.skus + order.items[i]] : nullptr;
            if (there != nullptr && *there > 0) {
                --*there;
                continue;
            }
            places_[i] = forecast_.nodes;
            played_.unfilled += 1;
            if (planner_) planner_->left_unfilled(1);
        }
        cost_ += core::cost_of(order, places_);
        played_.units += static_cast<double>(places_.size());
        played_.orders += 1;
        for (std::size_t i = 0; i < places_.size(); ++i)
            if (places_[i] < forecast_.nodes && std::find(places_.begin(), places_.begin() + static_cast<std::ptrdiff_t>(i),
                                                          places_[i]) == places_.begin() + static_cast<std::ptrdiff_t>(i))
                played_.parcels += 1;
    }

    const FulfilmentInstance& instance_;
    const model::Forecast& forecast_;
    const model::FluidPlan& fluid_;
    const FulfilmentPolicy& policy_;
    std::vector<Quantity> stock_;
    model::Stream stream_;
    std::optional<model::PricePlanner> planner_;
    core::UnitRouter router_;
    std::vector<std::uint32_t> places_;
    std::vector<double> uniforms_;
    Played played_;
    Money cost_ = 0;
};

}  // namespace

std::span<const FulfilmentPolicy> fulfilment_policies() { return kPolicies; }

std::vector<std::uint32_t> arrivals(const FulfilmentInstance& instance, std::uint64_t seed, std::uint64_t sequence) {
    const std::vector<double> types = sums(instance.order_probability), regions = sums(instance.region_probability);
    model::Stream stream(seed, model::Purpose::order_kind, sequence);
    std::vector<std::uint32_t> out(static_cast<std::size_t>(instance.forecast.periods));
    for (std::uint32_t& kind : out) {
        const std::size_t type = pick(types, stream.uniform());
        kind = static_cast<std::uint32_t>(type * instance.forecast.regions + pick(regions, stream.uniform()));
    }
    return out;
}

Played play(const FulfilmentInstance& instance, const model::FluidPlan& fluid, const FulfilmentPolicy& policy,
            std::span<const std::uint32_t> kinds, std::uint64_t seed, std::uint64_t sequence) {
    Player player(instance, fluid, policy, seed, sequence);
    for (std::size_t at = 0; at < kinds.size(); ++at) player.period(static_cast<std::int64_t>(at), kinds[at]);
    return player.played();
}

}  // namespace lastunit::cli::validation
