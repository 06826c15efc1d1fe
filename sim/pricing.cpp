#include "sim/pricing.hpp"

#include <algorithm>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <map>

#include "core/routing/primal_dual.hpp"

namespace lastunit::sim {

using model::Foresight;

Pricing::Pricing(World& world, const core::RoutingNetwork& network, const core::Ledger& ledger)
    : world_(world),
      network_(network),
      ledger_(ledger),
      options_(world.design.prices),
      nodes_(network.nodes.size()),
      prices_(world.cells(), 0) {}

void Pricing::start() {
    double grams = 0;
    for (std::uint32_t sku = 0; sku < world_.scenario.catalogue.skus.size(); ++sku)
        grams += world_.scenario.catalogue.popularity.share(sku) * network_.grams_of(Sku(sku));
    grams_ = static_cast<std::int32_t>(std::lround(grams));
    if (options_.foresight == Foresight::primal_dual) {
        full_.resize(prices_.size());
        for (std::uint32_t sku = 0; sku < world_.scenario.catalogue.skus.size(); ++sku)
            for (std::size_t node = 0; node < nodes_; ++node) full_[sku * nodes_ + node] = ledger_.cells_of(Sku(sku))[node].atp();
        value_units();
        return;
    }
    expected_ = std::make_unique<model::ExpectedDemand>(world_.scenario);
    group_places();
    choose_skus();
    build_program();
    refresh();
}

// Of serving one unit of mean mass from there, with its part of a parcel to the door; kNotSent where that cannot be.
Money Pricing::cost(std::size_t place, std::size_t node, double lines) const {
    const ZoneId zone(static_cast<std::uint16_t>(place));
    const NodeId from(static_cast<std::uint16_t>(node));
    const Money parcel = network_.parcel_cost(core::Method::ship, zone, from);
    if (parcel == core::kNotSent) return core::kNotSent;
    return network_.unit_cost(core::Method::ship, zone, from, grams_) + std::llround(static_cast<double>(parcel) / lines);
}

// --- primal-dual ---

// A parcel of its own, since the unit may save one. SKUs that lie in the same nodes share their values.
void Pricing::value_units() {
    value_.assign(prices_.size(), options_.value.value_or(0));
    if (options_.value) return;
    std::map<std::vector<bool>, std::vector<Money>> of;
    std::vector<bool> stocked(nodes_);
    for (std::size_t first = 0; first < value_.size(); first += nodes_) {
        for (std::size_t k = 0; k < nodes_; ++k) stocked[k] = full_[first + k] > 0 && network_.nodes[k].ships;
        const auto [known, fresh] = of.try_emplace(stocked, nodes_, 0);
        std::vector<Money>& value = known->second;
        for (std::size_t place = 0; fresh && place < network_.km.size(); ++place) {
            Money dearest = 0;
            for (std::size_t k = 0; k < nodes_; ++k)
                if (stocked[k]) dearest = std::max(dearest, cost(place, k, 1));
            for (std::size_t k = 0; k < nodes_; ++k)
                if (const Money own = cost(place, k, 1); stocked[k] && own != core::kNotSent)
                    value[k] = std::max(value[k], dearest - own);
        }
        std::copy(value.begin(), value.end(), value_.begin() + static_cast<std::ptrdiff_t>(first));
    }
}

void Pricing::price_by_stock(std::size_t cell, Quantity atp) {
    full_[cell] = std::max(full_[cell], atp);
    prices_[cell] = core::primal_dual_price(value_[cell], full_[cell], atp);
}

void Pricing::happened(const core::Event& event) {
    if (options_.foresight == Foresight::primal_dual) {
        price_by_stock(cell(event.node, event.sku), event.atp_after);
        return;
    }
    const Quantity units = std::abs(event.delta);
    if (event.kind == core::EventKind::allocated || event.kind == core::EventKind::confirmed) seen_ += units;
    if (event.kind == core::EventKind::deallocated) seen_ -= units;
}

// --- the program ---

void Pricing::group_places() {
    const std::size_t places = network_.km.size();
    region_.resize(places);
    if (places <= kMostPlaces) {
        for (std::size_t place = 0; place < places; ++place) region_[place] = static_cast<std::uint32_t>(place);
        region_share_.resize(places);
    } else {
        std::map<std::uint16_t, std::uint32_t> number;  // by nearest sending node
        for (std::size_t place = 0; place < places; ++place) {
            const auto& near = network_.by_distance[place];
            const auto sends = std::find_if(near.begin(), near.end(), [&](NodeId n) { return network_.nodes[n.value].ships; });
            const std::uint16_t nearest = sends == near.end() ? near.front().value : sends->value;
            region_[place] = number.try_emplace(nearest, static_cast<std::uint32_t>(number.size())).first->second;
        }
        region_share_.resize(number.size());
    }
    store_share_.assign(nodes_, 0.0);
    const std::vector<NodeId> stores = world_.scenario.network.nearest_stores_by_place();
    for (std::size_t place = 0; place < places; ++place) {
        region_share_[region_[place]] += expected_->place_share(place);
        store_share_[stores[place].value] += expected_->place_share(place);
    }
}

void Pricing::choose_skus() {
    const auto skus = static_cast<std::uint32_t>(world_.scenario.catalogue.skus.size());
    std::vector<std::pair<double, std::uint32_t>> by_demand;
    for (std::uint32_t sku = 0; sku < skus; ++sku) {
        double units = 0;
        for (std::size_t group = 0; group < expected_->groups().size(); ++group)
            units += expected_->parcel_units(Sku(sku), group);
        if (units > 0) by_demand.emplace_back(-units, sku);
    }
    std::sort(by_demand.begin(), by_demand.end());
    if (by_demand.size() > options_.skus) by_demand.resize(options_.skus);
    for (const auto& [units, sku] : by_demand) chosen_.emplace_back(sku);
    slot_.assign(skus, 0);
}

void Pricing::build_program() {
    index_of_group_.assign(expected_->groups().size(), UINT32_MAX);
    for (std::size_t group = 0; group < expected_->groups().size(); ++group) {
        if (!expected_->ships(group)) continue;
        index_of_group_[group] = static_cast<std::uint32_t>(column_group_.size());
        column_group_.push_back(group);
    }
    const std::size_t groups = column_group_.size();
    const double lines = expected_->lines_per_order();
    std::vector<double> mean(region_share_.size() * nodes_, 0.0), weight(mean.size(), 0.0);  // by region and node
    for (std::size_t place = 0; place < region_.size(); ++place)
        for (std::size_t k = 0; k < nodes_; ++k) {
            const Money here = cost(place, k, lines);
            if (here == core::kNotSent) continue;
            const double share = expected_->place_share(place) + 1e-12;  // nobody lives there: any of its places
            weight[region_[place] * nodes_ + k] += share;
            mean[region_[place] * nodes_ + k] += share * static_cast<double>(here);
        }
    std::vector<Money> costs;
    Money dearest = 0;
    for (std::size_t region = 0; region < region_share_.size(); ++region)
        for (std::size_t g = 0; g < groups; ++g) {
            const std::vector<NodeId>& only = expected_->groups()[column_group_[g]].nodes;
            for (std::uint16_t k = 0; k < nodes_; ++k) {
                const std::size_t at = region * nodes_ + k;
                const bool may = only.empty() || std::find(only.begin(), only.end(), NodeId(k)) != only.end();
                costs.push_back(may && weight[at] > 0 ? std::llround(mean[at] / weight[at]) : model::TransportProgram::kNever);
                dearest = std::max(dearest, costs.back());
            }
        }
    // Dearer than every way to serve: the retailer cancels only what nobody has.
    const Money unfilled = 2 * dearest + world_.scenario.costs.cancellation + 1;
    program_ = std::make_unique<model::TransportProgram>(costs, nodes_, unfilled);
    mean_.resize(region_share_.size() * groups);
    demand_.resize(mean_.size());
    share_sum_.resize(mean_.size() * (nodes_ + 1));
    there_.resize(nodes_);
    price_sum_.resize(nodes_);
}

void Pricing::refresh() {
    expected_->look_from(world_.now);
    const double expected = expected_->through_core();
    const double corrected = options_.learns ? (std::max(0.0, seen_) + kPrior) / (expected + kPrior) : 1;
    std::fill(slot_.begin(), slot_.end(), 0U);
    slots_ = 0;
    for (const Sku sku : chosen_) solve(sku, corrected);
    const SimTime horizon = SimTime{0} + world_.scenario.run.horizon;
    if (world_.now < horizon) world_.queue.push(std::min(horizon, world_.now + options_.every), EventKind::reprice, 0);
}

void Pricing::solve(Sku sku, double corrected) {
    const std::size_t groups = column_group_.size();
    for (std::size_t g = 0; g < groups; ++g) {
        const double units = corrected * expected_->parcel_units(sku, column_group_[g]);
        for (std::size_t region = 0; region < region_share_.size(); ++region)
            mean_[region * groups + g] = units * region_share_[region];
    }
    const double taken = corrected * expected_->store_units(sku);
    const std::span<const core::Cell> cells = ledger_.cells_of(sku);
    for (std::size_t k = 0; k < nodes_; ++k)
        there_[k] = network_.nodes[k].ships ? std::max(0.0, static_cast<double>(cells[k].atp()) - taken * store_share_[k]) : 0;
    std::fill(price_sum_.begin(), price_sum_.end(), 0);
    std::fill(share_sum_.begin(), share_sum_.end(), 0.0);
    const std::uint32_t samples = std::max(options_.samples, 1U);
    bool scarce = false;
    for (std::uint32_t sample = 0; sample < samples; ++sample) {
        if (options_.samples > 0) draw_demand(sku, sample);
        scarce = program_->solve(options_.samples > 0 ? demand_ : mean_, there_) || scarce;
        for (std::size_t k = 0; k < nodes_; ++k) price_sum_[k] += program_->prices()[k];
        if (options_.foresight != Foresight::rounded) continue;
        for (std::size_t origin = 0, at = 0; origin < mean_.size(); ++origin)
            for (const double share : program_->shares(origin)) share_sum_[at++] += share / samples;
    }
    for (std::size_t k = 0; k < nodes_; ++k) prices_[cell(NodeId(0), sku) + k] = price_sum_[k] / samples;
    if (!scarce || options_.foresight != Foresight::rounded) return;
    slot_[sku.value] = static_cast<std::uint32_t>(++slots_);
    if (drawn_.size() < slots_) drawn_.emplace_back();
    drawn_[slots_ - 1] = share_sum_;
}

// Every solve begins the same streams anew: what is drawn depends on what is expected, not on how many solves came before.
void Pricing::draw_demand(Sku sku, std::uint32_t sample) {
    model::Stream random(world_.key, model::Purpose::forecast, (std::uint64_t{sample} << 32U) | sku.value);
    for (std::size_t origin = 0; origin < mean_.size(); ++origin) {
        const double mean = mean_[origin];
        demand_[origin] = mean <= 0 ? 0 : boost::random::poisson_distribution<int, double>(mean)(random);
    }
}

std::span<const double> Pricing::shares(Sku sku, ZoneId place, ChannelId channel) const {
    const std::uint32_t slot = slot_[sku.value];
    const std::uint32_t group = index_of_group_[expected_->group_of(channel)];
    if (slot == 0 || group == UINT32_MAX) return {};
    const std::size_t origin = region_[place.value] * column_group_.size() + group;
    return std::span(drawn_[slot - 1]).subspan(origin * (nodes_ + 1), nodes_ + 1);
}

}  // namespace lastunit::sim
