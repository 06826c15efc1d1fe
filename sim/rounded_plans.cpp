#include "sim/rounded_plans.hpp"

#include <algorithm>

#include "sim/backing.hpp"

namespace lastunit::sim {

namespace {

std::size_t count_nodes(const core::Plan& plan) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < plan.lines.size(); ++i) {
        const auto before = plan.lines.begin() + static_cast<std::ptrdiff_t>(i);
        const auto same = [&](const core::PlanLine& line) { return line.node == plan.lines[i].node; };
        count += std::none_of(plan.lines.begin(), before, same) ? 1U : 0U;
    }
    return count;
}

}  // namespace

bool RoundedPlans::plan(const core::RouteRequest& request, std::uint64_t order, core::Plan& plan) {
    if (!core::by_parcel(request.method) || !collect_shares(request)) return false;
    draw(order);
    keep_what_is_there(request);
    Quantity all = 0, spilled = 0;
    for (const core::OrderLine& item : items_) all += item.quantity;
    for (const core::OrderLine& item : rest_) spilled += item.quantity;
    if (used_.size() > request.max_nodes || spilled == all) return false;
    if (static_cast<double>(spilled) > world_.design.prices.spill * static_cast<double>(all)) return false;
    if (spilled > 0 && !serve_rest(request)) return false;
    write(request, plan);
    return request.split == nullptr || count_nodes(plan) < 2;
}

// False: nothing of it is scarce, or some of it is nowhere.
bool RoundedPlans::collect_shares(const core::RouteRequest& request) {
    items_.clear();
    for (const core::OrderLine& line : request.lines) {
        const auto same = std::find_if(items_.begin(), items_.end(), [&](const core::OrderLine& i) { return i.sku == line.sku; });
        if (same == items_.end())
            items_.push_back(line);
        else
            same->quantity += line.quantity;
    }
    const std::size_t places = network_.nodes.size() + 1;
    share_.assign(items_.size() * places, 0.0);
    bool scarce = false;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const std::span<const double> shares = pricing_.shares(items_[i].sku, request.zone, request.channel);
        if (!shares.empty()) {
            scarce = true;
            std::copy(shares.begin(), shares.end(), share_.begin() + static_cast<std::ptrdiff_t>(i * places));
            continue;
        }
        const NodeId node = cheapest_with(request, i);
        if (node == kNowhere) return false;
        share_[i * places + node.value] = 1;
    }
    return scarce;
}

NodeId RoundedPlans::cheapest_with(const core::RouteRequest& request, std::size_t item) const {
    NodeId best = kNowhere;
    Money least = 0;
    for (const NodeId node : network_.by_distance[request.zone.value]) {
        if (available(request, node, items_[item].sku) < items_[item].quantity || !may_serve(request, node)) continue;
        const core::OrderLine& wanted = items_[item];
        const Money unit = network_.unit_cost(request.method, request.zone, node, network_.grams_of(wanted.sku));
        const Money cost = network_.parcel_cost(request.method, request.zone, node) +
                           (unit + pricing_.price(node, wanted.sku)) * wanted.quantity;
        if (best != kNowhere && cost >= least) continue;
        best = node;
        least = cost;
    }
    return best;
}

void RoundedPlans::draw(std::uint64_t order) {
    const core::Fractions fractions{share_, network_.nodes.size() + 1};
    const core::Rounding rounding = world_.design.prices.rounding;
    model::Stream random(world_.key, model::Purpose::sourcing, order);
    uniforms_.resize(core::Rounder::uniforms(rounding, fractions));
    for (double& uniform : uniforms_) uniform = random.uniform();
    places_.resize(items_.size());
    rounder_.round(rounding, fractions, uniforms_, places_);
}

bool RoundedPlans::may_serve(const core::RouteRequest& request, NodeId node) const {
    const core::RouteNode& about = network_.nodes[node.value];
    const auto in = [&](std::span<const NodeId> nodes) { return std::find(nodes.begin(), nodes.end(), node) != nodes.end(); };
    const bool reached = network_.parcel_cost(request.method, request.zone, node) != core::kNotSent;
    return reached && about.ships && about.open && about.capacity_left > 0 && !in(request.excluded) &&
           (request.only.empty() || in(request.only)) &&
           (network_.home.empty() || network_.home[request.zone.value] == node || about.spillover_left > 0);
}

Quantity RoundedPlans::available(const core::RouteRequest& request, NodeId node, Sku sku) const {
    const Quantity here = ledger_.atp(node, sku, request.channel);
    return here - network_.protection.units(node, network_.class_of(sku), request.time_of_day);
}

// What the drawn nodes can give stays with them; the rest is collected in rest_.
void RoundedPlans::keep_what_is_there(const core::RouteRequest& request) {
    const auto nodes = static_cast<std::uint32_t>(network_.nodes.size());
    rest_.clear();
    used_.clear();
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const NodeId node(static_cast<std::uint16_t>(places_[i]));
        const auto taken = std::count(places_.begin(), places_.begin() + static_cast<std::ptrdiff_t>(i), places_[i]);
        if (places_[i] < nodes && available(request, node, items_[i].sku) >= items_[i].quantity && may_serve(request, node) &&
            taken < network_.nodes[node.value].capacity_left) {
            if (std::find(used_.begin(), used_.end(), node) == used_.end()) used_.push_back(node);
            continue;
        }
        places_[i] = nodes;
        rest_.push_back(items_[i]);
    }
}

// From where the order is sent anyway, if that has it; else from as many others as the split limit leaves.
bool RoundedPlans::serve_rest(const core::RouteRequest& request) {
    core::RouteRequest rest = request;
    rest.lines = rest_;
    rest.only = used_;
    rest.decline_cost = {};
    rest.split = nullptr;
    router_.plan(rest, ledger_, network_, rest_plan_);
    if (rest_plan_.outcome == core::PlanOutcome::planned) return true;
    const auto used = static_cast<std::uint32_t>(used_.size());
    if (request.max_nodes <= used) return false;
    rest.only = request.only;
    rest.max_nodes = request.max_nodes - used;
    router_.plan(rest, ledger_, network_, rest_plan_);
    return rest_plan_.outcome == core::PlanOutcome::planned;
}

// Hands each item's units to its lines in order.
void RoundedPlans::write(const core::RouteRequest& request, core::Plan& plan) {
    const auto nodes = static_cast<std::uint32_t>(network_.nodes.size());
    plan.lines.clear();
    plan.declined.clear();
    plan.outcome = core::PlanOutcome::planned;
    plan.choice = core::SplitChoice::ship_now;
    plan.lower_bound = core::kNoBound;
    left_.clear();
    for (const core::OrderLine& line : request.lines) left_.push_back(line.quantity);
    const auto give = [&](Sku sku, NodeId node, Quantity units) {
        for (std::uint32_t i = 0; i < request.lines.size() && units > 0; ++i) {
            if (request.lines[i].sku != sku || left_[i] == 0) continue;
            const Quantity given = std::min(units, left_[i]);
            plan.lines.push_back({i, node, given});
            left_[i] -= given;
            units -= given;
        }
    };
    for (std::size_t i = 0; i < items_.size(); ++i)
        if (places_[i] < nodes) give(items_[i].sku, NodeId(static_cast<std::uint16_t>(places_[i])), items_[i].quantity);
    if (!rest_.empty())
        for (const core::PlanLine& line : rest_plan_.lines) give(rest_[line.line].sku, line.node, line.quantity);
}

}  // namespace lastunit::sim
