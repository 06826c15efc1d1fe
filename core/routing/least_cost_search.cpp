// Branch and bound over node subsets.
//
// A subproblem has open members (used, paid), closed ones (gone from its level), and free ones, of which at most so many may be
// opened. `least_cost_bound.cpp` bounds it; a free member that the bound shows to be of no use is dropped. It branches by
// pigeonhole: one of the k members still to come supplies at least a k-th of what is left of a demand; the demand with the
// fewest such members is taken, and they are tried from the least reduced cost on, each without those before it.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/routing/least_cost.hpp"

namespace lastunit::core {

namespace {
// The first rounds on the whole order drop most members; those after them are cheap.
constexpr std::uint32_t kFirstRounds[] = {4, 6, 8};
// Later ones: as many as there are demands, within these. Measured: fewer bound long orders badly, more cost more than they save.
constexpr std::size_t kFewestRounds = 4, kMostRounds = 9;
}  // namespace

void LeastCost::search(const Limits& limits) {
    work_ = 0;
    budget_ = limits.budget;
    stopped_ = false;
    incomplete_ = false;
    unexplored_ = std::numeric_limits<double>::infinity();
    open_.clear();
    open_fixed_ = 0;
    const std::uint32_t most = std::min(limits.max_nodes, static_cast<std::uint32_t>(nodes_.size()));
    set_weights(limits.goal, most);
    prepare_search(most);
    consider_open();
    if (most > 0 && levels_[0].count > 0) {
        try_greedy(most);
        open_.clear();
        explore(0, most, -std::numeric_limits<double>::infinity());
    }
    exact_ = !stopped_ && !incomplete_;
}

// The order of scores in doubles: each term smaller than the least difference of those that come before it.
void LeastCost::set_weights(Goal goal, std::uint32_t max_nodes) {
    const double nodes = 1 + std::min<double>(max_nodes, static_cast<double>(nodes_.size()));
    std::uint32_t most_km = 0;
    for (const OfferNode& node : nodes_) most_km = std::max(most_km, node.km);
    const double km = 1 + nodes * most_km;
    const double last = goal == Goal::cheapest ? km * nodes * (static_cast<double>(wanted_.size()) + 1) : km;
    km_value_ = 1 / last;
    node_value_ = goal == Goal::cheapest ? km_value_ * km : cost_span(nodes);
    decline_value_ = node_value_ * nodes;
}

// More than what two plans of at most so many nodes can differ by in cost.
double LeastCost::cost_span(double nodes) const {
    Money parcel = 0;
    for (const OfferNode& node : nodes_) parcel = std::max(parcel, node.parcel);
    double span = 1 + nodes * static_cast<double>(parcel) + static_cast<double>(decline_order_);
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        Money least = may_decline(d) ? decline_[d] : std::numeric_limits<Money>::max();
        Money most = may_decline(d) ? decline_[d] : std::numeric_limits<Money>::min();
        for (std::uint32_t m = 0; m < nodes_.size(); ++m) {
            const Offer& at = offer(m, d);
            if (at.available == 0) continue;
            least = std::min(least, wanted_[d] * at.unit);
            most = std::max(most, wanted_[d] * (at.unit + at.surcharge));
        }
        if (most >= least) span += static_cast<double>(most - least);
    }
    return span;
}

double LeastCost::value_of(const Plan& plan) const {
    std::uint64_t km = 0;
    std::uint32_t nodes = 0;
    for (std::size_t i = 0; i < plan.taken.size(); ++i) {
        const std::uint32_t member = plan.taken[i].member;
        if (std::any_of(plan.taken.begin(), plan.taken.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const Taken& other) { return other.member == member; }))
            continue;
        ++nodes;
        km += nodes_[member].km;
    }
    return static_cast<double>(plan.cost) + static_cast<double>(plan.declined.size()) * decline_value_ + nodes * node_value_ +
           static_cast<double>(km) * km_value_;
}

double LeastCost::cut() const {
    if (!best_.found) return std::numeric_limits<double>::infinity();
    // Half of the least difference of two plans; where doubles do not see that, equal plans are searched too.
    const double noise = kNoise * std::abs(best_value_);
    return best_value_ - (km_value_ / 2 > noise ? km_value_ / 2 : -noise);
}

// The members of use, all free.
void LeastCost::prepare_search(std::uint32_t max_nodes) {
    const std::size_t demands = wanted_.size();
    if (levels_.size() <= max_nodes) levels_.resize(max_nodes + 1);
    Level& level = levels_[0];
    size_level(level, nodes_.size());
    amount_.resize(demands);
    for (std::size_t d = 0; d < demands; ++d) level.amount[d] = amount_[d] = split_[d] != 0 ? wanted_[d] : 1;
    std::uint32_t slot = 0;
    for (std::uint32_t m = 0; m < nodes_.size(); ++m) {
        const OfferNode& about = nodes_[m];
        Quantity uses = 0;
        std::int64_t units = 0;
        for (std::size_t d = 0; d < demands; ++d) {
            const Quantity here = supply(m, d);
            level.supply[d * level.stride + slot] = here;
            level.unit[d * level.stride + slot] = here > 0 ? unit_value(m, d) : 0;
            uses += here;
            units += split_[d] != 0 ? here : here * wanted_[d];
        }
        if (uses == 0 || about.capacity <= 0 || units < about.min_units) continue;
        level.member[slot] = m;
        level.fixed[slot] = fixed_value(m);
        ++slot;
    }
    level.count = slot;
}

