// Which nodes may serve an order and what each offers; and the policies that search among them.
#include <algorithm>

#include "core/routing/problem.hpp"

namespace lastunit::core {

// What every node offers, node by node in memory: one stride through the ledger per demand, whatever the order by distance. What
// is kept for walk-in shoppers is the part with the surcharge.
void Router::read_stock(const Problem& problem) {
    const std::size_t demands = wanted_.size();
    const std::size_t nodes = problem.network.nodes.size();
    const std::span<const Money> prices = problem.network.stock.prices;
    const Quantity all = std::numeric_limits<Quantity>::max();
    const std::size_t first = problem.sends_parcels ? 0 : problem.request.place.value;
    const std::size_t last = problem.sends_parcels ? nodes : first + 1;
    stock_.resize(nodes * demands);
    for (std::size_t d = 0; d < demands; ++d) {
        const std::span<const Cell> cells = problem.ledger.cells_of(skus_[d]);
        const Money* price = prices.empty() ? nullptr : &prices[std::size_t{skus_[d].value} * nodes];
        for (std::size_t n = first; n < last; ++n) {
            const NodeId node(static_cast<std::uint16_t>(n));
            const Quantity here =
                cells[n].fenced == 0 ? cells[n].atp() : problem.ledger.atp(node, skus_[d], problem.request.channel);
            stock_[n * demands + d] = {here, all, price != nullptr ? price[n] : 0, 0};
        }
        if (!problem.protects) continue;
        for (std::size_t n = first; n < last; ++n) {
            Offer& offer = stock_[n * demands + d];
            offer.plain = std::max(0, offer.available - problem.kept(NodeId(static_cast<std::uint16_t>(n)), skus_[d]));
            offer.surcharge = problem.network.protection.cost_per_unit;
        }
    }
}

// Nearest first.
void Router::gather(const Problem& problem) {
    const RouteRequest& request = problem.request;
    const std::size_t demands = wanted_.size();
    candidates_.clear();
    offers_.resize(problem.network.nodes.size() * demands);
    read_stock(problem);
    if (!request.only.empty()) {
        allowed_.resize(problem.network.nodes.size());
        if (++question_ == 0) std::fill(allowed_.begin(), allowed_.end(), question_++);
        for (const NodeId node : request.only) allowed_[node.value] = question_;
    }
    const bool weighs = problem.weighs();
    Offer* row = offers_.data();
    for (const NodeId node : problem.nodes()) {
        if (!request.only.empty() && allowed_[node.value] != question_) continue;
        const Offer* stock = &stock_[node.value * demands];
        Quantity most = 0;
        for (std::size_t d = 0; d < demands; ++d) most = std::max(most, stock[d].available);
        if (most == 0 || problem.barred_though_allowed(node) != Rejection::none) continue;
        candidates_.push_back(node);
        const Money unit = problem.unit_cost(node);
        for (std::size_t d = 0; d < demands; ++d, ++row) {
            *row = stock[d];
            row->unit += unit;
            if (weighs) row->unit += problem.sending_cost(node, skus_[d]);
        }
    }
    offers_.resize(candidates_.size() * demands);
}

// As the pass sees it: protected units are not there, or there at a surcharge.
void Router::see_protection(const Problem& problem, std::span<Offer> offers) const {
    if (!problem.protects || problem.takes_protected()) return;
    for (Offer& offer : offers) offer.available = std::min(offer.available, offer.plain);
}

void Router::offer_declines(const Problem& problem) {
    const RouteRequest& request = problem.request;
    decline_.clear();
    if (request.decline_cost.empty()) return;
    LASTUNIT_ASSERT(request.decline_cost.size() == request.lines.size(), "one decline cost per line");
    decline_.assign(wanted_.size(), 0);
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        const auto demand = static_cast<std::size_t>(std::find(skus_.begin(), skus_.end(), request.lines[i].sku) - skus_.begin());
        if (request.decline_cost[i] == kNeverDeclined || decline_[demand] == kNeverDeclined)
            decline_[demand] = kNeverDeclined;
        else
            decline_[demand] += request.decline_cost[i];
    }
    search_.allow_decline(request.decline_order_cost, decline_);
}

void Router::add_candidate(const Problem& problem, NodeId node, std::span<const Offer> offers) {
    const RouteNode& about = problem.network.nodes[node.value];
    search_.add_node({node, problem.km(node), problem.parcel_cost(node), problem.room(node), about.min_units}, offers);
}

bool Router::solve(const Problem& problem, Goal goal, std::uint32_t max_nodes, LineSplit lines) {
    LeastCost::Limits limits{.goal = goal, .max_nodes = max_nodes, .lines = lines};
    if (problem.request.budget > 0) limits.budget = problem.request.budget;
    if (!search_.solve(limits)) return false;
    pieces_.assign(search_.pieces().begin(), search_.pieces().end());
    declined_.assign(search_.declined().begin(), search_.declined().end());
    if (goal == Goal::cheapest) bound_ = search_.lower_bound();
    return true;
}

bool Router::plan_by_search(const Problem& problem, Goal goal) {
    pieces_.clear();
    gather(problem);
    see_protection(problem, offers_);
    search_.start(wanted_);
    for (std::size_t i = 0; i < candidates_.size(); ++i)
        add_candidate(problem, candidates_[i], std::span(offers_).subspan(i * wanted_.size(), wanted_.size()));
    if (goal == Goal::cheapest) offer_declines(problem);
    return solve(problem, goal, problem.max_nodes, problem.request.line_split);
}

}  // namespace lastunit::core
