// What a scenario's shoppers are expected to take from stock, as its own parameters say: streams, popularity, population,
// personas, methods.
//
// A shopper's units come by parcel from any node that the channel may sell, or are taken in the store nearest to the place. What
// is left out: patience, refusals and what follows from them (other channels, substitutes, endless aisles), the times of a
// journey, payments tried again, carts on two devices. In other words, everybody finds what they want, at once.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/scenario.hpp"

namespace lastunit::model {

class ExpectedDemand {
   public:
    explicit ExpectedDemand(const Scenario& scenario);  // kept by reference

    // Channels over the same nodes are one group.
    struct Group {
        std::vector<NodeId> nodes;  // empty: all
    };
    const std::vector<Group>& groups() const { return groups_; }
    std::size_t group_of(ChannelId channel) const { return group_of_[channel.value]; }

    bool ships(std::size_t group) const;  // any parcels at all

    // From then until the horizon.
    void look_from(SimTime now);
    double parcel_units(Sku sku, std::size_t group) const;  // over all places
    double store_units(Sku sku) const;                      // taken in stores, over all of them
    // Units that the core was to have allocated by then, of all SKUs: parcels and what is collected, not what tills sell.
    double through_core() const { return through_core_; }

    double place_share(std::size_t place) const { return scenario_.network.population.share(static_cast<std::uint32_t>(place)); }
    double lines_per_order() const { return lines_per_order_; }

   private:
    // What one shopper of a stream takes, in units.
    struct Source {
        std::vector<double> parcels;  // [group]
        double in_store = 0, collected = 0;
        double left = 0;  // shoppers still to come
    };
    // Of how many a SKU is, as a component of bundles too.
    void spread_popularity();
    void add_source(const ArrivalStream* stream);
    void add_persona(const Persona& persona, double share, const ArrivalStream& stream, Source& source);
    double shoppers_from(std::size_t source, SimTime now) const;
    double share_of(std::size_t source, Sku sku) const;

    const Scenario& scenario_;
    std::vector<Group> groups_;
    std::vector<std::size_t> group_of_;        // [channel]
    std::vector<Source> sources_;              // streams, or the replayed log
    std::vector<double> popular_;              // [SKU] units per unit drawn by popularity
    std::vector<std::vector<double>> wanted_;  // [source][SKU], of streams that want SKUs of their own; else empty
    double lines_per_order_ = 1, through_core_ = 0;
};

}  // namespace lastunit::model