void LeastCost::size_level(Level& level, std::size_t slots) const {
    const std::size_t demands = wanted_.size();
    level.stride = slots;
    if (level.member.size() < slots) {
        level.member.resize(slots);
        for (auto* table : {&level.fixed, &level.reduced, &level.reduced_best}) table->resize(slots);
    }
    if (level.supply.size() < slots * demands)
        for (auto* table : {&level.supply, &level.within, &level.unit}) table->resize(slots * demands);
    if (level.amount.size() < demands)
        for (auto* row : {&level.amount, &level.left, &level.dual, &level.outer, &level.dual_best, &level.slope,
                          &level.dearest_open, &level.open_supply})
            row->resize(demands);
}

// The member that covers most for its cost, again and again: an incumbent, and first duals.
void LeastCost::try_greedy(std::uint32_t max_nodes) {
    Level& level = levels_[0];
    const std::size_t demands = wanted_.size();
    for (std::size_t d = 0; d < demands; ++d) {
        level.left[d] = level.amount[d];
        level.dual[d] = 0;
    }
    open_.clear();
    double last = 0;
    while (open_.size() < max_nodes) {
        see_gains(level);
        std::size_t best = level.count;
        for (std::size_t i = 0; i < level.count; ++i) {
            if (level.reduced[i] <= 0 || std::find(open_.begin(), open_.end(), level.member[i]) != open_.end()) continue;
            if (best == level.count || level.reduced_best[i] * level.reduced[best] < level.reduced_best[best] * level.reduced[i])
                best = i;
        }
        if (best == level.count) break;
        open_.push_back(level.member[best]);
        last = level.reduced_best[best] / level.reduced[best];
        for (std::size_t d = 0; d < demands; ++d) {
            const double given = std::min(level.left[d], level.supply[d * level.stride + best]);
            level.left[d] -= given;
            level.dual[d] += given * last / level.amount[d];
        }
        consider_open();
    }
    // `dual` is the cost of the whole demand so far; what is left costs as much as the last.
    for (std::size_t d = 0; d < demands; ++d) {
        level.dual[d] += level.left[d] * last / level.amount[d];
        level.dual[d] /= level.amount[d];
    }
}

// levels_[depth] has the free members; at most `left` of them may be opened.
void LeastCost::explore(std::size_t depth, std::uint32_t left, double parent) {
    if (work_ >= budget_) {
        stopped_ = true;
        unexplored_ = std::min(unexplored_, parent);
        return;
    }
    Level& level = levels_[depth];
    if (!cover(level, left)) return;
    double here = parent;
    const auto raise = [&](std::uint32_t rounds) {
        here = std::max(here, raise_bound(depth, left, rounds));
        if (here >= cut()) return false;
        if (left > 1) compact(level, [&](std::size_t i) { return with_member(level, i, left) < cut(); });
        return true;
    };
    if (depth > 0 && !raise(static_cast<std::uint32_t>(std::clamp(wanted_.size(), kFewestRounds, kMostRounds)))) return;
    for (std::size_t i = 0; depth == 0 && i < std::size(kFirstRounds); ++i)
        if (!raise(kFirstRounds[i])) return;
    if (left == 1) return finish(level);
    branch(depth, left, here);
}

// What the open members lack, the free ones must have. False when they do not; a member that even the best others would not
// complete is dropped.
bool LeastCost::cover(Level& level, std::uint32_t left) {
    const std::size_t demands = wanted_.size();
    work_ += level.count * demands;
    keep_.assign(level.count, 1);
    for (std::size_t d = 0; d < demands; ++d) {
        if (may_decline(d)) continue;
        Quantity lacking = amount_[d];
        for (const std::uint32_t member : open_) lacking -= std::min(lacking, supply(member, d));
        if (lacking == 0) continue;
        const double* supplies = &level.supply[d * level.stride];
        most_.assign(left, 0);  // the largest supplies, ascending
        for (std::size_t i = 0; i < level.count; ++i) {
            if (supplies[i] <= most_[0]) continue;
            std::size_t at = 0;
            for (; at + 1 < left && most_[at + 1] < supplies[i]; ++at) most_[at] = most_[at + 1];
            most_[at] = supplies[i];
        }
        double others = 0;
        for (std::size_t i = 1; i < left; ++i) others += most_[i];
        if (others + most_[0] < lacking) return false;
        const double least = lacking - others;
        if (least <= 0) continue;
        for (std::size_t i = 0; i < level.count; ++i) keep_[i] &= supplies[i] >= least ? 1 : 0;
    }
    compact(level, [&](std::size_t i) { return keep_[i] != 0; });
    return level.count > 0;
}

