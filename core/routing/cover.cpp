#include "core/routing/cover.hpp"

#include <algorithm>

namespace lastunit::core {

namespace {
// Bounds the exact assignment under tight capacities: beyond it the best found so far stands.
constexpr std::uint32_t kAssignmentSteps = 20'000;
}  // namespace

void CoverSearch::start(std::span<const Quantity> wanted) {
    wanted_.assign(wanted.begin(), wanted.end());
    whole_.assign(wanted.size(), 0);
    nodes_.clear();
    available_.clear();
}

void CoverSearch::add_node(const CoverNode& node, std::span<const Quantity> available) {
    nodes_.push_back(node);
    available_.insert(available_.end(), available.begin(), available.end());
    for (std::size_t d = 0; d < wanted_.size(); ++d)
        if (available[d] >= wanted_[d]) whole_[d] = 1;
}

bool CoverSearch::solve(CoverGoal goal, std::uint32_t max_nodes) {
    best_.found = false;
    best_.pieces.clear();
    if (max_nodes == 0 || nodes_.empty()) return false;
    for (std::uint32_t node = 0; node < nodes_.size(); ++node) consider(goal, {&node, 1});
    const bool one_node_is_best = best_.found && (goal == CoverGoal::fewest || (wanted_.size() == 1 && whole_[0] != 0));
    if (max_nodes == 1 || one_node_is_best) return best_.found;

    rank_nodes(goal);
    choose_candidates();
    subset_.clear();
    extend_subset(goal, 0, max_nodes);
    if (ranks_.size() > candidates_.size()) try_greedy(goal, max_nodes);
    return best_.found;
}

// The order in which the nodes of a subset fill a demand: cheapest units first.
bool CoverSearch::fills_before(std::uint32_t a, std::uint32_t b) const {
    const CoverNode& x = nodes_[a];
    const CoverNode& y = nodes_[b];
    if (x.unit != y.unit) return x.unit < y.unit;
    if (x.km != y.km) return x.km < y.km;
    return x.node < y.node;
}

// Units that `node` could give of what is left, within its capacity and without splitting what need not be split.
Quantity CoverSearch::gain(std::uint32_t node, std::span<const Quantity> left) const {
    Quantity units = 0;
    Quantity pieces = 0;
    for (std::size_t d = 0; d < left.size() && pieces < nodes_[node].capacity; ++d) {
        const Quantity given = std::min(left[d], available(node, d));
        if (given == 0 || (whole_[d] != 0 && given < left[d])) continue;
        units += given;
        ++pieces;
    }
    return units;
}

void CoverSearch::rank_nodes(CoverGoal goal) {
    ranks_.clear();
    for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
        const Quantity units = gain(node, wanted_);
        if (units == 0) continue;
        const double cost = static_cast<double>(nodes_[node].parcel) / units + static_cast<double>(nodes_[node].unit);
        ranks_.push_back({units, cost, node});
    }
    std::sort(ranks_.begin(), ranks_.end(), [&](const Rank& a, const Rank& b) {
        if (goal == CoverGoal::fewest && a.units != b.units) return a.units > b.units;
        if (a.cost_per_unit != b.cost_per_unit) return a.cost_per_unit < b.cost_per_unit;
        if (a.units != b.units) return a.units > b.units;
        return nodes_[a.node].km != nodes_[b.node].km ? nodes_[a.node].km < nodes_[b.node].km
                                                      : nodes_[a.node].node < nodes_[b.node].node;
    });
}

void CoverSearch::choose_candidates() {
    candidates_.clear();
    if (ranks_.size() > kCandidates) add_candidates_by_demand();
    for (const Rank& rank : ranks_) add_candidate(rank.node);
    std::sort(candidates_.begin(), candidates_.end(), [&](std::uint32_t a, std::uint32_t b) { return fills_before(a, b); });
    std::int64_t units = 0;
    for (const Quantity quantity : wanted_) units += quantity;
    least_units_cost_ = candidates_.empty() ? 0 : units * nodes_[candidates_.front()].unit;
}

void CoverSearch::add_candidate(std::uint32_t node) {
    const bool known = std::find(candidates_.begin(), candidates_.end(), node) != candidates_.end();
    if (!known && candidates_.size() < kCandidates) candidates_.push_back(node);
}

