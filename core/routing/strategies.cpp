// The rules at work: strategies in order, their filters, sorts and assignments.
#include <algorithm>

#include "core/routing/problem.hpp"

namespace lastunit::core {

bool Router::plan_by_rules(const Problem& problem) {
    gather(problem);
    for (std::uint32_t i = 0; i < rules_.strategies.size(); ++i) {
        const Strategy& strategy = rules_.strategies[i];
        Attempt& attempt = attempts_.emplace_back(Attempt{i, problem.pass, Mismatch::none, 0, {}});
        attempt.mismatch = mismatch_of(strategy.when, problem.request, problem.network);
        if (attempt.mismatch != Mismatch::none) continue;
        filter(problem, strategy);
        attempt.nodes = static_cast<std::uint32_t>(order_.size());
        attempt.result = Explanation::Attempt::Result::nothing_found;
        strategy_ = i;
        if (!assign(problem, strategy)) continue;
        attempt.result = Explanation::Attempt::Result::planned;
        return true;
    }
    return false;
}

bool Router::assign(const Problem& problem, const Strategy& strategy) {
    const bool complete = strategy.completeness == Completeness::ship_complete;
    const std::uint32_t max_nodes = complete ? 1 : std::min(strategy.max_nodes, problem.max_nodes);
    const LineSplit lines = problem.request.line_split == LineSplit::never ? LineSplit::never : strategy.lines;
    pieces_.clear();
    declined_.clear();
    sort(problem, strategy);
    if (strategy.assign == Assign::sort_first) return assign_in_order(problem, max_nodes, lines);
    search_.start(wanted_);
    for (const std::uint32_t c : order_) add_candidate(problem, candidates_[c], passed(c));
    if (!complete) offer_declines(problem);
    return solve(problem, Goal::cheapest, max_nodes, lines);
}

// Candidates that pass into order_, with what they offer after the filters into passed_.
void Router::filter(const Problem& problem, const Strategy& strategy) {
    order_.clear();
    passed_.assign(offers_.begin(), offers_.end());
    failed_.assign(candidates_.size(), kPassed);
    see_protection(problem, passed_);
    for (std::uint32_t c = 0; c < candidates_.size(); ++c) {
        failed_[c] = first_failed(problem, strategy, candidates_[c]);
        if (failed_[c] == kPassed) failed_[c] = apply_stock_filters(problem, strategy, passed(c));
        if (failed_[c] == kPassed) order_.push_back(c);
    }
}

// Of the filters on the node itself.
std::uint32_t Router::first_failed(const Problem& problem, const Strategy& strategy, NodeId node) const {
    const RouteNode& about = problem.network.nodes[node.value];
    const Duration now = problem.request.time_of_day;
    const auto passes = [&](const Filter& filter) {
        switch (filter.kind) {
            case FilterKind::node_group:
                return (about.groups & filter.groups) != 0;
            case FilterKind::within_km:
                return problem.km(node) <= filter.value;
            case FilterKind::capacity_left:
                return about.capacity_left >= filter.value;
            case FilterKind::load_below:
                return about.load < filter.value;
            case FilterKind::before_cut_off:
                return now + minutes(filter.value) < about.cut_off;
            case FilterKind::open_now:
                return within_day(now, about.opens, about.closes);
            case FilterKind::minimum_stock:
            case FilterKind::safety_stock:
                return true;
        }
        return true;
    };
    for (std::uint32_t f = 0; f < strategy.filters.size(); ++f) {
        const Filter& filter = strategy.filters[f];
        if (problem.pass == Pass::second && filter.strength == Strength::soft) continue;
        if (!passes(filter)) return f;
    }
    return kPassed;
}

// Of the filters on what the node has: they take away what it may give. The one that takes the last of it refuses the node.
std::uint32_t Router::apply_stock_filters(const Problem& problem, const Strategy& strategy, std::span<Offer> offers) const {
    const auto empty = [&] { return std::all_of(offers.begin(), offers.end(), [](const Offer& o) { return o.available == 0; }); };
    if (empty()) return kNothing;
    for (std::uint32_t f = 0; f < strategy.filters.size(); ++f) {
        const Filter& filter = strategy.filters[f];
        if (filter.kind != FilterKind::minimum_stock && filter.kind != FilterKind::safety_stock) continue;
        if (problem.pass == Pass::second && filter.strength == Strength::soft) continue;
        const auto units = static_cast<Quantity>(std::min<std::int64_t>(filter.value, kMaxUnits));
        for (Offer& offer : offers) {
            if (filter.kind == FilterKind::minimum_stock) {
                if (offer.available < units) offer.available = 0;
            } else {
                offer.available = std::max(0, offer.available - units);
                if (problem.protects) offer.plain = std::max(0, offer.plain - units);
            }
        }
        if (empty()) return f;
    }
    return kPassed;
}

void Router::sort(const Problem& problem, const Strategy& strategy) {
    const std::size_t sorts = strategy.sorts.size();
    if (sorts == 0) return;
    keys_.resize(candidates_.size() * sorts);
    for (const std::uint32_t c : order_)
        for (std::size_t s = 0; s < sorts; ++s) {
            const std::int64_t value = sort_value(problem, strategy.sorts[s].key, c);
            keys_[c * sorts + s] = strategy.sorts[s].direction == Direction::natural ? value : -value;
        }
    // Candidates are numbered by distance, then by node.
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        for (std::size_t s = 0; s < sorts; ++s)
            if (keys_[a * sorts + s] != keys_[b * sorts + s]) return keys_[a * sorts + s] < keys_[b * sorts + s];
        return a < b;
    };
    if (!std::is_sorted(order_.begin(), order_.end(), before)) std::sort(order_.begin(), order_.end(), before);
}

