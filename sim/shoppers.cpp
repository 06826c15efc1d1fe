#include "sim/shoppers.hpp"

#include <algorithm>
#include <boost/random/poisson_distribution.hpp>

#include "core/assert.hpp"
#include "sim/channels.hpp"
#include "sim/core_system.hpp"
#include "sim/desks.hpp"
#include "sim/live.hpp"
#include "sim/probe.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using core::Method;
using model::Purpose;
using model::ReservationMode;

namespace {
constexpr std::uint32_t kMaxLines = 50;     // of a generated basket
constexpr std::uint8_t kBuyer = UINT8_MAX;  // persona of a replayed order
constexpr std::uint32_t kTwice = 1U << 20;  // the first of a basket's draws that are not of its stream; one per line

// An SKU that is wanted twice is two units of one line.
void put_into(std::vector<core::OrderLine>& basket, const core::OrderLine& line) {
    const auto same =
        std::find_if(basket.begin(), basket.end(), [&](const core::OrderLine& other) { return other.sku == line.sku; });
    if (same == basket.end()) {
        basket.push_back(line);
    } else {
        same->quantity += line.quantity;
    }
}
}  // namespace

Shoppers::Shoppers(World& world)
    : world_(world), nearest_store_(world.scenario.network.nearest_stores_by_place()), personas_(world.scenario.personas.size()) {
    const model::Scenario& scenario = world.scenario;
    for (std::uint32_t i = 0; i < scenario.arrivals.size(); ++i)
        sources_.emplace_back(model::Arrivals(scenario.arrivals[i], world.key, i, SimTime{0} + scenario.run.horizon));
    for (std::uint8_t i = 0; i < scenario.channels.size(); ++i)
        if (scenario.channels[i].kind == model::ChannelKind::kiosk) kiosks_.push_back(i);
    for (const model::SkuInfo& sku : scenario.catalogue.skus) sells_bundles_ |= !sku.bundle.empty();
    for (const model::ChannelDesign& channel : world.design.channels)
        carts_meet_ |= channel.other_device != model::OtherDevice::blocks;
}

// --- arrivals ---

void Shoppers::start() {
    for (std::uint32_t i = 0; i < sources_.size(); ++i) {
        ++streams_open_;
        schedule_arrival(i);
    }
    if (!world_.scenario.replay || world_.scenario.replay->orders.empty()) return;
    ++streams_open_;
    world_.queue.push(world_.scenario.replay->orders.front().at, EventKind::arrival, kNone);
}

void Shoppers::schedule_arrival(std::uint32_t stream) {
    const SimTime at = sources_[stream].arrivals.next();
    sources_[stream].pending = at;
    if (at == kNever) {
        --streams_open_;
    } else {
        world_.queue.push(at, EventKind::arrival, stream);
    }
}

void Shoppers::redraw_arrivals() {
    using Last = model::Arrivals::Last;
    for (std::uint32_t i = 0; i < sources_.size(); ++i) {
        Source& source = sources_[i];
        const bool was_open = source.pending != kNever;
        source.pending = source.arrivals.redraw(world_.key, world_.now, was_open ? Last::to_come : Last::has_come);
        const bool open = source.pending != kNever;
        if (was_open) --streams_open_;
        if (open) ++streams_open_;
        if (open) world_.queue.push(source.pending, EventKind::arrival, i);
    }
}

void Shoppers::arrive(std::uint32_t stream) {
    if (stream == kNone) {
        arrive_replayed();
        return;
    }
    if (sources_[stream].pending != world_.now) return;  // drawn anew since
    // The stream is part of the identity: another stream's shoppers never change these.
    const std::uint64_t id = ((std::uint64_t{stream} + 1) << 40U) | sources_[stream].count++;
    schedule_arrival(stream);
    if (world_.live != nullptr && !world_.live->plays(id)) return;
    const model::ArrivalStream& source = world_.scenario.arrivals[stream];
    const std::uint32_t slot = new_shopper(id, &source);
    Shopper& shopper = shoppers_[slot];
    fill_basket(shopper, &source);
    if (counts(shopper)) {
        register_arrival(shopper);
        ++world_.recorder->of(shopper.first_channel).shoppers;
    }
    enter(slot, shopper.first_channel, Next::browsed);
}

// A replayed order knows what it wants: no browsing, no second thoughts; the design decides whether it gets it.
void Shoppers::arrive_replayed() {
    const model::ReplayLog& log = *world_.scenario.replay;
    const std::size_t number = replay_next_++;
    const model::ReplayOrder& order = log.orders[number];
    if (replay_next_ < log.orders.size()) {
        world_.queue.push(log.orders[replay_next_].at, EventKind::arrival, kNone);
    } else {
        --streams_open_;
    }
    if (world_.live != nullptr && !world_.live->plays(number)) return;
    const std::uint32_t slot = new_shopper((std::uint64_t{0xFFFF} << 40U) | number, nullptr);
    Shopper& shopper = shoppers_[slot];
    const auto& channels = world_.scenario.channels;
    const auto& places = world_.scenario.network.places;
    for (std::uint8_t i = 0; i < channels.size(); ++i)
        if (channels[i].name == order.channel) shopper.first_channel = ChannelId(i);
    for (std::uint16_t i = 0; i < places.size(); ++i)
        if (places[i].name == order.place) shopper.place = i, shopper.store = nearest_store_[i];
    shopper.basket.clear();
    for (std::uint32_t i = 0; i < order.lines; ++i) {
        const model::ReplayLine& line = log.lines[order.first_line + i];
        put_into(shopper.basket, {Sku(line.sku), line.quantity});
    }
    register_arrival(shopper);
    shopper.channel = shopper.first_channel;
    shopper.came_from = shopper.channel;
    shopper.after_talk = Next::in_new_channel;
    ++world_.recorder->of(shopper.channel).shoppers;
    proceed(slot, world_.desks->at(shopper.channel) ? Next::call : Next::in_new_channel, Duration{0});
}

