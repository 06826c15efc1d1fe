// Branch and bound over node subsets.
//
// A subproblem has open members (used, paid), closed ones, and free ones. Its bound is the Lagrangian dual of the linear
// relaxation
//     L(v) = open parcels + sum_d amount_d v_d + sum_free min(0, F_n - sum_d s_nd (v_d - c_nd)+) - sum_open sum_d s_nd (v_d -
//     c_nd)+
// which is below the optimum for every v; `bound` finds a good one in two sweeps. A free member whose fixed cost the duals leave
// unpaid by more than the distance to the best plan is of no use, and dropped.
#include <algorithm>

#include "core/routing/least_cost.hpp"

namespace lastunit::core {

void LeastCost::search(const Limits& limits) {
    work_ = 0;
    budget_ = limits.budget;
    stopped_ = false;
    incomplete_ = false;
    unexplored_ = kInfinite;
    prepare_search();
    open_.clear();
    open_fixed_ = 0;
    consider_open();
    if (limits.max_nodes > 0) {
        try_each_alone();
        if (limits.max_nodes > 1) try_greedy(limits.max_nodes);
        open_.clear();
        open_fixed_ = 0;
        if (limits.max_nodes > 1 && !active_.empty()) explore(0, limits.max_nodes, -kInfinite);
    }
    exact_ = !stopped_ && !incomplete_;
}

void LeastCost::prepare_search() {
    const std::size_t demands = wanted_.size();
    amount_.resize(demands);
    for (std::size_t d = 0; d < demands; ++d) amount_[d] = split_[d] != 0 ? wanted_[d] : 1;
    supply_.assign(nodes_.size() * demands, 0);
    unit_.resize(nodes_.size() * demands);
    fixed_.resize(nodes_.size());
    share_.resize(nodes_.size());
    room_.resize(nodes_.size());
    closed_.assign(nodes_.size(), 0);
    active_.clear();
    children_.clear();
    for (std::uint32_t m = 0; m < nodes_.size(); ++m) {
        fixed_[m] = fixed_of(m);
        Quantity uses = 0;
        std::int64_t units = 0;
        for (std::size_t d = 0; d < demands; ++d) {
            const Quantity here = std::min(offer(m, d).available, wanted_[d]);
            if (here == 0 || (split_[d] == 0 && here < wanted_[d])) continue;
            supply_[m * demands + d] = split_[d] != 0 ? here : 1;
            unit_[m * demands + d] = (split_[d] != 0 ? offer(m, d).unit : price_of(m, d, wanted_[d])) * cost_scale_;
            ++uses;
            units += here;
        }
        if (uses == 0 || nodes_[m].capacity <= 0 || units < nodes_[m].min_units) continue;
        share_[m] = fixed_[m] / uses;
        active_.push_back(m);
    }
    dual_.resize(demands);
}

void LeastCost::try_each_alone() {
    for (const std::uint32_t member : active_) {
        open_.assign(1, member);
        bool all = true;
        for (std::size_t d = 0; d < wanted_.size() && all; ++d) all = covered(d);
        if (all) consider_open();
    }
}

// The member that covers most for its cost, again and again: an incumbent before the search proper.
void LeastCost::try_greedy(std::uint32_t max_nodes) {
    open_.clear();
    left_.assign(amount_.begin(), amount_.end());
    while (open_.size() < max_nodes) {
        std::uint32_t best = kNobody;
        double best_ratio = 0;
        for (const std::uint32_t member : active_) {
            if (std::find(open_.begin(), open_.end(), member) != open_.end()) continue;
            std::int64_t units = 0;
            Score cost = fixed_[member];
            for (std::size_t d = 0; d < wanted_.size(); ++d) {
                const Quantity given = std::min(left_[d], supply(member, d));
                if (given == 0) continue;
                units += given;
                cost += given * unit(member, d);
            }
            if (units == 0) continue;
            const double ratio = static_cast<double>(cost) / static_cast<double>(units);
            if (best != kNobody && ratio >= best_ratio) continue;
            best = member;
            best_ratio = ratio;
        }
        work_ += active_.size() * wanted_.size();
        if (best == kNobody) return;
        open_.push_back(best);
        for (std::size_t d = 0; d < wanted_.size(); ++d) left_[d] -= std::min(left_[d], supply(best, d));
        consider_open();
    }
}

bool LeastCost::covered(std::size_t demand) const {
    if (may_decline(demand)) return true;
    Quantity left = amount_[demand];
    for (const std::uint32_t member : open_) left -= std::min(left, supply(member, demand));
    return left == 0;
}

// active_[first..] are the free members; at most `left` of them may be opened.
void LeastCost::explore(std::size_t first, std::uint32_t left, Score parent) {
    if (work_ >= budget_) {
        stopped_ = true;
        unexplored_ = std::min(unexplored_, parent);
        return;
    }
    const Score dual = bound(first);
    const Score here = std::max(parent, dual);
    if (here >= best_.score) return;
    const auto useless = [&](std::uint32_t member) { return dual + std::max(Score{0}, room_[member]) >= best_.score; };
    active_.erase(std::remove_if(active_.begin() + static_cast<std::ptrdiff_t>(first), active_.end(), useless), active_.end());
    branch(first, left, here, dual);
}

// Opens one of the members that could serve the demand hardest to serve (any member when all are covered): in the i-th child the
// i-th is open and those before it are closed.
void LeastCost::branch(std::size_t first, std::uint32_t left, Score here, Score dual) {
    const std::size_t end = active_.size();
    const std::size_t begin = children_.size();
    const std::size_t demand = hardest(first);
    for (std::size_t i = first; i < end; ++i) {
        const std::uint32_t member = active_[i];
        if (demand < wanted_.size() && supply(member, demand) == 0) continue;
        if (left == 1 && !completes(member)) continue;
        children_.push_back({room_[member], member});
    }
    std::sort(children_.begin() + static_cast<std::ptrdiff_t>(begin), children_.end(),
              [](const Child& a, const Child& b) { return a.room != b.room ? a.room < b.room : a.member < b.member; });
    const std::size_t last = children_.size();
    std::size_t tried = begin;
    for (; tried < last; ++tried) {
        const Child child = children_[tried];
        if (dual + std::max(Score{0}, child.room) >= best_.score) break;
        if (stopped_) {
            unexplored_ = std::min(unexplored_, here);
            break;
        }
        open_.push_back(child.member);
        open_fixed_ += fixed_[child.member];
        consider_open();
        if (left > 1) {
            for (std::size_t i = first; i < end; ++i)
                if (closed_[active_[i]] == 0 && active_[i] != child.member) active_.push_back(active_[i]);
            if (active_.size() > end) explore(end, left - 1, here);
            active_.resize(end);
        }
        open_fixed_ -= fixed_[child.member];
        open_.pop_back();
        closed_[child.member] = 1;
    }
    for (std::size_t i = begin; i < tried; ++i) closed_[children_[i].member] = 0;
    children_.resize(begin);
}

// The uncovered demand with the fewest free members; the number of demands when all are covered.
std::size_t LeastCost::hardest(std::size_t first) const {
    std::size_t chosen = wanted_.size();
    std::size_t fewest = active_.size() + 1;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        if (covered(d)) continue;
        std::size_t suppliers = 0;
        for (std::size_t i = first; i < active_.size(); ++i) suppliers += supply(active_[i], d) > 0 ? 1 : 0;
        if (suppliers >= fewest) continue;
        fewest = suppliers;
        chosen = d;
    }
    return chosen;
}

