// Dynamic programming over sets of demands, each of which goes to one node whole.
#include <algorithm>
#include <bit>

#include "core/routing/least_cost.hpp"

namespace lastunit::core {

LeastCost::Masks LeastCost::solve_by_masks(std::uint32_t max_nodes) {
    const auto demands = static_cast<std::uint32_t>(wanted_.size());
    const std::uint32_t full = (1U << demands) - 1;
    const std::uint32_t most = std::min(max_nodes, demands);
    one_.assign(full + 1, kInfinite);
    taker_.assign(full + 1, kNobody);
    if (most > 0) offer_members();
    const std::uint32_t layers = combine(most);

    Score best = kInfinite;
    std::uint32_t best_kept = 0;
    std::uint32_t may_leave = 0;
    for (std::uint32_t d = 0; d < demands; ++d) may_leave |= (may_decline(d) ? 1U : 0U) << d;
    for (std::uint32_t left_out = may_leave;; left_out = (left_out - 1) & may_leave) {
        const std::uint32_t kept = full ^ left_out;
        Score score = left_out == 0 ? 0 : decline_order_ * cost_scale_;
        for (std::uint32_t d = 0; d < demands; ++d)
            if ((left_out >> d & 1U) != 0) score += declined_score(d);
        if (kept != 0) score += layers == 0 ? kInfinite : some_[(layers - 1) * (full + 1) + kept];
        if (score < best) {
            best = score;
            best_kept = kept;
        }
        if (left_out == 0) break;
    }
    return best >= kInfinite ? Masks::infeasible : read_masks(best_kept, layers);
}

// What each member could take, except those that cannot be part of any plan as cheap as the best from one node.
void LeastCost::offer_members() {
    const std::size_t demands = wanted_.size();
    whole_cost_.resize(nodes_.size() * demands);
    least_.assign(demands, kInfinite);
    Score most = kInfinite;
    for (std::uint32_t m = 0; m < nodes_.size(); ++m) {
        Score all = fixed_of(m);
        for (std::size_t d = 0; d < demands; ++d) {
            Score& cost = whole_cost_[m * demands + d];
            cost = offer(m, d).available >= wanted_[d] ? price_of(m, d, wanted_[d]) * cost_scale_ : kInfinite;
            least_[d] = std::min(least_[d], cost);
            all += cost;
        }
        const bool takes_all = nodes_[m].capacity >= static_cast<Quantity>(demands) && nodes_[m].min_units <= 1;
        if (takes_all) most = std::min(most, all);
    }
    Score base = 0;
    for (std::size_t d = 0; d < demands; ++d) base += may_decline(d) ? std::min(least_[d], declined_score(d)) : least_[d];
    for (std::uint32_t m = 0; m < nodes_.size(); ++m)
        if (nodes_[m].capacity > 0 && fixed_of(m) + base <= most) offer_subsets(m);
}

// Every set of demands that the member has, grown demand by demand.
void LeastCost::offer_subsets(std::uint32_t member) {
    const std::size_t demands = wanted_.size();
    sums_.resize(std::size_t{1} << demands);
    subsets_.resize(std::size_t{1} << demands);
    sums_[0] = fixed_of(member);
    subsets_[0] = 0;
    std::size_t count = 1;
    for (std::size_t d = 0; d < demands; ++d) {
        const Score cost = whole_cost_[member * demands + d];
        if (cost >= kInfinite) continue;
        for (std::size_t i = 0; i < count; ++i) {
            sums_[count + i] = sums_[i] + cost;
            subsets_[count + i] = subsets_[i] | 1U << d;
        }
        count *= 2;
    }
    const OfferNode& node = nodes_[member];
    for (std::size_t i = 1; i < count; ++i) {
        const std::uint32_t mask = subsets_[i];
        if (sums_[i] >= one_[mask]) continue;
        if (std::popcount(mask) > node.capacity) continue;
        if (node.min_units > 1 && units_of(mask) < node.min_units) continue;
        one_[mask] = sums_[i];
        taker_[mask] = member;
    }
}

std::int64_t LeastCost::units_of(std::uint32_t mask) const {
    std::int64_t units = 0;
    for (std::size_t d = 0; d < wanted_.size(); ++d)
        if ((mask >> d & 1U) != 0) units += wanted_[d];
    return units;
}

// some_[k][mask]: the least cost of all of `mask` from at most k + 1 members. The member that takes the lowest demand is cut off
// first. Returns the number of layers: one more member would not help.
std::uint32_t LeastCost::combine(std::uint32_t most) {
    if (most == 0) return 0;
    const auto size = static_cast<std::uint32_t>(one_.size());
    some_.resize(std::size_t{most} * size);
    cut_.resize(std::size_t{most} * size);
    std::copy(one_.begin(), one_.end(), some_.begin());
    std::fill_n(cut_.begin(), size, 0U);
    for (std::uint32_t k = 1; k < most; ++k) {
        const Score* fewer = &some_[(k - 1) * size];
        bool helped = false;
        // Without declining only the whole order is asked for at the end.
        const std::uint32_t first = k + 1 == most && decline_.empty() ? size - 1 : 1;
        for (std::uint32_t mask = first; mask < size; ++mask) {
            Score best = fewer[mask];
            std::uint32_t cut = 0;
            const std::uint32_t low = mask & -mask;
            const std::uint32_t rest = mask ^ low;
            for (std::uint32_t other = rest; other != 0; other = (other - 1) & rest) {
                const Score score = one_[mask ^ other] + fewer[other];
                if (score >= best) continue;
                best = score;
                cut = mask ^ other;
            }
            some_[k * size + mask] = best;
            cut_[k * size + mask] = cut;
            helped = helped || cut != 0;
        }
        if (!helped) return k;
    }
    return most;
}

LeastCost::Masks LeastCost::read_masks(std::uint32_t kept, std::uint32_t layers) {
    const auto demands = static_cast<std::uint32_t>(wanted_.size());
    assigned_.assign(demands, kNobody);
    std::uint32_t mask = kept;
    for (std::uint32_t k = layers; mask != 0;) {
        const std::uint32_t cut = k > 1 ? cut_[(k - 1) * one_.size() + mask] : mask;
        if (k > 1) --k;
        if (cut == 0) continue;
        for (std::uint32_t d = 0; d < demands; ++d)
            if ((cut >> d & 1U) != 0) assigned_[d] = taker_[cut];
        mask ^= cut;
    }
    trial_.taken.clear();
    trial_.declined.clear();
    for (std::uint32_t d = 0; d < demands; ++d) {
        if (assigned_[d] == kNobody) {
            trial_.declined.push_back(d);
            continue;
        }
        if (std::count(assigned_.begin(), assigned_.end(), assigned_[d]) > nodes_[assigned_[d]].capacity) return Masks::conflict;
        trial_.taken.push_back({d, assigned_[d], wanted_[d]});
    }
    keep_trial(best_.score);
    return Masks::solved;
}

}  // namespace lastunit::core
