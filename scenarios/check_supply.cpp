// Trucks, replenishment and returns: what has to fit together.
#include <algorithm>
#include <set>

#include "scenarios/check.hpp"

namespace lastunit::scenarios {
namespace {

using Lane = std::pair<NodeId, NodeId>;

std::set<Lane> check_trucks(const CheckContext& c) {
    std::set<Lane> lanes;
    for (const schema::Truck& truck : c.scenario.network().trucks()) {
        const std::string path = "network.trucks." + truck.name();
        const std::vector<NodeId> from = c.lookup.node_set(truck.from(), truck.from_kinds());
        const std::vector<NodeId> to = c.lookup.node_set(truck.to(), truck.to_kinds());
        if (from.empty()) c.error(path, "comes from no node: give `from` or `from_kinds`");
        if (to.empty()) c.error(path, "goes to no node: give `to` or `to_kinds`");
        bool any = from.empty() || to.empty();
        for (const NodeId a : from)
            for (const NodeId b : to)
                if (a != b) {
                    lanes.insert({a, b});
                    any = true;
                }
        if (!any) c.error(path, "goes nowhere but to where it comes from");
        for (const std::int64_t at : truck.at())
            if (std::count(truck.at().begin(), truck.at().end(), at) > 1) {
                c.error(path + ".at", "names a time twice");
                break;
            }
    }
    return lanes;
}

void check_levels(const CheckContext& c, const schema::ReplenishmentRule& rule, const std::string& path) {
    using Rule = schema::ReplenishmentRule;
    if (rule.has_up_to() && rule.has_up_to_share()) c.error(path, "give `up_to` or `up_to_share`, not both");
    const bool point = rule.has_reorder_point() || rule.has_reorder_share();
    if (rule.has_reorder_point() && rule.has_reorder_share()) c.error(path, "give `reorder_point` or `reorder_share`, not both");
    if (rule.policy() == Rule::min_max && !point) c.error(path, "min_max needs `reorder_point` or `reorder_share`");
    if (rule.policy() == Rule::base_stock && point) c.error(path, "base_stock has no reorder point: take min_max");
    if (rule.has_up_to() && rule.has_reorder_point() && rule.reorder_point() >= rule.up_to())
        c.error(path + ".reorder_point", "has to be below `up_to`");
    const double up_to = rule.has_up_to_share() ? rule.up_to_share() : 1;
    if (!rule.has_up_to() && rule.has_reorder_share() && rule.reorder_share() >= up_to)
        c.error(path + ".reorder_share", "has to be below `up_to_share` (default 100%)");
    if (rule.policy() == Rule::periodic && !rule.has_review_every()) c.error(path, "periodic needs `review_every`");
    if (rule.policy() != Rule::periodic && rule.has_review_every()) c.error(path + ".review_every", "goes with periodic");
}

void check_replenishment(const CheckContext& c, const std::set<Lane>& lanes) {
    using Rule = schema::ReplenishmentRule;
    if (c.scenario.replenishment_size() > 0 && c.scenario.inbound().policy() != schema::Inbound::none)
        c.error("inbound.policy", "give either `inbound` or `replenishment`");
    for (int i = 0; i < c.scenario.replenishment_size(); ++i) {
        const Rule& rule = c.scenario.replenishment(i);
        const std::string path = "replenishment[" + std::to_string(i) + "]";
        check_levels(c, rule, path);
        const std::vector<NodeId> nodes = c.lookup.node_set_or_all(rule.nodes(), rule.kinds());
        if (nodes.empty()) c.error(path + ".kinds", "the network has no such node");
        const auto source = c.lookup.nodes.find(rule.from());
        if (source == c.lookup.nodes.end() || rule.policy() == Rule::never) continue;
        if (c.given(path + ".lead_time"))
            c.error(path + ".lead_time", "is the supplier's: what comes `from` a node comes by truck");
        const NodeId from(static_cast<std::uint16_t>(source->second));
        for (const NodeId to : nodes) {
            const std::string name = c.scenario.network().nodes(to.value).name();
            if (to == from) c.error(path + ".from", "`" + name + "` cannot replenish itself: leave it out of this rule");
            if (to == from || lanes.contains({from, to})) continue;
            c.error(path + ".from", "no truck goes from `" + rule.from() + "` to `" + name + "`");
            break;
        }
    }
}

void check_returns(const CheckContext& c) {
    for (int i = 0; i < c.scenario.returns_size(); ++i) {
        const schema::ReturnsRule& rule = c.scenario.returns(i);
        const std::string path = "returns[" + std::to_string(i) + "]";
        if (c.lookup.node_set_or_all(rule.nodes(), rule.kinds()).empty())
            c.error(path + ".kinds", "the network has no such node");
        if (rule.as_new() + rule.marked_down() > 1 + 1e-9) c.error(path, "`as_new` and `marked_down` sum to more than 100%");
        for (const char* field : {".inspect.order", ".inspect.classes"})
            if (c.given(path + field))
                c.error(path + field, "is of stations that orders go through: returns are looked at first come first served");
        const bool forward = rule.then() == schema::ReturnsRule::forward;
        if (forward && rule.forward_to().empty()) c.error(path, "`then: forward` needs `forward_to`");
        if (!forward && !rule.forward_to().empty()) c.error(path + ".forward_to", "goes with `then: forward`");
        if (rule.then() == schema::ReturnsRule::here && c.given(path + ".forward_takes"))
            c.error(path + ".forward_takes", "goes with `then: forward` or `then: where_sold`");
    }
}

}  // namespace

void check_supply(const CheckContext& c) {
    check_replenishment(c, check_trucks(c));
    check_returns(c);
}

}  // namespace lastunit::scenarios
