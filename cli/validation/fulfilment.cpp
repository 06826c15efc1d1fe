#include "cli/validation/fulfilment.hpp"

#include <algorithm>
#include <cmath>

#include "cli/command.hpp"

namespace lastunit::cli::validation {
namespace {

// The LP's optimum has to be the file's to the digits that its costs are counted in.
constexpr double kSameOptimum = 1e-6;

std::string size_of(const FulfilmentInstance& instance) {
    const model::Forecast& forecast = instance.forecast;
    return (instance.seed.empty() ? "" : "seed " + instance.seed + ", ") + std::to_string(forecast.nodes) + " nodes, " +
           std::to_string(forecast.skus) + " items, " + std::to_string(forecast.kinds()) + " kinds of orders, " +
           std::to_string(forecast.periods) + " periods";
}

struct Demanded {
    std::vector<double> by_kind;
    double units = 0;
    double beyond_stock = 0;
};

Demanded demanded(const model::Forecast& forecast, std::span<const std::uint32_t> kinds) {
    Demanded out;
    out.by_kind.assign(forecast.kinds(), 0.0);
    std::vector<double> left(forecast.skus, 0.0);
    for (std::size_t at = 0; at < forecast.stock.size(); ++at) left[at % forecast.skus] += forecast.stock[at];
    for (const std::uint32_t kind : kinds) {
        out.by_kind[kind] += 1;
        for (const std::uint32_t sku : forecast.items(kind)) left[sku] -= 1;
        out.units += static_cast<double>(forecast.items(kind).size());
    }
    for (const double units : left) out.beyond_stock += std::max(0.0, -units);
    return out;
}

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

void add_to(std::vector<double>& sums, const std::vector<double>& figures, double weight) {
    sums.resize(figures.size(), 0.0);
    for (std::size_t i = 0; i < figures.size(); ++i) sums[i] += weight * figures[i];
}

void add_row(PolicyRow& sum, const PolicyRow& row, double weight) {
    add_to(sum.ratio, row.ratio, weight);
    add_to(sum.unfilled, row.unfilled, weight);
    sum.parcels_per_order += weight * row.parcels_per_order;
    if (sum.reference && row.reference)
        *sum.reference += weight * *row.reference;
    else
        sum.reference.reset();
}

}  // namespace

InstanceOutcome play_all(const FulfilmentInstance& instance, std::size_t index,
                         const std::vector<const FulfilmentPolicy*>& policies, std::uint32_t sequences, std::uint64_t seed) {
    const model::Forecast& forecast = instance.forecast;
    model::FluidProgram program(forecast);
    const model::FluidPlan fluid = program.plan(forecast.demand(static_cast<double>(forecast.periods)));
    if (fluid.cost <= 0)
        throw BadInput(instance.name + ": its orders cost nothing, so that no policy can be held to the LP's optimum");
    InstanceOutcome out{
        instance.name, size_of(instance), instance.lp_optimum, fluid.cost, share(fluid.unfilled_units, fluid.units), {}, {}, {}};
    for (const FulfilmentPolicy* policy : policies) {
        PolicyRow& row = out.policies.emplace_back();
        row.policy = policy;
        if (policy->reference == nullptr) continue;
        if (const auto found = instance.reference.find(policy->reference); found != instance.reference.end())
            row.reference = found->second;
    }
    std::vector<double> orders(policies.size()), parcels(policies.size());
    for (std::uint32_t s = 0; s < sequences; ++s) {
        const std::uint64_t entity = (static_cast<std::uint64_t>(index) << 32U) + s;
        const std::vector<std::uint32_t> kinds = arrivals(instance, seed, entity);
        const Demanded came = demanded(forecast, kinds);
        out.chance_unfilled.push_back(share(came.beyond_stock, came.units));
        out.clairvoyant.push_back(program.cost(came.by_kind) / fluid.cost);
        for (std::size_t p = 0; p < policies.size(); ++p) {
            const Played played = play(instance, fluid, *policies[p], kinds, seed, entity);
            out.policies[p].ratio.push_back(played.cost / fluid.cost);
            out.policies[p].unfilled.push_back(share(played.unfilled, played.units));
            orders[p] += played.orders;
            parcels[p] += played.parcels;
        }
    }
    for (std::size_t p = 0; p < policies.size(); ++p) out.policies[p].parcels_per_order = share(parcels[p], orders[p]);
    return out;
}

InstanceOutcome average(const std::vector<InstanceOutcome>& outcomes) {
    const double weight = 1.0 / static_cast<double>(outcomes.size());
    InstanceOutcome out{"average", "of " + std::to_string(outcomes.size()) + " instances", {}, 0, 0, {}, {}, {}};
    for (const PolicyRow& row : outcomes.front().policies) {
        PolicyRow& sum = out.policies.emplace_back();
        sum.policy = row.policy;
        sum.reference = 0;
    }
    for (const InstanceOutcome& one : outcomes) {
        out.lp_optimum += weight * one.lp_optimum;
        out.lp_unfilled += weight * one.lp_unfilled;
        add_to(out.chance_unfilled, one.chance_unfilled, weight);
        add_to(out.clairvoyant, one.clairvoyant, weight);
        for (std::size_t p = 0; p < out.policies.size(); ++p) add_row(out.policies[p], one.policies[p], weight);
    }
    return out;
}

Compared compare_row(const PolicyRow& row, const Effort& effort) {
    if (!row.reference) return compare("", 0, NotCompared{"no reference"}, effort);
    // The distance in errors of both: as if the reference were exact and nearer by the larger error.
    const Estimate seen = of_replications(row.ratio, *row.reference);
    const double wider = std::sqrt(1 + static_cast<double>(row.ratio.size()) / kReferenceSequences);
    Estimate estimate = of_replications(row.ratio, seen.value - (seen.value - *row.reference) / wider);
    return compare(row.policy->name, *row.reference, estimate, effort);
}

Verdict compare_optimum(const InstanceOutcome& outcome) {
    if (!outcome.lp_reference) return Verdict::not_compared;
    const double gap = std::abs(outcome.lp_optimum - *outcome.lp_reference);
    return gap <= kSameOptimum * *outcome.lp_reference ? Verdict::passed : Verdict::failed;
}

}  // namespace lastunit::cli::validation