// Two nodes for each demand first, lest a rare SKU be covered by none of the nodes that look best overall.
void CoverSearch::add_candidates_by_demand() {
    for (int round = 0; round < 2; ++round)
        for (std::size_t d = 0; d < wanted_.size(); ++d) {
            const Rank* best = nullptr;
            for (const Rank& rank : ranks_) {
                const bool usable = available(rank.node, d) > 0 && (whole_[d] == 0 || available(rank.node, d) >= wanted_[d]);
                if (!usable || std::find(candidates_.begin(), candidates_.end(), rank.node) != candidates_.end()) continue;
                const bool more = best != nullptr && whole_[d] == 0 && available(rank.node, d) > available(best->node, d);
                if (best == nullptr || more) best = &rank;
            }
            if (best != nullptr) add_candidate(best->node);
        }
}

// Depth first over the subsets of the candidates in fill order.
void CoverSearch::extend_subset(CoverGoal goal, std::size_t from, std::uint32_t max_nodes) {
    if (subset_.size() >= 2) consider(goal, subset_);
    if (subset_.size() == max_nodes) return;
    for (std::size_t i = from; i < candidates_.size(); ++i) {
        subset_.push_back(candidates_[i]);
        Money parcels = 0;
        for (const std::uint32_t node : subset_) parcels += nodes_[node].parcel;
        const bool hopeless = best_.found && (goal == CoverGoal::cheapest ? parcels + least_units_cost_ > best_.cost
                                                                          : subset_.size() > best_.nodes.size());
        if (!hopeless) extend_subset(goal, i + 1, max_nodes);
        subset_.pop_back();
    }
}

void CoverSearch::try_greedy(CoverGoal goal, std::uint32_t max_nodes) {
    left_.assign(wanted_.begin(), wanted_.end());
    subset_.clear();
    while (subset_.size() < max_nodes && std::any_of(left_.begin(), left_.end(), [](Quantity q) { return q > 0; })) {
        Rank best;
        for (const Rank& rank : ranks_) {
            if (std::find(subset_.begin(), subset_.end(), rank.node) != subset_.end()) continue;
            const Quantity units = gain(rank.node, left_);
            if (units == 0) continue;
            const CoverNode& node = nodes_[rank.node];
            const double cost = static_cast<double>(node.parcel) / units + static_cast<double>(node.unit);
            const bool wins = best.units == 0 || (goal == CoverGoal::fewest && units > best.units) ||
                              ((goal == CoverGoal::cheapest || units == best.units) && cost < best.cost_per_unit);
            if (wins) best = {units, cost, rank.node};
        }
        if (best.units == 0) return;
        subset_.push_back(best.node);
        Quantity pieces = 0;
        for (std::size_t d = 0; d < left_.size() && pieces < nodes_[best.node].capacity; ++d) {
            const Quantity given = std::min(left_[d], available(best.node, d));
            if (given == 0 || (whole_[d] != 0 && given < left_[d])) continue;
            left_[d] -= given;
            ++pieces;
        }
    }
    std::sort(subset_.begin(), subset_.end(), [&](std::uint32_t a, std::uint32_t b) { return fills_before(a, b); });
    consider(goal, subset_);
}

// Keeps the subset (in fill order) if it covers everything, uses every member, and beats the best.
void CoverSearch::consider(CoverGoal goal, std::span<const std::uint32_t> subset) {
    if (!assign(subset)) return;
    trial_.found = true;
    trial_.nodes.assign(subset.begin(), subset.end());
    trial_.cost = 0;
    trial_.km = 0;
    for (const std::uint32_t node : subset) {
        trial_.cost += nodes_[node].parcel;
        trial_.km += nodes_[node].km;
    }
    trial_.cost += complete_cost_;
    if (best_.found && !better(goal, trial_, best_)) return;
    trial_.pieces.assign(complete_.begin(), complete_.end());
    std::swap(trial_, best_);
}

