// The least-cost assignment to the members that are open. Each demand at its cheapest, unless that breaks a capacity or leaves a
// parcel too small: then every assignment in order, cut by the least cost of what is left.
#include <algorithm>

#include "core/routing/least_cost.hpp"

namespace lastunit::core {

namespace {
// Steps of one exhaustive assignment: beyond it the best found so far stands, and the answer is no longer called exact.
constexpr std::uint32_t kAssignmentSteps = 50'000;
}  // namespace

void LeastCost::consider_open() {
    work_ += open_.size() * wanted_.size();
    if (value_of_open() >= cut()) return;
    try_open(Declining::refused);
    if (!decline_.empty()) try_open(Declining::allowed);
}

// Below the value of every plan that uses all open members: each demand at its cheapest, whatever the limits. Infinite where they
// have too little.
double LeastCost::value_of_open() const {
    double sum = 0;
    for (const std::uint32_t member : open_) sum += fixed_value(member);
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        Quantity left = amount_[d];
        double cost = 0, taken = -std::numeric_limits<double>::infinity();
        std::uint32_t after = 0;  // of the members at the value taken last, the first not yet taken
        while (left > 0) {
            std::size_t best = open_.size();
            double least = 0;
            for (std::uint32_t i = 0; i < open_.size(); ++i) {
                if (supply(open_[i], d) == 0) continue;
                const double value = unit_value(open_[i], d);
                if (value < taken || (value <= taken && i < after) || (best < open_.size() && value >= least)) continue;
                best = i;
                least = value;
            }
            if (best == open_.size()) break;
            const Quantity given = std::min(left, supply(open_[best], d));
            left -= given;
            cost += given * least;
            taken = least;
            after = static_cast<std::uint32_t>(best) + 1;
        }
        if (may_decline(d) && (left > 0 || cost > decline_value(d))) {
            cost = decline_value(d);
            left = 0;
        }
        if (left > 0) return std::numeric_limits<double>::infinity();
        sum += cost;
    }
    return sum;
}

void LeastCost::try_open(Declining declining) {
    trial_.taken.clear();
    trial_.declined.clear();
    rest_.assign(wanted_.size() + 1, 0);
    for (std::uint32_t d = 0; d < wanted_.size(); ++d)
        if (!(split_[d] != 0 ? fill_split(d, declining) : fill_whole(d, declining))) return;
    if (within_limits(trial_.taken)) return keep_trial(best_.score);
    assign_tightly(declining);
}

bool LeastCost::fill_whole(std::uint32_t demand, Declining declining) {
    std::uint32_t best = kNobody;
    for (const std::uint32_t member : open_)
        if (supply(member, demand) > 0 && (best == kNobody || unit(member, demand) < unit(best, demand))) best = member;
    const bool left_out = declining == Declining::allowed && may_decline(demand) &&
                          (best == kNobody || declined_score(demand) < unit(best, demand));
    if (left_out) {
        trial_.declined.push_back(demand);
        rest_[demand] = declined_score(demand);
        return true;
    }
    if (best == kNobody) return false;
    trial_.taken.push_back({demand, best, wanted_[demand]});
    rest_[demand] = unit(best, demand);
    return true;
}

// Cheapest units first; a member's units beyond those without surcharge are dearer, so this order is optimal.
bool LeastCost::fill_split(std::uint32_t demand, Declining declining) {
    tiers_.clear();
    for (const std::uint32_t member : open_) {
        const Quantity units = supply(member, demand);
        if (units == 0) continue;
        const Offer& at = offer(member, demand);
        const Quantity plain = std::clamp(at.plain, 0, units);
        if (plain > 0) tiers_.push_back({unit(member, demand), plain, member});
        if (units > plain) tiers_.push_back({unit(member, demand) + at.surcharge * cost_scale_, units - plain, member});
    }
    // Equal units from the member added first.
    std::sort(tiers_.begin(), tiers_.end(),
              [](const Tier& a, const Tier& b) { return a.unit != b.unit ? a.unit < b.unit : a.member < b.member; });
    const std::size_t before = trial_.taken.size();
    Quantity left = wanted_[demand];
    Score cost = 0;
    for (const Tier& tier : tiers_) {
        if (left == 0) break;
        const Quantity given = std::min(left, tier.units);
        left -= given;
        cost += given * tier.unit;
        const auto mine = std::find_if(trial_.taken.begin() + static_cast<std::ptrdiff_t>(before), trial_.taken.end(),
                                       [&](const Taken& taken) { return taken.member == tier.member; });
        if (mine != trial_.taken.end())
            mine->quantity += given;
        else
            trial_.taken.push_back({demand, tier.member, given});
    }
    if (declining == Declining::allowed && may_decline(demand) && (left > 0 || declined_score(demand) < cost)) {
        trial_.taken.resize(before);
        trial_.declined.push_back(demand);
        cost = declined_score(demand);
        left = 0;
    }
    rest_[demand] = cost;
    return left == 0;
}

