#include "sim/initial_stock.hpp"

#include <cmath>

#include "model/random.hpp"

namespace lastunit::sim {

namespace {

// A total is spread by popularity and rounded at random, so that the expected sum is right whatever the tail.
Quantity units_by(const model::StockRule& rule, NodeId node, Sku sku, double share, double share_of_rule, std::uint64_t seed) {
    if (rule.total == 0) return rule.each;
    const double expected = static_cast<double>(rule.total) * share / share_of_rule;
    const double whole = std::floor(expected);
    const std::uint64_t entity = (std::uint64_t{node.value} << 32U) | sku.value;
    const bool up = model::uniform(seed, model::Purpose::initial_stock, entity) < expected - whole;
    const auto units = static_cast<Quantity>(whole) + (up ? 1 : 0);
    return units < rule.minimum ? rule.minimum : units;
}

// The cells that a rule names, in order.
template <class Visit> void for_each_cell(const model::StockRule& rule, std::uint32_t skus, Visit visit) {
    for (const NodeId node : rule.nodes) {
        for (const Sku sku : rule.skus) visit(node, sku);
        if (!rule.skus.empty()) continue;
        for (std::uint32_t sku = 0; sku < skus; ++sku) visit(node, Sku(sku));
    }
}

}  // namespace

std::vector<Quantity> initial_stock(const model::Scenario& scenario, std::uint64_t seed) {
    const std::size_t nodes = scenario.network.nodes.size();
    const auto skus = static_cast<std::uint32_t>(scenario.catalogue.skus.size());
    const model::Discrete& popularity = scenario.catalogue.popularity;
    std::vector<Quantity> units(nodes * skus);
    for (const model::StockRule& rule : scenario.stock) {
        // A total is shared by the SKUs that the rule names.
        double share = rule.skus.empty() ? 1 : 0;
        for (const Sku sku : rule.skus) share += popularity.share(sku.value);
        for_each_cell(rule, skus, [&](NodeId node, Sku sku) {
            units[sku.value * nodes + node.value] = units_by(rule, node, sku, popularity.share(sku.value), share, seed);
        });
    }
    for (std::uint32_t sku = 0; sku < skus; ++sku)
        if (!scenario.catalogue.skus[sku].bundle.empty())  // its components have the stock
            for (std::size_t node = 0; node < nodes; ++node) units[sku * nodes + node] = 0;
    return units;
}

std::vector<Duration> initial_age(const model::Scenario& scenario) {
    const std::size_t nodes = scenario.network.nodes.size();
    const auto skus = static_cast<std::uint32_t>(scenario.catalogue.skus.size());
    std::vector<Duration> age(nodes * skus);
    for (const model::StockRule& rule : scenario.stock)
        for_each_cell(rule, skus, [&](NodeId node, Sku sku) { age[sku.value * nodes + node.value] = rule.age; });
    return age;
}

}  // namespace lastunit::sim