// Whether the open members and this one have everything.
bool LeastCost::completes(std::uint32_t member) const {
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        if (may_decline(d)) continue;
        Quantity left = amount_[d] - std::min(amount_[d], supply(member, d));
        for (std::size_t i = 0; i < open_.size() && left > 0; ++i) left -= std::min(left, supply(open_[i], d));
        if (left > 0) return false;
    }
    return true;
}

LeastCost::Score LeastCost::bound(std::size_t first) {
    work_ += (active_.size() - first + open_.size()) * wanted_.size();
    for (std::size_t i = first; i < active_.size(); ++i) room_[active_[i]] = fixed_[active_[i]];
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        const Score to = level(first, d, Sweep::share);
        if (to >= kInfinite) return kInfinite;
        settle(first, d, to);
    }
    // Often enough already.
    const Score shared = dual_value(first);
    if (shared >= best_.score) return shared;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        lift(first, d);
        settle(first, d, level(first, d, Sweep::fill));
    }
    return dual_value(first);
}

LeastCost::Score LeastCost::dual_value(std::size_t first) const {
    Score sum = open_fixed_;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        sum += amount_[d] * dual_[d];
        for (const std::uint32_t member : open_)
            if (supply(member, d) > 0 && dual_[d] > unit(member, d)) sum -= supply(member, d) * (dual_[d] - unit(member, d));
    }
    for (std::size_t i = first; i < active_.size(); ++i) sum += std::min(Score{0}, room_[active_[i]]);
    return sum;
}

