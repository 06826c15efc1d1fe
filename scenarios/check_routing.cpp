#include <algorithm>

#include "scenarios/check.hpp"

namespace lastunit::scenarios {
namespace {

using schema::NodeFilter;
using schema::Strategy;

constexpr int kMostClasses = 64;  // that routing tells apart

bool any_of_kind(const CheckContext& c, int kind) {
    const auto& nodes = c.scenario.network().nodes();
    return std::any_of(nodes.begin(), nodes.end(), [&](const schema::Node& node) { return node.kind() == kind; });
}

void check_conditions(const CheckContext& c, const schema::StrategyConditions& when, const std::string& path) {
    const auto given = [&](const char* field) { return c.given(path + "." + field); };
    if (given("value_from") && given("value_below") && when.value_from() >= when.value_below())
        c.error(path + ".value_below", "has to be above `value_from`, or no order is meant");
    if (given("promise_from") && given("promise_below") && when.promise_from() >= when.promise_below())
        c.error(path + ".promise_below", "has to be above `promise_from`, or no order is meant");
    if (given("match") && !given("size_classes")) c.error(path + ".match", "goes with `size_classes`");
    const auto& channels = c.scenario.channels();
    for (int i = 0; i < when.channel_kinds_size(); ++i) {
        const int kind = when.channel_kinds(i);
        if (kind == schema::ChannelDesign::any) continue;
        if (std::none_of(channels.begin(), channels.end(), [&](const schema::Channel& one) { return one.kind() == kind - 1; }))
            c.misfit(path + ".channel_kinds[" + std::to_string(i) + "]", "the scenario has no channel of this kind",
                     "the strategy is for the other channels that it names");
    }
}

void check_filter(const CheckContext& c, const NodeFilter& filter, const std::string& path) {
    const auto given = [&](const char* field) { return c.given(path + "." + field); };
    int tests = given("groups") || given("kinds") ? 1 : 0;
    for (const char* field :
         {"within_km", "capacity_left", "load_below", "before_cut_off", "open_now", "minimum_stock", "safety_stock"})
        tests += given(field) ? 1 : 0;
    if (tests == 0)
        c.error(path,
                "tests nothing: give one of `groups`, `kinds`, `within_km`, `capacity_left`, `load_below`, "
                "`before_cut_off`, `open_now`, `minimum_stock` and `safety_stock`");
    if (tests > 1) c.error(path, "tests several things at once: write each as a filter of its own");
    if (given("open_now") && !filter.open_now()) c.error(path + ".open_now", "is true, or left out");
    for (int i = 0; i < filter.kinds_size(); ++i)
        if (!any_of_kind(c, filter.kinds(i)))
            c.misfit(path + ".kinds[" + std::to_string(i) + "]", "the network has no node of this kind", "none passes");
}

void check_strategy(const CheckContext& c, const Strategy& strategy) {
    const std::string path = "design.strategies." + strategy.name();
    check_conditions(c, strategy.when(), path + ".when");
    for (int i = 0; i < strategy.filters_size(); ++i)
        check_filter(c, strategy.filters(i), path + ".filters[" + std::to_string(i) + "]");
    if (strategy.complete() && strategy.has_max_nodes() && strategy.max_nodes() > 1)
        c.error(path + ".max_nodes", "goes without `complete: true`, which means one parcel");
    if (strategy.assign() == Strategy::in_order && strategy.lines() == Strategy::freely)
        c.error(path + ".lines", "`freely` goes with `assign: least_cost`: in order, a line is split when it has to be");
}

void check_protection(const CheckContext& c) {
    const schema::Protection& protection = c.scenario.design().protection();
    for (int i = 0; i < protection.rules_size(); ++i) {
        const schema::ProtectionRule& rule = protection.rules(i);
        const std::string path = "design.protection.rules[" + std::to_string(i) + "]";
        for (const auto& [field, time] : {std::pair("from", rule.from()), std::pair("to", rule.to())})
            if (time % hours(1).us != 0) c.error(path + "." + field, "has to be a full hour");
        if (rule.kinds_size() > 0 && c.lookup.node_set(rule.nodes(), rule.kinds()).empty())
            c.misfit(path + ".kinds", "the network has no node of these kinds", "nothing is kept");
    }
    if (c.given("design.protection.cost_per_unit") && protection.strength() == NodeFilter::hard)
        c.error("design.protection.cost_per_unit", "goes with `strength: soft`: hard protection is never taken");
}

void check_split_policy(const CheckContext& c) {
    const schema::SplitPolicy& policy = c.scenario.design().split_policy();
    for (const char* field :
         {"max_sources", "transfer_fixed", "transfer_unit", "transfer_takes", "longest_wait", "loss_per_hour"})
        if (c.given(std::string("design.split_policy.") + field) && !policy.may_wait())
            c.error(std::string("design.split_policy.") + field, "goes with `may_wait: true`");
}

}  // namespace

void check_routing(const CheckContext& c) {
    const schema::Design& design = c.scenario.design();
    if (c.lookup.node_groups.size() > model::kMostNodeGroups)
        c.error("network.nodes", "has " + std::to_string(c.lookup.node_groups.size()) + " node groups, at most " +
                                     std::to_string(model::kMostNodeGroups) + " can be told apart");
    const bool asks_classes = design.strategies_size() > 0 || design.has_protection();
    if (asks_classes && c.scenario.catalogue().size_classes_size() > kMostClasses)
        c.error("catalogue.size_classes", "has too many entries for `strategies` and `protection`: at most 64");
    if (design.routing() == schema::Design::rules && design.strategies_size() == 0)
        c.error("design.routing", "`rules` needs `design.strategies`");
    for (const Strategy& strategy : design.strategies()) check_strategy(c, strategy);
    if (design.has_protection()) check_protection(c);
    if (design.has_split_policy()) check_split_policy(c);
}

}  // namespace lastunit::scenarios
