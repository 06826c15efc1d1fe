// The bound of a subproblem, and the duals behind it.
//
// Open members are paid; at most `left` of the free ones may be opened. With a worth w_d for each unit of demand d, any plan
// costs at least
//     L = open fixed costs + sum_d amount_d w_d + the `left` least of min(0, F_n - sum_d s_nd (w_d - c_nd)+)
//         - sum_open sum_d s_nd (w_d - c_nd)+
// (a Lagrangian dual of the demands; the limit on nodes stays in the subproblem). Where the open members leave `left_d` to be
// covered, free members cover it with no more than min(s_nd, left_d) each: the cover inequalities of Carr et al. ("Strengthening
// integrality gaps for capacitated network design and covering problems", SODA 2000). They have a worth of their own, w_d - v_d:
// units within what is left are worth w_d, units beyond it v_d, which is no more than the dearest unit of the open members.
//
// L is concave and piecewise linear in w; it is raised by subgradient steps (Polyak), and every L on the way is a bound.
#include <algorithm>
#include <cmath>

#include "core/routing/least_cost.hpp"

namespace lastunit::core {

namespace {
constexpr double kRounding = 1e-13;  // of the size of the terms: far more than doubles lose
}  // namespace

void LeastCost::see_open(Level& level) {
    const std::size_t demands = wanted_.size();
    open_units_.resize(open_.size() * demands);
    open_value_.resize(open_.size() * demands);
    std::size_t at = 0;
    for (std::size_t d = 0; d < demands; ++d) {
        double supplied = 0, dearest = -std::numeric_limits<double>::infinity();
        for (const std::uint32_t member : open_) {
            const double units = supply(member, d);
            const double value = units > 0 ? unit_value(member, d) : 0;
            open_units_[at] = units;
            open_value_[at++] = value;
            if (units > 0) dearest = std::max(dearest, value);
            supplied += units;
        }
        level.open_supply[d] = supplied;
        level.dearest_open[d] = dearest;
        const double most = level.left[d] = std::max(0.0, level.amount[d] - supplied);
        const double* supply_row = &level.supply[d * level.stride];
        double* within = &level.within[d * level.stride];
        for (std::size_t i = 0; i < level.count; ++i) within[i] = std::min(supply_row[i], most);
    }
}

// At the level's duals, with the slope of L in them.
double LeastCost::dual_value(Level& level, std::uint32_t left) {
    const std::size_t demands = wanted_.size(), count = level.count;
    work_ += (count + open_.size()) * demands;
    double constant = open_fixed_, size = std::abs(open_fixed_);
    std::copy_n(level.fixed.begin(), count, level.reduced.begin());
    for (std::size_t d = 0; d < demands; ++d) {
        const double w = level.dual[d];
        const bool apart = level.open_supply[d] > 0 && level.left[d] > 0 && w > level.dearest_open[d];
        const double v = apart ? level.dearest_open[d] : w;
        level.outer[d] = v;
        double paid = level.amount[d] * v + level.left[d] * (w - v);
        double slope = apart ? level.left[d] : level.amount[d];
        size += std::abs(paid);
        if (may_decline(d) && paid > decline_value(d)) {
            paid = decline_value(d);
            slope = 0;
        }
        for (std::size_t i = d * open_.size(); i < (d + 1) * open_.size(); ++i) {
            const double gain = open_units_[i] * (v - open_value_[i]);
            if (gain <= 0) continue;
            paid -= gain;
            size += gain;
            if (!apart) slope -= open_units_[i];
        }
        constant += paid;
        level.slope[d] = slope;
        const double* supplies = &level.supply[d * level.stride];
        const double* within = &level.within[d * level.stride];
        const double* units = &level.unit[d * level.stride];
        double* reduced = level.reduced.data();
        if (apart)
            for (std::size_t i = 0; i < count; ++i)
                reduced[i] -= within[i] * std::max(0.0, w - units[i]) + (supplies[i] - within[i]) * std::max(0.0, v - units[i]);
        else
            for (std::size_t i = 0; i < count; ++i) reduced[i] -= supplies[i] * std::max(0.0, w - units[i]);
    }
    level.constant = constant;
    level.size = size;
    return constant + choose_least(level, left);
}

// The `left` least reduced costs below zero, ascending, and their sum.
double LeastCost::choose_least(Level& level, std::uint32_t left) {
    auto& chosen = level.chosen;
    chosen.clear();
    double limit = 0;
    for (std::uint32_t i = 0; i < level.count; ++i) {
        if (level.reduced[i] >= limit) continue;
        if (chosen.size() == left) chosen.pop_back();
        chosen.push_back(i);
        for (std::size_t at = chosen.size() - 1; at > 0 && level.reduced[chosen[at - 1]] > level.reduced[i]; --at)
            std::swap(chosen[at - 1], chosen[at]);
        if (chosen.size() == left) limit = level.reduced[chosen.back()];
    }
    double sum = 0;
    for (const std::uint32_t slot : chosen) sum += level.reduced[slot];
    return sum;
}

// The best of so many rounds, but for rounding; the level keeps its duals and reduced costs.
double LeastCost::raise_bound(std::size_t depth, std::uint32_t left, std::uint32_t rounds) {
    Level& level = levels_[depth];
    const std::size_t demands = wanted_.size();
    see_open(level);
    double best = -std::numeric_limits<double>::infinity(), pace = 1;
    for (std::uint32_t round = 0;; ++round) {
        const double raw = dual_value(level, left);
        const double here = raw - kRounding * level.size;
        if (depth == 0) try_chosen(level);
        if (here > best) {
            best = here;
            std::copy_n(level.reduced.begin(), level.count, level.reduced_best.begin());
            std::copy_n(level.dual.begin(), demands, level.dual_best.begin());
            level.constant_best = level.constant - kRounding * level.size;
            level.least_best.assign(level.chosen.size() + 1, 0);
            for (std::size_t i = 0; i < level.chosen.size(); ++i)
                level.least_best[i + 1] = level.least_best[i] + level.reduced[level.chosen[i]];
        } else {
            pace *= 0.5;
        }
        if (best >= cut()) break;
        if (round + 1 >= rounds) break;
        double steep = 0;
        for (std::size_t d = 0; d < demands; ++d) {
            for (const std::uint32_t slot : level.chosen) {
                const std::size_t at = d * level.stride + slot;
                if (level.dual[d] <= level.unit[at]) continue;
                level.slope[d] -= level.outer[d] < level.dual[d] ? level.within[at] : level.supply[at];
            }
            level.slope[d] /= level.amount[d];
            steep += level.slope[d] * level.slope[d];
        }
        if (steep <= 0) break;
        const double goal = best_.found ? cut() : best + 0.1 * std::abs(best) + 1;
        const double step = pace * (goal - raw) / steep;
        for (std::size_t d = 0; d < demands; ++d) level.dual[d] += step * level.slope[d] / level.amount[d];
    }
    std::copy_n(level.dual_best.begin(), demands, level.dual.begin());
    return best;
}

// What the duals would open is often a good plan.
void LeastCost::try_chosen(const Level& level) {
    if (level.chosen.empty()) return;
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        if (may_decline(d)) continue;
        double supplied = 0;
        for (const std::uint32_t slot : level.chosen) supplied += level.supply[d * level.stride + slot];
        if (supplied < level.amount[d]) return;
    }
    for (const std::uint32_t slot : level.chosen) open_.push_back(level.member[slot]);
    consider_open();
    open_.clear();
}