// The least unit cost of covering every demand from the subset, into complete_ and complete_cost_. A subset with an idle member
// is refused: without that member it is another subset, and no dearer.
bool CoverSearch::assign(std::span<const std::uint32_t> subset) {
    complete_.clear();
    complete_cost_ = 0;
    used_.assign(subset.size(), 0);
    for (std::size_t d = 0; d < wanted_.size(); ++d) {
        Quantity left = wanted_[d];
        for (std::size_t i = 0; i < subset.size() && left > 0; ++i) {
            const std::uint32_t node = subset[i];
            const Quantity given = std::min(left, available(node, d));
            if (given == 0 || (whole_[d] != 0 && given < left)) continue;
            complete_.push_back({static_cast<std::uint32_t>(d), nodes_[node].node, given});
            complete_cost_ += given * nodes_[node].unit;
            ++used_[i];
            left -= given;
        }
        if (left > 0) return false;
    }
    for (std::size_t i = 0; i < subset.size(); ++i)
        if (used_[i] > nodes_[subset[i]].capacity) return assign_within_capacity(subset);
    return std::find(used_.begin(), used_.end(), 0) == used_.end();
}

bool CoverSearch::assign_within_capacity(std::span<const std::uint32_t> subset) {
    complete_found_ = false;
    steps_left_ = kAssignmentSteps;
    used_.assign(subset.size(), 0);
    partial_.clear();
    assign_next(subset, 0, 0);
    if (!complete_found_) return false;
    return std::all_of(subset.begin(), subset.end(), [&](std::uint32_t node) {
        return std::any_of(complete_.begin(), complete_.end(),
                           [&](const CoverPiece& piece) { return piece.node == nodes_[node].node; });
    });
}

// Every way to serve `demand` and those after it: one node, or for a split demand each set of nodes, filled in order.
void CoverSearch::assign_next(std::span<const std::uint32_t> subset, std::size_t demand, Money cost) {
    if (complete_found_ && cost >= complete_cost_) return;
    if (demand == wanted_.size()) {
        complete_found_ = true;
        complete_cost_ = cost;
        complete_.assign(partial_.begin(), partial_.end());
        return;
    }
    const std::size_t members = std::min<std::size_t>(subset.size(), 20);
    for (std::uint32_t mask = 1; mask < (1U << members); ++mask) {
        const bool one = (mask & (mask - 1)) == 0;
        if (whole_[demand] != 0 && !one) continue;
        if (steps_left_ == 0) return;
        --steps_left_;
        const std::size_t before = partial_.size();
        Quantity left = wanted_[demand];
        Money more = 0;
        bool fits = true;
        for (std::size_t i = 0; i < members && fits; ++i) {
            if ((mask >> i & 1U) == 0) continue;
            const std::uint32_t node = subset[i];
            const Quantity given = std::min(left, available(node, demand));
            fits = given > 0 && used_[i] < nodes_[node].capacity;
            if (!fits) break;
            partial_.push_back({static_cast<std::uint32_t>(demand), nodes_[node].node, given});
            more += given * nodes_[node].unit;
            left -= given;
        }
        if (fits && left == 0) {
            for (std::size_t i = 0; i < members; ++i) used_[i] += static_cast<Quantity>(mask >> i & 1U);
            assign_next(subset, demand + 1, cost + more);
            for (std::size_t i = 0; i < members; ++i) used_[i] -= static_cast<Quantity>(mask >> i & 1U);
        }
        partial_.resize(before);
    }
}

bool CoverSearch::better(CoverGoal goal, const Choice& a, const Choice& b) const {
    if (goal == CoverGoal::fewest && a.nodes.size() != b.nodes.size()) return a.nodes.size() < b.nodes.size();
    if (a.cost != b.cost) return a.cost < b.cost;
    if (a.nodes.size() != b.nodes.size()) return a.nodes.size() < b.nodes.size();
    if (a.km != b.km) return a.km < b.km;
    // In order of number: the first that differs decides.
    const auto numbers = [&](const Choice& choice) {
        std::vector<NodeId> sorted;
        for (const std::uint32_t node : choice.nodes) sorted.push_back(nodes_[node].node);
        std::sort(sorted.begin(), sorted.end());
        return sorted;
    };
    return numbers(a) < numbers(b);
}

}  // namespace lastunit::core
