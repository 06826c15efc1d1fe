#include <algorithm>
#include <cmath>

#include "scenarios/convert.hpp"

namespace lastunit::scenarios {
namespace {

using core::FilterKind;
using schema::NodeFilter;
using schema::StrategyConditions;

constexpr std::uint64_t bit(unsigned index) { return std::uint64_t{1} << index; }

std::uint64_t channels_of(const StrategyConditions& from, const Conversion& c) {
    if (from.channels_size() == 0 && from.channel_kinds_size() == 0) return core::kEvery;
    std::uint64_t bits = 0;
    for (const std::string& name : from.channels()) bits |= bit(c.lookup.channels.at(name));
    for (const int kind : from.channel_kinds()) {
        if (kind == schema::ChannelDesign::any) return core::kEvery;
        for (int i = 0; i < c.from.channels_size(); ++i)  // `any` comes before the first kind
            if (c.from.channels(i).kind() == kind - 1) bits |= bit(static_cast<unsigned>(i));
    }
    return bits;
}

core::Conditions convert_conditions(const StrategyConditions& from, const Conversion& c) {
    core::Conditions to;
    to.channels = channels_of(from, c);
    if (from.methods_size() > 0) to.methods = 0;
    for (const int method : from.methods()) to.methods |= bit(static_cast<unsigned>(method));
    if (from.has_value_from()) to.value_from = from.value_from();
    if (from.has_value_below()) to.value_below = from.value_below();
    for (const std::string& place : from.places()) to.zones.emplace_back(static_cast<std::uint16_t>(c.lookup.places.at(place)));
    if (from.size_classes_size() > 0) to.sku_classes = 0;
    for (const std::string& name : from.size_classes()) to.sku_classes |= bit(c.lookup.size_classes.at(name));
    to.match = from.match() == StrategyConditions::all_lines ? core::LineMatch::all_lines : core::LineMatch::any_line;
    to.from = duration(from.from());
    to.to = duration(from.to());
    if (from.has_promise_from()) to.promise_from = duration(from.promise_from());
    if (from.has_promise_below()) to.promise_below = duration(from.promise_below());
    return to;
}

core::Strength strength(NodeFilter::Strength from) {
    return from == NodeFilter::soft ? core::Strength::soft : core::Strength::hard;
}

std::uint64_t groups_of(const NodeFilter& from, const Conversion& c) {
    std::uint64_t bits = 0;
    for (const std::string& name : from.groups()) {
        const auto found = c.lookup.node_groups.find(name);  // a kind's group may be of no node
        if (found != c.lookup.node_groups.end()) bits |= bit(model::kNodeKinds + found->second);
    }
    for (const int kind : from.kinds()) bits |= model::group_of(static_cast<model::NodeKind>(kind));
    return bits;
}

core::Filter convert_filter(const NodeFilter& from, const Conversion& c) {
    core::Filter to;
    to.strength = strength(from.strength());
    to.groups = groups_of(from, c);
    const auto is = [&](FilterKind kind, std::int64_t value) {
        to.kind = kind;
        to.value = value;
    };
    if (from.has_within_km()) is(FilterKind::within_km, from.within_km());
    if (from.has_capacity_left()) is(FilterKind::capacity_left, from.capacity_left());
    if (from.has_load_below()) is(FilterKind::load_below, std::llround(from.load_below() * 1000));
    if (from.has_before_cut_off()) is(FilterKind::before_cut_off, from.before_cut_off() / minutes(1).us);
    if (from.has_open_now()) is(FilterKind::open_now, 0);
    if (from.has_minimum_stock()) is(FilterKind::minimum_stock, from.minimum_stock());
    if (from.has_safety_stock()) is(FilterKind::safety_stock, from.safety_stock());
    return to;
}

core::Strategy convert_strategy(const schema::Strategy& from, const Conversion& c) {
    static constexpr core::SortKey kKeys[] = {core::SortKey::distance, core::SortKey::cost, core::SortKey::load,
                                              core::SortKey::balance,  core::SortKey::age,  core::SortKey::rank};
    core::Strategy to;
    to.name = from.name();
    to.when = convert_conditions(from.when(), c);
    for (const NodeFilter& filter : from.filters()) to.filters.push_back(convert_filter(filter, c));
    for (const schema::NodeSort& sort : from.sorts())
        to.sorts.push_back({kKeys[sort.by()],
                            sort.order() == schema::NodeSort::reversed ? core::Direction::reversed : core::Direction::natural});
    to.assign = from.assign() == schema::Strategy::least_cost ? core::Assign::least_cost : core::Assign::sort_first;
    if (from.has_max_nodes()) to.max_nodes = from.max_nodes();
    to.lines = static_cast<core::LineSplit>(from.lines());
    to.completeness = from.complete() ? core::Completeness::ship_complete : core::Completeness::may_split;
    return to;
}

core::Protection convert_protection(const schema::Protection& from, const Conversion& c) {
    const auto classes = std::max<std::size_t>(1, c.lookup.size_classes.size());
    core::Protection to(static_cast<std::uint32_t>(c.lookup.nodes.size()), static_cast<std::uint32_t>(classes));
    to.strength = strength(from.strength());
    to.cost_per_unit = from.cost_per_unit();
    for (const schema::ProtectionRule& rule : from.rules()) {
        std::vector<std::optional<NodeId>> nodes;
        for (const NodeId node : c.lookup.node_set(rule.nodes(), rule.kinds())) nodes.emplace_back(node);
        if (rule.nodes_size() == 0 && rule.kinds_size() == 0) nodes.emplace_back(std::nullopt);
        std::vector<std::optional<std::uint8_t>> sizes;
        for (const std::string& name : rule.size_classes())
            sizes.emplace_back(static_cast<std::uint8_t>(c.lookup.size_classes.at(name)));
        if (sizes.empty()) sizes.emplace_back(std::nullopt);
        const auto hour = [](std::int64_t time) { return static_cast<int>(time / hours(1).us); };
        for (const auto& node : nodes)
            for (const auto& size : sizes)
                to.keep({.node = node,
                         .sku_class = size,
                         .from = hour(rule.from()) % core::Protection::kHours,  // 24:00 is the next day's 00:00
                         .to = hour(rule.to()),
                         .units = rule.units()});
    }
    return to;
}

core::SplitPolicy convert_split_policy(const schema::SplitPolicy& from) {
    core::SplitPolicy to;
    to.loss_per_extra_parcel = from.loss_per_extra_parcel();
    to.waiting = from.may_wait() ? core::Waiting::allowed : core::Waiting::refused;
    to.max_sources = from.max_sources();
    to.transfer_fixed = from.transfer_fixed();
    to.transfer_unit = from.transfer_unit();
    to.transfer_takes = duration(from.transfer_takes());
    if (from.has_longest_wait()) to.longest_wait = duration(from.longest_wait());
    to.loss_per_hour = from.loss_per_hour();
    if (from.has_decline_cost()) to.decline_cost = from.decline_cost();
    return to;
}

}  // namespace

void convert_routing(const Conversion& c, model::Design& to) {
    const schema::Design& from = c.from.design();
    for (const schema::Strategy& strategy : from.strategies()) to.rules.strategies.push_back(convert_strategy(strategy, c));
    if (from.has_protection()) to.protection = convert_protection(from.protection(), c);
    if (from.has_split_policy()) to.split_policy = convert_split_policy(from.split_policy());
}

}  // namespace lastunit::scenarios