// Keeps the slot's storage.
std::uint32_t Shoppers::fresh_slot() {
    const std::uint32_t slot = shoppers_.take();
    Shopper& shopper = shoppers_[slot];
    Shopper fresh;
    fresh.basket.swap(shopper.basket);
    fresh.refused.swap(shopper.refused);
    fresh.reserved.swap(shopper.reserved);
    fresh.conflicts.swap(shopper.conflicts);
    fresh.displaced.swap(shopper.displaced);
    shopper = std::move(fresh);
    shopper.basket.clear();
    shopper.refused.clear();
    shopper.reserved.clear();
    shopper.conflicts.clear();
    shopper.displaced.clear();
    return slot;
}

std::uint32_t Shoppers::new_shopper(std::uint64_t id, const model::ArrivalStream* stream) {
    const std::uint32_t slot = fresh_slot();
    Shopper& shopper = shoppers_[slot];
    shopper.id = id;
    // What a shopper is, in a fixed order of draws from a stream of its own.
    model::Stream traits(world_.key, Purpose::persona, id);
    const double which_persona = traits.uniform();
    const double which_place = traits.uniform();
    const double which_entry = traits.uniform();
    const double how_patient = traits.uniform();
    const auto& places = world_.scenario.network.population;
    shopper.place = places.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(places(which_place));
    shopper.store = nearest_store_.empty() ? NodeId(0) : nearest_store_[shopper.place];
    shopper.persona = kBuyer;
    shopper.deadline = kNever;
    if (stream == nullptr) return slot;
    shopper.persona =
        stream->persona ? *stream->persona : static_cast<std::uint8_t>(world_.scenario.persona_choice(which_persona));
    shopper.first_channel =
        ChannelId(stream->channel ? *stream->channel : static_cast<std::uint8_t>(persona(shopper).entry_choice(which_entry)));
    shopper.deadline = world_.now + persona(shopper).patience.sample_time(how_patient);
    if (persona(shopper).bot) {
        shopper.role = Role::bot;
        ++uncounted_;
    }
    return slot;
}

void Shoppers::fill_basket(Shopper& shopper, const model::ArrivalStream* stream) {
    const model::Persona& who = persona(shopper);
    model::Stream random(world_.key, Purpose::basket, shopper.id);
    std::uint32_t lines = 1;
    if (who.lines_mean > 1) {
        boost::random::poisson_distribution<int, double> more(who.lines_mean - 1);
        lines += std::min(kMaxLines - 1, static_cast<std::uint32_t>(more(random)));
    }
    for (std::uint32_t i = 0; i < lines; ++i) {
        const double which = random.uniform();
        const Sku sku = stream->skus.empty()
                            ? world_.scenario.catalogue.draw(which)
                            : stream->skus[static_cast<std::size_t>(which * static_cast<double>(stream->skus.size()))];
        const Quantity units = who.second_unit > 0 && random.uniform() < who.second_unit ? 2 : 1;
        const bool twice = who.same_sku_twice > 0 && world_.uniform(Purpose::basket, shopper.id, kTwice + i) < who.same_sku_twice;
        want(shopper, {sku, units}, twice ? 2 : 1);
    }
    shopper.basket.insert(shopper.basket.end(), lines_apart_.begin(), lines_apart_.end());
    lines_apart_.clear();
}

// Each component of a bundle is a line of its own, whatever else is wanted of that SKU, and so is what is in the basket twice:
// that such lines want the same units is for the channel to see.
void Shoppers::want(Shopper& shopper, const core::OrderLine& line, std::uint32_t copies) {
    if (!sells_bundles_ && copies == 1) {  // looking the SKU up costs more than all of this
        put_into(shopper.basket, line);
        return;
    }
    const std::vector<model::SkuInfo::Component>& bundle = world_.scenario.catalogue.skus[line.sku.value].bundle;
    for (std::uint32_t copy = 0; copy < copies; ++copy) {
        for (const model::SkuInfo::Component& part : bundle) lines_apart_.push_back({part.sku, part.units * line.quantity});
        if (!bundle.empty()) continue;
        if (copy == 0) {
            put_into(shopper.basket, line);
        } else {
            lines_apart_.push_back(line);
        }
    }
}

void Shoppers::register_arrival(Shopper& shopper) {
    std::uint64_t basket = 0;
    for (const core::OrderLine& line : shopper.basket)
        basket = (basket ^ (std::uint64_t{line.sku.value} << 16U) ^ static_cast<std::uint64_t>(line.quantity)) * 0x100000001B3ULL;
    Recorder& recorder = *world_.recorder;
    Fingerprint fingerprint;
    fingerprint.fold(shopper.id);
    fingerprint.fold(static_cast<std::uint64_t>(world_.now.us));
    fingerprint.fold(static_cast<std::uint64_t>((shopper.deadline - world_.now).us));
    fingerprint.fold((std::uint64_t{shopper.persona} << 16U) | shopper.place);
    fingerprint.fold(basket);
    recorder.shoppers_fingerprint += fingerprint.value();  // a sum: the order of arrivals at one instant does not matter
    ++recorder.step().arrivals;
    recorder.reached(shopper.persona, Reached::arrived);
    shopper.path = recorder.paths.begin(shopper.first_channel);
    recorder.shopper_from(shopper.place);
    if (world_.probe != nullptr)
        world_.probe->shopper_arrived(world_.now, shopper.id, shopper.persona, shopper.deadline - world_.now, basket);
}

}  // namespace lastunit::sim
