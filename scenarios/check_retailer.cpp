#include <algorithm>
#include <cmath>

#include "scenarios/check.hpp"
#include "scenarios/quantity.hpp"

namespace lastunit::scenarios {
namespace {

constexpr std::int64_t kMostSamples = 1'000'000;   // of a time series: 11 days by the second
constexpr std::uint64_t kMostCells = 200'000'000;  // (node, SKU) pairs: beyond the memory of a usual machine

void check_run(const CheckContext& c) {
    const schema::Run& run = c.scenario.run();
    if (run.horizon() <= 0 || run.sample_every() <= 0) return;  // reported as out of range
    if (run.warm_up() >= run.horizon()) c.error("run.warm_up", "has to be shorter than the horizon");
    if ((run.horizon() + run.drain()) / run.sample_every() > kMostSamples)
        c.error("run.sample_every", "is too short: the time series would have more than 1,000,000 steps");
}

void check_catalogue(const CheckContext& c) {
    const schema::Catalogue& catalogue = c.scenario.catalogue();
    const schema::Popularity& popularity = catalogue.popularity();
    if (c.scenario.demand().has_replay()) {
        for (const char* field : {"catalogue.skus", "catalogue.items", "catalogue.popularity", "catalogue.price"})
            if (c.given(field)) c.error(field, "the catalogue of a replay comes from its log: only `size_classes` may be given");
        return;
    }
    const bool counted = c.given("catalogue.skus");
    const bool listed = c.given("catalogue.items");
    if (counted == listed)
        return c.error("catalogue", counted ? "give `skus` or `items`, not both" : "one of `skus` and `items` is required");
    if (counted && catalogue.skus() == 0 && !c.report.has("catalogue.skus")) c.error("catalogue.skus", "has to be at least 1");
    const int ways = popularity.has_zipf() + (popularity.table_size() > 0) + popularity.uniform();
    if (c.given("catalogue.popularity") && ways > 1) c.error("catalogue.popularity", "give one of zipf and table");
    if (popularity.table_size() > 0) {
        const auto& table = popularity.table();
        if (static_cast<std::uint32_t>(table.size()) != c.skus.size())
            c.error("catalogue.popularity.table",
                    "has " + std::to_string(table.size()) + " weights for " + std::to_string(c.skus.size()) + " SKUs");
        if (std::all_of(table.begin(), table.end(), [](double weight) { return weight == 0; }))
            c.error("catalogue.popularity.table", "at least one weight has to be above 0");
    }
    double weights = 0;
    for (const schema::Item& item : catalogue.items()) {
        weights += item.has_weight() ? item.weight() : 1;
        const std::string path = "catalogue.items." + item.name() + ".weight";
        if (item.has_weight() && ways > 0) c.error(path, "give either weights of items or `popularity`, not both");
    }
    if (listed && catalogue.items_size() > 0 && weights <= 0) c.error("catalogue.items", "at least one weight has to be above 0");
}

void check_network(const CheckContext& c) {
    const schema::Network& network = c.scenario.network();
    for (const schema::Node& node : network.nodes()) {
        const std::string path = "network.nodes." + node.name();
        const bool lat = c.given(path + ".lat"), lon = c.given(path + ".lon");
        if (lat != lon) c.error(path, std::string("has `") + (lat ? "lat` but no `lon`" : "lon` but no `lat`"));
        if (!lat && !lon && !c.given(path + ".place")) c.error(path, "has no coordinates: give `lat` and `lon`, or `place`");
    }
    double population = 0;
    for (const schema::Place& place : network.places()) population += place.population();
    if (network.places_size() > 0 && population <= 0) c.error("network.places", "at least one population has to be above 0");
    const auto nodes = static_cast<std::uint64_t>(network.nodes_size());
    if (nodes * c.skus.size() > kMostCells)
        c.error("network.nodes", std::to_string(nodes) + " nodes with " + std::to_string(c.skus.size()) +
                                     " SKUs each are too many: at most " + std::to_string(kMostCells) + " pairs");
}

void check_stock(const CheckContext& c) {
    for (int i = 0; i < c.scenario.stock_size(); ++i) {
        const schema::StockRule& rule = c.scenario.stock(i);
        const std::string path = "stock[" + std::to_string(i) + "]";
        const bool each = c.given(path + ".each"), total = c.given(path + ".total");
        if (each == total) c.error(path, each ? "give `each` or `total`, not both" : "one of `each` and `total` is required");
        if (c.given(path + ".minimum") && !total) c.error(path + ".minimum", "goes with `total`");
        if (c.given(path + ".nodes") && c.given(path + ".kind")) c.error(path, "give `nodes` or `kind`, not both");
        const auto of_kind = [&](const schema::Node& node) { return node.kind() == rule.kind(); };
        const auto& nodes = c.scenario.network().nodes();
        if (rule.has_kind() && std::none_of(nodes.begin(), nodes.end(), of_kind))
            c.error(path + ".kind", "the network has no node of kind `" + schema::NodeKind_Name(rule.kind()) + "`");
    }
}

void check_personas(const CheckContext& c) {
    double sum = 0;
    for (const schema::Persona& persona : c.scenario.personas()) {
        if (c.report.has("personas." + persona.name() + ".share")) return;
        sum += persona.share();
    }
    if (c.scenario.personas_size() > 0 && std::abs(sum - 1) > 1e-6)
        c.error("personas", "the shares of the personas sum to " + format_quantity(sum, schema::SHARE, "") + ", not to 100%");
}

}  // namespace

void check_retailer(const CheckContext& c) {
    check_run(c);
    check_catalogue(c);
    check_network(c);
    check_staffing(c);
    check_stock(c);
    check_personas(c);
}

}  // namespace lastunit::scenarios
