#include "model/pricing/expected_demand.hpp"

#include <algorithm>

namespace lastunit::model {

namespace {

bool collected(std::size_t method) { return core::waits_in_store(static_cast<core::Method>(method)); }
bool sent(std::size_t method) { return core::by_parcel(static_cast<core::Method>(method)); }

// Where a channel's shoppers are after one step of the switching matrix; of those who switch, `keep` go on.
std::vector<double> switched(const Persona& persona, const std::vector<double>& at, double keep) {
    std::vector<double> to(at.size(), 0.0);
    for (std::size_t from = 0; from < at.size(); ++from) {
        if (from >= persona.switches.size() || persona.switches[from].empty()) {
            to[from] += at[from];
            continue;
        }
        for (std::size_t c = 0; c < at.size(); ++c) to[c] += at[from] * persona.switches[from][c] * (c == from ? 1 : keep);
    }
    return to;
}

}  // namespace

ExpectedDemand::ExpectedDemand(const Scenario& scenario) : scenario_(scenario) {
    for (const ChannelDesign& channel : scenario.design.channels) {
        const auto same = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) { return g.nodes == channel.nodes; });
        group_of_.push_back(static_cast<std::size_t>(same - groups_.begin()));
        if (same == groups_.end()) groups_.push_back({channel.nodes});
    }
    spread_popularity();
    for (const ArrivalStream& stream : scenario.arrivals) add_source(&stream);
    if (scenario.replay) add_source(nullptr);
    double shoppers = 0, lines = 0;
    for (const Persona& persona : scenario.personas) {
        if (persona.bot) continue;
        shoppers += persona.share;
        lines += persona.share * persona.lines_mean;
    }
    if (shoppers > 0) lines_per_order_ = lines / shoppers;
    if (scenario.replay && !scenario.replay->orders.empty())
        lines_per_order_ =
            static_cast<double>(scenario.replay->lines.size()) / static_cast<double>(scenario.replay->orders.size());
    look_from(SimTime{0});
}

void ExpectedDemand::spread_popularity() {
    const auto skus = static_cast<std::uint32_t>(scenario_.catalogue.skus.size());
    popular_.assign(skus, 0.0);
    for (std::uint32_t sku = 0; sku < skus; ++sku) {
        const double share = scenario_.catalogue.popularity.share(sku);
        const auto& bundle = scenario_.catalogue.skus[sku].bundle;
        if (bundle.empty()) popular_[sku] += share;
        for (const SkuInfo::Component& part : bundle) popular_[part.sku.value] += share * part.units;
    }
}

void ExpectedDemand::add_source(const ArrivalStream* stream) {
    Source& source = sources_.emplace_back();
    std::vector<double>& wanted = wanted_.emplace_back();
    source.parcels.assign(groups_.size(), 0.0);
    if (stream == nullptr) {  // everybody buys what the log says; its first channel stands for all
        Persona buyer;
        buyer.entry.assign(scenario_.channels.size(), 0.0);
        buyer.entry[0] = 1;
        add_persona(buyer, 1, ArrivalStream{}, source);
        const ReplayLog& log = *scenario_.replay;
        double units = 0;
        for (const ReplayLine& line : log.lines) units += line.quantity;
        const double each = log.orders.empty() ? 0 : units / static_cast<double>(log.orders.size());
        for (double& parcels : source.parcels) parcels *= each;
        source.in_store *= each;
        source.collected *= each;
        return;
    }
    for (std::size_t i = 0; i < scenario_.personas.size(); ++i) {
        const Persona& persona = scenario_.personas[i];
        const double share = stream->persona ? (*stream->persona == i ? 1 : 0) : persona.share;
        if (share > 0 && !persona.bot) add_persona(persona, share, *stream, source);
    }
    if (stream->skus.empty()) return;
    wanted.assign(popular_.size(), 0.0);
    for (const Sku sku : stream->skus) {
        const double share = 1 / static_cast<double>(stream->skus.size());
        const auto& bundle = scenario_.catalogue.skus[sku.value].bundle;
        if (bundle.empty()) wanted[sku.value] += share;
        for (const SkuInfo::Component& part : bundle) wanted[part.sku.value] += share * part.units;
    }
}

void ExpectedDemand::add_persona(const Persona& persona, double share, const ArrivalStream& stream, Source& source) {
    std::vector<double> at = persona.entry;
    if (stream.channel) {
        at.assign(scenario_.channels.size(), 0.0);
        at[*stream.channel] = 1;
    }
    at = switched(persona, at, 1);
    at = switched(persona, at, scenario_.design.shared_carts ? 1 : persona.rebuild_cart);  // with a cart
    const double buys = persona.add_to_cart * persona.reach_checkout * persona.complete_checkout * persona.payment_success;
    const double units = persona.lines_mean * (1 + persona.second_unit) * (1 + persona.same_sku_twice);
    for (std::size_t channel = 0; channel < at.size(); ++channel) {
        const double taken = share * at[channel] * buys * units;
        for (std::size_t method = 0; method < kMethods; ++method) {
            const double by = taken * scenario_.channels[channel].methods[method];
            if (sent(method)) source.parcels[group_of_[channel]] += by;
            if (!sent(method)) source.in_store += by;
            if (collected(method)) source.collected += by;
        }
    }
}

double ExpectedDemand::shoppers_from(std::size_t source, SimTime now) const {
    const SimTime horizon = SimTime{0} + scenario_.run.horizon;
    if (now >= horizon) return 0;
    if (source < scenario_.arrivals.size()) {
        const ArrivalStream& stream = scenario_.arrivals[source];
        return std::max(0.0, stream.expected(horizon) - stream.expected(now));
    }
    const auto& orders = scenario_.replay->orders;
    const auto later = [](const ReplayOrder& order, SimTime at) { return order.at < at; };
    const auto first = std::lower_bound(orders.begin(), orders.end(), now, later);
    return static_cast<double>(std::lower_bound(first, orders.end(), horizon, later) - first);
}

void ExpectedDemand::look_from(SimTime now) {
    through_core_ = 0;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        Source& source = sources_[i];
        source.left = shoppers_from(i, now);
        double each = source.collected;
        for (const double parcels : source.parcels) each += parcels;
        through_core_ += each * (shoppers_from(i, SimTime{0}) - source.left);
    }
}

bool ExpectedDemand::ships(std::size_t group) const {
    return std::any_of(sources_.begin(), sources_.end(), [&](const Source& source) { return source.parcels[group] > 0; });
}

double ExpectedDemand::share_of(std::size_t source, Sku sku) const {
    return wanted_[source].empty() ? popular_[sku.value] : wanted_[source][sku.value];
}

double ExpectedDemand::parcel_units(Sku sku, std::size_t group) const {
    double sum = 0;
    for (std::size_t i = 0; i < sources_.size(); ++i) sum += sources_[i].left * sources_[i].parcels[group] * share_of(i, sku);
    return sum;
}

double ExpectedDemand::store_units(Sku sku) const {
    double sum = 0;
    for (std::size_t i = 0; i < sources_.size(); ++i) sum += sources_[i].left * sources_[i].in_store * share_of(i, sku);
    return sum;
}

}  // namespace lastunit::model