// The highest value of a unit of the demand that its members allow: from each, the cost of the unit and its share of the fixed
// cost.
LeastCost::Score LeastCost::level(std::size_t first, std::size_t demand, Sweep sweep) {
    if (split_[demand] != 0) return split_level(first, demand, sweep);
    Score lowest = may_decline(demand) ? declined_score(demand) : kInfinite;
    for (const std::uint32_t member : open_)
        if (supply(member, demand) > 0) lowest = std::min(lowest, unit(member, demand));
    for (std::size_t i = first; i < active_.size(); ++i) {
        const std::uint32_t member = active_[i];
        if (supply(member, demand) == 0) continue;
        const Score pays = sweep == Sweep::share ? share_[member] : std::max(Score{0}, room_[member]);
        lowest = std::min(lowest, unit(member, demand) + pays);
    }
    return lowest;
}

// With partial supplies the slope of L in v is the amount less what the members that are paid for would give: it ends where that
// is zero.
LeastCost::Score LeastCost::split_level(std::size_t first, std::size_t demand, Sweep sweep) {
    tiers_.clear();
    const auto floor_of = [](Score a, Score b) { return a >= 0 ? a / b : -((b - 1 - a) / b); };
    if (may_decline(demand)) tiers_.push_back({floor_of(declined_score(demand), amount_[demand]), amount_[demand], 0});
    for (const std::uint32_t member : open_)
        if (supply(member, demand) > 0) tiers_.push_back({unit(member, demand), supply(member, demand), 0});
    for (std::size_t i = first; i < active_.size(); ++i) {
        const std::uint32_t member = active_[i];
        const Quantity units = supply(member, demand);
        if (units == 0) continue;
        const Score pays = sweep == Sweep::share ? share_[member] : std::max(Score{0}, room_[member]);
        tiers_.push_back({unit(member, demand) + pays / units, units, 0});
    }
    std::sort(tiers_.begin(), tiers_.end(), [](const Tier& a, const Tier& b) { return a.unit < b.unit; });
    Quantity left = amount_[demand];
    for (const Tier& tier : tiers_) {
        left -= std::min(left, tier.units);
        if (left == 0) return tier.unit;
    }
    return kInfinite;
}

void LeastCost::settle(std::size_t first, std::size_t demand, Score to) {
    dual_[demand] = to;
    for (std::size_t i = first; i < active_.size(); ++i) {
        const std::uint32_t member = active_[i];
        if (supply(member, demand) > 0 && to > unit(member, demand))
            room_[member] -= supply(member, demand) * (to - unit(member, demand));
    }
}

// Takes the demand's dual back out of the rooms.
void LeastCost::lift(std::size_t first, std::size_t demand) {
    for (std::size_t i = first; i < active_.size(); ++i) {
        const std::uint32_t member = active_[i];
        if (supply(member, demand) > 0 && dual_[demand] > unit(member, demand))
            room_[member] += supply(member, demand) * (dual_[demand] - unit(member, demand));
    }
}

}  // namespace lastunit::core
