// Counter-based randomness: any draw of any entity can be computed alone, in any order, under any design.
//
// A draw is Philox4x32-10 (Salmon et al. 2011, Random123) with key = seed and counter = (entity, index, purpose): within one seed
// no two draws share a counter. Shopper 4711's patience is the same number whichever design runs, because nothing else advances
// its stream.
#pragma once

#include <cstdint>
#include <limits>

namespace lastunit::model {

// Why a number is drawn. One stream per purpose: a draw added to one never moves another. Append only: values are part of the
// fingerprints. Never drawn, kept for their numbers: place, entry, patience (a shopper's traits come from the stream `persona`),
// store_choice. `property` is for tests and benchmarks.
enum class Purpose : std::uint32_t {
    arrival = 1,
    persona,
    place,
    entry,
    basket,
    patience,
    browse,
    decide,
    switch_channel,
    checkout,
    payment,
    method,
    returning,
    price,
    size_class,
    initial_stock,
    store_visit,
    edge_latency,
    edge_phase,
    pick_time,
    pack_time,
    dispatch_time,
    transit,
    store_choice,
    window,
    edge_loss,
    record_error,
    property,
    substitute,
    lead_time,
    edge_duplicate,
    edge_retry,
    fault_window,
    clock,
    misplaced,  // shrink, damage, misplacement: when and which
    cycle_count,
    misscan,
    pick_miss,
    misbooked,  // of a return
    webhook,
    second_device,
    cancelling,
    lock,
    store_answer,  // of a node that may refuse a request
    desk,
    pools,
    order_kind,         // of a fulfilment instance: type and region of each period
    rounding,           // of a fractional plan
    mass,               // of a SKU without one of its own
    carrier,            // lateness of a parcel
    way_back,           // of a parcel that nobody took
    serving,            // of a shopper by a store's team
    put_back,           // of what nobody fetched
    wave,               // its walk and set-up
    truck,              // a trip's time
    review,             // of stock: the first one
    inspection,         // of a return: how long, and which grade
    sourcing,           // the rounding of a fractional plan, of an order in a scenario: entity is the order
    forecast,           // of demand, by who prices stock: entity is the SKU and the number of the draw
    pick_failure = 80,  // why a picker came back without a line
    splitting = 81,     // seeds of a rare event's paths: index is the level, entity the branch
    search = 96,        // which points of a search are tried: entity is the stage
};

class Stream;

// Four independent 32-bit words for (seed, purpose, entity, index).
struct Words {
    std::uint32_t w[4];
};
// The cipher itself, for known answers: counter = four words, key = two.
Words philox_words(const Words& counter, std::uint64_t key);
Words philox(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint32_t index);

// The first uniform of that draw: an odd multiple of 2^-53 (52 random bits and a half), so never 0 and never 1.
double uniform(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint32_t index = 0);

// A sequence of draws of one (seed, purpose, entity); also a UniformRandomBitGenerator for Boost.Random.
class Stream {
   public:
    using result_type = std::uint32_t;
    Stream(std::uint64_t seed, Purpose purpose, std::uint64_t entity) : seed_(seed), entity_(entity), purpose_(purpose) {}

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
    result_type operator()();
    double uniform();  // (0, 1), consumes two words

   private:
    std::uint64_t seed_;
    std::uint64_t entity_;
    Purpose purpose_;
    std::uint32_t index_ = 0;
    std::uint32_t used_ = 4;
    Words words_{};
};

}  // namespace lastunit::model