// What each free member would give of what is left, in shares of the demands, and what that costs with its parcel: into
// `reduced` and `reduced_best`.
void LeastCost::see_gains(Level& level) {
    const std::size_t demands = wanted_.size(), count = level.count;
    work_ += count * demands;
    double* shares = level.reduced.data();
    double* costs = level.reduced_best.data();
    std::fill_n(shares, count, 0.0);
    std::copy_n(level.fixed.begin(), count, costs);
    for (std::size_t d = 0; d < demands; ++d) {
        const double left = level.left[d], weight = 1 / level.amount[d];
        const double* supplies = &level.supply[d * level.stride];
        const double* units = &level.unit[d * level.stride];
        for (std::size_t i = 0; i < count; ++i) {
            const double given = std::min(left, supplies[i]);
            shares[i] += given * weight;
            costs[i] += given * units[i];
        }
    }
}

// A lower bound of plans that use the free member, and at most `left` free ones in all.
double LeastCost::with_member(const Level& level, std::size_t slot, std::uint32_t left) const {
    const std::size_t others = std::min<std::size_t>(level.least_best.size() - 1, left - 1);
    const double sum = level.reduced_best[slot] + level.least_best[others];
    // The member may be one of the least itself: then the bound is that of the level.
    return level.constant_best + std::max(sum, level.least_best.back());
}

}  // namespace lastunit::core