bool LeastCost::within_limits(std::span<const Taken> taken) const {
    for (const std::uint32_t member : open_) {
        Quantity pieces = 0;
        std::int64_t units = 0;
        for (const Taken& piece : taken)
            if (piece.member == member) {
                ++pieces;
                units += piece.quantity;
            }
        if (pieces > nodes_[member].capacity || (pieces > 0 && units < nodes_[member].min_units)) return false;
    }
    return true;
}

void LeastCost::assign_tightly(Declining declining) {
    // rest_[d]: what the demands from d on cost at least.
    for (std::size_t d = wanted_.size(); d-- > 0;) rest_[d] += rest_[d + 1];
    tight_steps_ = kAssignmentSteps;
    tight_found_ = false;
    tight_cost_ = kInfinite;
    tight_declining_ = declining;
    tight_by_quantity_ = std::any_of(open_.begin(), open_.end(), [&](std::uint32_t member) {
        if (nodes_[member].min_units > 1) return true;
        for (std::size_t d = 0; d < wanted_.size(); ++d)
            if (split_[d] != 0 && offer(member, d).surcharge > 0) return true;
        return false;
    });
    used_pieces_.assign(open_.size(), 0);
    partial_.clear();
    partial_declined_.clear();
    const std::size_t members = open_.size();
    fill_order_.resize(wanted_.size() * members);
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        std::uint32_t* order = &fill_order_[d * members];
        for (std::uint32_t i = 0; i < members; ++i) order[i] = i;
        std::sort(order, order + members, [&](std::uint32_t a, std::uint32_t b) {
            const Score x = unit(open_[a], d);
            const Score y = unit(open_[b], d);
            return x != y ? x < y : a < b;
        });
    }
    place_demand(0, 0);
    if (tight_steps_ == 0) {
        incomplete_ = true;
        unexplored_ = std::min(unexplored_, static_cast<double>(rest_[0]) / static_cast<double>(cost_scale_));
    }
    if (tight_found_) keep_trial(best_.score);
}

void LeastCost::place_demand(std::uint32_t demand, Score cost) {
    if (cost + rest_[demand] >= tight_cost_) return;
    if (demand < wanted_.size()) return place(demand, 0, wanted_[demand], cost);
    if (!within_limits(partial_)) return;
    tight_found_ = true;
    tight_cost_ = cost;
    trial_.taken.assign(partial_.begin(), partial_.end());
    trial_.declined.assign(partial_declined_.begin(), partial_declined_.end());
}

// `left` units of the demand remain for the members from `at` on, in its fill order.
void LeastCost::place(std::uint32_t demand, std::size_t at, Quantity left, Score cost) {
    if (left == 0) return place_demand(demand + 1, cost);
    if (tight_steps_ == 0) return;
    --tight_steps_;
    if (at == open_.size()) {
        if (left < wanted_[demand] || tight_declining_ == Declining::refused || !may_decline(demand)) return;
        partial_declined_.push_back(demand);
        place_demand(demand + 1, cost + declined_score(demand));
        partial_declined_.pop_back();
        return;
    }
    const std::uint32_t slot = fill_order_[demand * open_.size() + at];
    const std::uint32_t member = open_[slot];
    const Quantity most = supply(member, demand) == 0 ? 0
                          : split_[demand] == 0       ? wanted_[demand]
                                                      : std::min(left, supply(member, demand));
    if (most > 0 && used_pieces_[slot] < nodes_[member].capacity) {
        const Quantity least = tight_by_quantity_ && split_[demand] != 0 ? 1 : most;
        ++used_pieces_[slot];
        for (Quantity units = most; units >= least; --units) {
            partial_.push_back({demand, member, units});
            place(demand, at + 1, left - units, cost + price_of(member, demand, units) * cost_scale_);
            partial_.pop_back();
        }
        --used_pieces_[slot];
    }
    place(demand, at + 1, left, cost);
}

}  // namespace lastunit::core
