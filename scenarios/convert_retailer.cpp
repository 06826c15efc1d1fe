#include <algorithm>
#include <cmath>

#include "scenarios/convert.hpp"

namespace lastunit::scenarios {
namespace {

// The catalogue is the retailer's, not the run's: its prices and sizes are the same under every seed.
constexpr std::uint64_t kCatalogueSeed = 0x6c617374756e6974;  // "lastunit"

constexpr double kMostGrams = 1e7;  // as the schema allows

// Draws what the scenario leaves open of a SKU. By SKU index: a SKU keeps its price when others come and go after it.
class Drawer {
   public:
    explicit Drawer(const schema::Catalogue& from) : price_(distribution(from.price())), mass_(distribution(from.mass())) {
        std::vector<double> shares;
        for (const schema::Share& share : from.size_classes()) shares.push_back(share.share());
        if (!shares.empty()) sizes_ = model::Discrete(shares);
    }
    Money price(std::uint32_t sku) const {
        return std::llround(std::max(0.0, price_.sample(model::uniform(kCatalogueSeed, model::Purpose::price, sku))));
    }
    std::uint8_t size(std::uint32_t sku) const {
        if (sizes_.empty()) return 0;
        return static_cast<std::uint8_t>(sizes_(model::uniform(kCatalogueSeed, model::Purpose::size_class, sku)));
    }

    std::int32_t grams(std::uint32_t sku) const {
        if (mass_.is_zero()) return 0;
        const double grams = mass_.sample(model::uniform(kCatalogueSeed, model::Purpose::mass, sku));
        return static_cast<std::int32_t>(std::llround(std::clamp(grams, 0.0, kMostGrams)));
    }

   private:
    model::Distribution price_, mass_;
    model::Discrete sizes_;
};

std::vector<double> popularity_weights(const Conversion& c, const model::ReplayLog* log) {
    const schema::Catalogue& from = c.from.catalogue();
    std::vector<double> weights;
    if (log) {
        for (const model::ReplaySku& sku : log->skus)
            weights.push_back(static_cast<double>(std::max<std::int64_t>(sku.units, 0)));
    } else if (from.popularity().has_zipf()) {
        weights = model::zipf_weights(c.skus.size(), from.popularity().zipf());
    } else if (from.popularity().table_size() > 0) {
        weights.assign(from.popularity().table().begin(), from.popularity().table().end());
    } else {
        for (const schema::Item& item : from.items()) weights.push_back(item.has_weight() ? item.weight() : 1);
        if (weights.empty()) weights.assign(c.skus.size(), 1);
    }
    return weights;
}

model::Node convert_node(const schema::Node& from, const Conversion& c, const std::vector<model::Place>& places) {
    model::Node to;
    to.name = from.name();
    to.kind = static_cast<model::NodeKind>(from.kind());
    to.at = from.has_lat() ? model::GeoPoint{from.lat(), from.lon()} : places[c.lookup.places.at(from.place())].at;
    to.hours = hours_of(from.hours());
    to.shifts = hours_of(from.shifts());
    to.daily_lines = from.daily_lines();
    to.ships = from.ships();
    to.hands_over = from.hands_over();
    to.parcel_cost = from.parcel_cost();
    to.unit_cost = from.unit_cost();
    to.accepts = from.accepts();
    to.refusal_time = distribution(from.refusal_time());
    to.collections = convert_collections(from, c);
    to.compartments = from.compartments();
    convert_staffing(from, c, to);
    for (const std::string& group : from.groups())
        to.groups |= std::uint64_t{1} << (model::kNodeKinds + c.lookup.node_groups.at(group));
    to.rank = from.rank();
    if (from.has_cut_off()) to.stated_cut_off = duration(from.cut_off());
    if (from.has_daily_spillover()) to.daily_spillover = from.daily_spillover();
    return to;
}

}  // namespace

model::Catalogue convert_catalogue(const Conversion& c, const model::ReplayLog* log) {
    const schema::Catalogue& from = c.from.catalogue();
    const Drawer draw(from);
    model::Catalogue to;
    for (const schema::Share& share : from.size_classes()) to.size_classes.push_back(share.name());
    if (to.size_classes.empty()) to.size_classes = {"small"};
    to.skus.reserve(c.skus.size());
    for (std::uint32_t i = 0; i < c.skus.size(); ++i) {
        if (log) {
            to.skus.push_back({log->skus[i].name, log->skus[i].price, draw.size(i), {}, draw.grams(i)});
            continue;
        }
        const schema::Item none;
        const schema::Item& item = from.items_size() > 0 ? from.items(static_cast<int>(i)) : none;
        model::SkuInfo sku{item.name().empty() ? c.skus.name(i) : item.name(),
                           item.has_price() ? item.price() : draw.price(i),
                           draw.size(i),
                           {},
                           item.has_mass() ? static_cast<std::int32_t>(item.mass()) : draw.grams(i)};
        if (!item.size().empty()) sku.size_class = static_cast<std::uint8_t>(c.lookup.size_classes.at(item.size()));
        for (const schema::Component& part : item.bundle()) sku.bundle.push_back({*c.skus.find(part.item()), part.units()});
        to.skus.push_back(std::move(sku));
    }
    to.popularity = model::Discrete(popularity_weights(c, log));
    return to;
}

model::Network convert_network(const Conversion& c) {
    const schema::Network& from = c.from.network();
    model::Network to;
    for (const schema::Place& place : from.places())
        to.places.push_back({place.name(), {place.lat(), place.lon()}, place.population()});
    for (const schema::Node& node : from.nodes()) to.nodes.push_back(convert_node(node, c, to.places));
    if (to.places.empty()) to.places.push_back({"anywhere", to.nodes[0].at, 1});
    std::vector<double> weights;
    for (const model::Place& place : to.places) weights.push_back(place.population);
    to.population = model::Discrete(weights);
    to.cost_per_km = from.cost_per_km();
    to.transit = distribution(from.transit());
    to.transit_us_per_km = static_cast<double>(from.transit_per_km());
    to.trucks = convert_trucks(c);
    to.carriers = convert_carriers(c);
    if (from.has_lockers()) to.lockers = {duration(from.lockers().retry()), from.lockers().tries()};
    to.node_groups.resize(c.lookup.node_groups.size());
    for (const auto& [name, index] : c.lookup.node_groups) to.node_groups[index] = name;
    return to;
}

std::vector<model::StockRule> convert_stock(const Conversion& c) {
    std::vector<model::StockRule> rules;
    for (const schema::StockRule& from : c.from.stock()) {
        model::StockRule to;
        google::protobuf::RepeatedField<int> kinds;
        if (from.has_kind()) kinds.Add(from.kind());
        to.nodes = c.lookup.node_set(from.nodes(), kinds);
        if (to.nodes.empty())
            for (std::size_t i = 0; i < c.lookup.nodes.size(); ++i) to.nodes.push_back(NodeId(static_cast<std::uint16_t>(i)));
        for (const std::string& sku : from.skus()) to.skus.push_back(*c.skus.find(sku));
        to.each = from.each();
        to.total = from.total();
        to.minimum = from.minimum();
        to.age = duration(from.age());
        rules.push_back(std::move(to));
    }
    return rules;
}

}  // namespace lastunit::scenarios
