#include "scenarios/order_file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "scenarios/binder.hpp"
#include "scenarios/files.hpp"
#include "scenarios/scenario.pb.h"
#include "scenarios/suggest.hpp"
#include "scenarios/yaml_reader.hpp"

namespace lastunit::scenarios {
namespace {

constexpr std::size_t kMostSuggested = 10'000;  // SKUs that are looked through for a near name

template <class Things> std::vector<std::string> names_of(const Things& things) {
    std::vector<std::string> names;
    for (const auto& thing : things) names.push_back(thing.name);
    return names;
}

template <class Things> std::size_t index_of(const Things& things, const std::string& name) {
    const auto found = std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.name == name; });
    return static_cast<std::size_t>(found - things.begin());
}

class OrderReader {
   public:
    OrderReader(const model::Scenario& scenario, const schema::OrderFile& from, const Bound& bound, Report& report)
        : scenario_(scenario), from_(from), bound_(bound), report_(report) {}

    OrderToRoute read() {
        OrderToRoute to;
        to.channel = ChannelId(static_cast<std::uint8_t>(channel()));
        to.method = method(scenario_.channels[to.channel.value]);
        to.place = ZoneId(static_cast<std::uint16_t>(place()));
        to.store = NodeId(static_cast<std::uint16_t>(store(to.method)));
        for (const schema::OrderFileLine& line : from_.lines()) add(line, to);
        return to;
    }

   private:
    void error(const std::string& path, const std::string& message) { report_.error(bound_.places.find(path), path, message); }

    std::size_t channel() const {
        if (!from_.channel().empty()) return index_of(scenario_.channels, from_.channel());
        const auto sells_ahead = [](const model::Channel& one) { return one.kind != model::ChannelKind::pos; };
        const auto first = std::find_if(scenario_.channels.begin(), scenario_.channels.end(), sells_ahead);
        return first == scenario_.channels.end() ? 0 : static_cast<std::size_t>(first - scenario_.channels.begin());
    }

    core::Method method(const model::Channel& channel) {
        if (from_.has_method()) {
            const auto asked = static_cast<core::Method>(from_.method());
            if (asked == core::Method::carry_out) error("method", "nothing is routed where the shopper carries it out");
            return asked;
        }
        std::size_t most = 0;
        for (std::size_t i = 0; i < model::kMethods; ++i)
            if (channel.methods[i] > channel.methods[most]) most = i;
        const auto usual = static_cast<core::Method>(most);
        return usual == core::Method::carry_out ? core::Method::ship : usual;
    }

    std::size_t place() const {
        const auto& places = scenario_.network.places;
        if (!from_.place().empty()) return index_of(places, from_.place());
        const auto less = [](const model::Place& a, const model::Place& b) { return a.population < b.population; };
        return static_cast<std::size_t>(std::max_element(places.begin(), places.end(), less) - places.begin());
    }

    std::size_t store(core::Method method) {
        const bool collected = core::waits_in_store(method);
        if (!from_.store().empty()) {
            if (core::by_parcel(method))
                error("store", "goes with a method by which the shopper collects: pickup, reserve_in_store");
            return index_of(scenario_.network.nodes, from_.store());
        }
        if (collected) error("", std::string("`") + core::name_of(method) + "` needs `store`: where is it collected?");
        return 0;
    }

    void add(const schema::OrderFileLine& line, OrderToRoute& to) {
        const auto& skus = scenario_.catalogue.skus;
        const std::size_t sku = index_of(skus, line.sku());
        if (sku == skus.size()) {
            const std::string path = "lines." + line.sku();
            error(path, "unknown sku `" + line.sku() + "`" +
                            (skus.size() > kMostSuggested ? "; the catalogue has " + skus.front().name + " to " + skus.back().name
                                                          : suggest(line.sku(), names_of(skus))));
            return;
        }
        if (skus[sku].bundle.empty()) add_units(Sku(static_cast<std::uint32_t>(sku)), line.units(), to);
        for (const model::SkuInfo::Component& part : skus[sku].bundle) add_units(part.sku, part.units * line.units(), to);
    }
    void add_units(Sku sku, Quantity units, OrderToRoute& to) const {
        to.lines.push_back({sku, units});
        to.value += scenario_.catalogue.skus[sku.value].price * units;
    }

    const model::Scenario& scenario_;
    const schema::OrderFile& from_;
    const Bound& bound_;
    Report& report_;
};

}  // namespace

LoadedOrder load_order(const std::string& path, const model::Scenario& scenario) {
    LoadedOrder out;
    Report report;
    const Position whole{std::make_shared<const std::string>(path), 0, 0};
    const std::optional<std::string> text = read_text(path);
    if (!text) {
        std::error_code ignored;
        report.fatal(whole, "", std::filesystem::exists(path, ignored) ? "cannot be read as an order" : "there is no such file");
    } else {
        Tree tree = read_yaml(*text, path, Origin::file, report);
        prune_nulls(tree);
        if (tree.kind != Tree::Kind::map && !report.is_fatal())
            report.fatal(whole, "", "an order is a map of fields: channel, method, place, store, lines");
        if (!report.is_fatal()) {
            schema::OrderFile order;
            Bound bound = bind_fields(tree, order, scenario.currency, report);
            bound.defined["channel"] = names_of(scenario.channels);
            bound.defined["place"] = names_of(scenario.network.places);
            bound.defined["node"] = names_of(scenario.network.nodes);
            check_references(bound, report);
            if (report.empty()) out.order = OrderReader(scenario, order, bound, report).read();
        }
    }
    out.errors = report.sorted();
    if (!out.errors.empty()) out.order.reset();
    return out;
}

}  // namespace lastunit::scenarios