// Smaller comes first.
std::int64_t Router::sort_value(const Problem& problem, SortKey key, std::uint32_t candidate) const {
    const NodeId node = candidates_[candidate];
    const RouteNode& about = problem.network.nodes[node.value];
    const StockFacts& facts = problem.network.stock;
    std::int64_t sum = 0, count = 0, units = 0, oldest = 0;
    switch (key) {
        case SortKey::distance:
            return problem.km(node);
        case SortKey::load:
            return about.load;
        case SortKey::rank:
            return about.rank;
        case SortKey::cost:
            sum = problem.parcel_cost(node);
            for (std::size_t d = 0; d < wanted_.size(); ++d) {
                const Offer& offer = passed_[candidate * wanted_.size() + d];
                const Quantity given = std::min(wanted_[d], offer.available);
                units += given;
                sum += given * offer.unit + std::max(0, given - offer.plain) * offer.surcharge;
            }
            return sum * 1000 / std::max<std::int64_t>(units, 1);
        case SortKey::balance:
            for (std::size_t d = 0; d < wanted_.size() && !facts.reference.empty(); ++d) {
                if (passed_[candidate * wanted_.size() + d].available == 0) continue;
                const Quantity start = std::max(1, facts.reference[problem.cell(node, skus_[d])]);
                sum += offers_[candidate * wanted_.size() + d].available * std::int64_t{1'000'000} / start;
                ++count;
            }
            return count == 0 ? 0 : -(sum / count);
        case SortKey::age:
            for (std::size_t d = 0; d < wanted_.size() && !facts.age_days.empty(); ++d)
                if (passed_[candidate * wanted_.size() + d].available > 0)
                    oldest = std::max<std::int64_t>(oldest, facts.age_days[problem.cell(node, skus_[d])]);
            return -oldest;
    }
    return 0;
}

bool Router::assign_in_order(const Problem& problem, std::uint32_t max_nodes, LineSplit lines) {
    if (max_nodes == 0) return false;
    if (take_all_from_one(problem)) return true;
    return max_nodes > 1 && take_in_order(problem, max_nodes, lines);
}

bool Router::take_all_from_one(const Problem& problem) {
    for (const std::uint32_t c : order_) {
        const std::span<const Offer> offers = passed(c);
        bool all = problem.room(candidates_[c]) >= static_cast<Quantity>(wanted_.size());
        for (std::size_t d = 0; d < wanted_.size() && all; ++d) all = offers[d].available >= wanted_[d];
        if (!all) continue;
        for (std::uint32_t d = 0; d < wanted_.size(); ++d) pieces_.push_back({d, candidates_[c], wanted_[d]});
        return true;
    }
    return false;
}

bool Router::take_in_order(const Problem& problem, std::uint32_t max_nodes, LineSplit lines) {
    whole_.assign(wanted_.size(), lines == LineSplit::never ? 1 : 0);
    if (lines == LineSplit::when_needed)
        for (const std::uint32_t c : order_)
            for (std::size_t d = 0; d < wanted_.size(); ++d)
                if (passed(c)[d].available >= wanted_[d]) whole_[d] = 1;
    left_.assign(wanted_.begin(), wanted_.end());
    std::size_t open = wanted_.size();  // demands not yet served
    std::uint32_t nodes = 0;
    for (const std::uint32_t c : order_) {
        Quantity room = problem.room(candidates_[c]);
        const std::size_t before = pieces_.size();
        for (std::uint32_t d = 0; d < wanted_.size() && room > 0; ++d) {
            const Quantity given = std::min(left_[d], passed(c)[d].available);
            if (given == 0 || (whole_[d] != 0 && given < wanted_[d])) continue;
            pieces_.push_back({d, candidates_[c], given});
            left_[d] -= given;
            open -= left_[d] == 0 ? 1 : 0;
            --room;
        }
        if (pieces_.size() > before && ++nodes == max_nodes) break;
        if (open == 0) break;
    }
    return open == 0;
}

}  // namespace lastunit::core