// The last member.
void LeastCost::finish(Level& level) {
    for (std::size_t i = 0; i < level.count; ++i)
        if (with_member(level, i, 1) < cut()) consider_with(level.member[i]);
}

void LeastCost::consider_with(std::uint32_t member) {
    open_.push_back(member);
    consider_open();
    open_.pop_back();
}

// The last member beside the first, which is not open yet in the level's terms: any that has what is then lacking.
void LeastCost::finish_pair(const Level& level, std::uint32_t first) {
    const std::size_t demands = wanted_.size();
    const double base = level.constant_best + level.reduced_best[first];
    work_ += level.count * demands;
    for (std::uint32_t i = 0; i < level.count; ++i) {
        if (level.gone[i] != 0 || base + level.reduced_best[i] >= cut()) continue;
        bool all = true;
        for (std::size_t d = 0; d < demands && all; ++d) {
            const double* supplies = &level.supply[d * level.stride];
            all = supplies[first] + supplies[i] >= level.left[d] || may_decline(d);
        }
        if (all) consider_with(level.member[i]);
    }
}

// Into `order`: the members of which one must be opened, or all of them where nothing is lacking; the least reduced cost first.
void LeastCost::choose_branches(Level& level, std::uint32_t left) {
    std::size_t fewest = level.count + 1, chosen = wanted_.size();
    double least = 0;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        if (may_decline(d) || level.left[d] <= 0) continue;
        const double need = std::ceil(level.left[d] / left);
        std::size_t suppliers = 0;
        for (std::size_t i = 0; i < level.count; ++i) suppliers += level.within[d * level.stride + i] >= need ? 1 : 0;
        if (suppliers >= fewest) continue;
        fewest = suppliers;
        chosen = d;
        least = need;
    }
    level.order.clear();
    for (std::uint32_t i = 0; i < level.count; ++i)
        if (chosen == wanted_.size() || level.within[chosen * level.stride + i] >= least) level.order.push_back(i);
    std::sort(level.order.begin(), level.order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return level.reduced_best[a] != level.reduced_best[b] ? level.reduced_best[a] < level.reduced_best[b] : a < b;
    });
}

void LeastCost::branch(std::size_t depth, std::uint32_t left, double here) {
    Level& level = levels_[depth];
    choose_branches(level, left);
    level.gone.assign(level.count, 0);
    for (const std::uint32_t slot : level.order) {
        if (with_member(level, slot, left) >= cut()) break;
        if (stopped_) {
            unexplored_ = std::min(unexplored_, here);
            break;
        }
        level.gone[slot] = 1;
        open_.push_back(level.member[slot]);
        open_fixed_ += level.fixed[slot];
        if (std::all_of(wanted_.begin(), wanted_.end(), [&, d = std::size_t{0}](Quantity) mutable { return covered(d++); }))
            consider_open();
        if (left == 2) {
            finish_pair(level, slot);
        } else {
            descend(depth, left, slot);
            if (levels_[depth + 1].count > 0) explore(depth + 1, left - 1, here);
        }
        open_fixed_ -= level.fixed[slot];
        open_.pop_back();
    }
}

// The free members of the subproblem in which `opened` is open: those that can be part of a better plan with it.
void LeastCost::descend(std::size_t depth, std::uint32_t left, std::uint32_t opened) {
    const Level& from = levels_[depth];
    Level& to = levels_[depth + 1];
    const std::size_t demands = wanted_.size();
    size_level(to, from.count);
    const std::size_t others = std::min<std::size_t>(from.least_best.size() - 1, left - 2);
    const double pair = from.constant_best + from.reduced_best[opened] + from.least_best[others];
    std::size_t count = 0;
    for (std::size_t i = 0; i < from.count; ++i) {
        if (from.gone[i] != 0 || pair + from.reduced_best[i] >= cut()) continue;
        to.member[count] = from.member[i];
        to.fixed[count] = from.fixed[i];
        for (std::size_t d = 0; d < demands; ++d) {
            to.supply[d * to.stride + count] = from.supply[d * from.stride + i];
            to.unit[d * to.stride + count] = from.unit[d * from.stride + i];
        }
        ++count;
    }
    to.count = count;
    std::copy_n(from.amount.begin(), demands, to.amount.begin());
    std::copy_n(from.dual_best.begin(), demands, to.dual.begin());
}

bool LeastCost::covered(std::size_t demand) const {
    if (may_decline(demand)) return true;
    Quantity left = amount_[demand];
    for (const std::uint32_t member : open_) left -= std::min(left, supply(member, demand));
    return left == 0;
}

}  // namespace lastunit::core
