// What a cart holds, and the same cart on another device.
//
// Whoever leaves a session while the core holds something for it leaves a dead hold behind, until it runs out. A shopper who has
// the same cart open elsewhere meets a hold of their own; ChannelDesign::other_device, of the channel where they are now, says
// what that is to them.
#include <algorithm>

#include "sim/channels.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::OtherDevice;
using model::Purpose;
using model::ReservationMode;

namespace {
constexpr std::uint64_t kSecondDevice = std::uint64_t{1} << 63U;  // of a shopper's identity: orders of its own, draws of its own

// Other modes hold only for an order that waits for its payment, and as long as the order does.
bool has_ttl(ReservationMode mode) {
    return mode == ReservationMode::reserve_on_cart || mode == ReservationMode::reserve_on_order;
}
}  // namespace

Shoppers::Session& Shoppers::session(std::uint32_t slot) {
    while (sessions_.size() <= slot) sessions_.emplace_back();
    if (!shoppers_[slot].has_session) {
        sessions_[slot] = Session{};
        shoppers_[slot].has_session = true;
    }
    return sessions_[slot];
}

// --- holds ---

Duration Shoppers::hold_ttl(std::uint32_t slot) const {
    const Shopper& shopper = shoppers_[slot];
    if (has_ttl(mode(shopper))) return world_.channels->design(shopper.channel).hold_ttl;
    return std::max(microseconds(1), world_.payments->given_up(sessions_[slot].placed) - world_.now);
}

void Shoppers::renew_hold(const Shopper& shopper) {
    const model::ChannelDesign& design = world_.channels->design(shopper.channel);
    if (!design.extends_holds || !has_ttl(mode(shopper))) return;
    if (shopper.hold.value != 0 && design.hold_ttl.us > 0 && cut(shopper) == Cut::no)
        world_.core->extend(shopper.hold, design.hold_ttl);
}

// What was kept for the shopper is free again, once the core can be told.
void Shoppers::drop_hold(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (shopper.committed) world_.commits->give_back(slot);
    shopper.committed = false;
    if (shopper.hold.value != 0) world_.core->give_up(shopper.hold, shopper.channel, shopper.reserved);
    shopper.hold = HoldId{};
    shopper.reserved.clear();
}

void Shoppers::leave_hold(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (shopper.hold.value != 0) {
        world_.core->goes_dead(shopper.hold, shopper.reserved);
        if (carts_meet_) {
            Session& left = session(slot);
            left.left_hold = shopper.hold;
            left.left_lines = shopper.reserved;
        }
    }
    if (shopper.committed) world_.commits->give_back(slot);
    shopper.committed = false;
    shopper.hold = HoldId{};
    shopper.reserved.clear();
}

// --- two devices ---

// True: the shopper has gone on there.
bool Shoppers::open_second_device(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    const model::Persona& who = persona(shopper);
    if (who.second_device <= 0 || !counts(shopper) || shopper.opened_second_device || shopper.in_hand) return false;
    shopper.opened_second_device = true;
    if (world_.uniform(Purpose::second_device, shopper.id) >= who.second_device) return false;
    const ChannelId other = other_channel(shopper);
    if (other == shopper.channel) return false;
    if (world_.uniform(Purpose::second_device, shopper.id, 1) < who.pays_twice) {
        open_both(slot, other);
        return false;
    }
    leave_hold(slot);
    enter(slot, other, Next::in_new_channel);
    return true;
}

// The first other channel to which such shoppers switch, else in which they begin.
ChannelId Shoppers::other_channel(const Shopper& shopper) const {
    const model::Persona& who = persona(shopper);
    const auto first_of = [&](const std::vector<double>& shares) {
        for (std::uint8_t i = 0; i < shares.size(); ++i)
            if (shares[i] > 0 && i != shopper.channel.value) return ChannelId(i);
        return shopper.channel;
    };
    ChannelId other = shopper.channel;
    if (shopper.channel.value < who.switches.size()) other = first_of(who.switches[shopper.channel.value]);
    return other == shopper.channel ? first_of(who.entry) : other;
}

// Both sessions go on, each to an order of its own.
void Shoppers::open_both(std::uint32_t slot, ChannelId other) {
    const std::uint32_t second = fresh_slot();
    Shopper& shopper = shoppers_[slot];
    Shopper& twin = shoppers_[second];
    shopper.touched |= 1U << other.value;
    twin.id = shopper.id | kSecondDevice;
    twin.deadline = shopper.deadline;
    twin.basket = shopper.basket;
    twin.place = shopper.place;
    twin.store = shopper.store;
    twin.first_channel = other;
    twin.persona = shopper.persona;
    twin.role = Role::second_device;
    twin.opened_second_device = twin.switched_after_browse = twin.switched_after_cart = true;
    ++uncounted_;
    session(slot).partner = second;
    session(second).partner = slot;
    enter(second, other, Next::in_new_channel);
}

// A session ends: what it still holds is the other one's to meet.
void Shoppers::part(std::uint32_t slot) {
    Session& mine = sessions_[slot];
    if (mine.partner == kNone) return;
    Session& other = sessions_[mine.partner];
    other.partner = kNone;
    other.left_hold = shoppers_[slot].hold;
    other.left_lines = shoppers_[slot].reserved;
    mine.partner = kNone;
}

Shoppers::OtherHold Shoppers::other_hold(std::uint32_t slot) const {
    const Session& mine = sessions_[slot];
    OtherHold other{mine.left_hold, mine.left_lines};
    if (mine.partner != kNone) other = {shoppers_[mine.partner].hold, shoppers_[mine.partner].reserved};
    if (other.hold.value != 0 && world_.core->ledger().lives(other.hold)) return other;
    return {};
}

// Units of the SKU that the shopper holds in the other session and that do not count against them here.
Quantity Shoppers::own_elsewhere(std::uint32_t slot, Sku sku) const {
    if (world_.channels->design(shoppers_[slot].channel).other_device == OtherDevice::blocks) return 0;
    Quantity units = 0;
    for (const core::Line& line : other_hold(slot).lines)
        if (line.sku == sku) units += line.quantity;
    return units;
}

// The other session's hold ends at the instant at which this one asks for the same units.
void Shoppers::take_over(std::uint32_t slot) {
    sessions_[slot].relied_on.clear();
    if (world_.channels->design(shoppers_[slot].channel).other_device != OtherDevice::takes_over) return;
    if (const HoldId hold = other_hold(slot).hold; hold.value != 0) world_.core->release(hold);
}

// The line is taken for available since the shopper holds it already: nothing more is reserved for it.
bool Shoppers::rely_on_other(std::uint32_t slot, const core::OrderLine& line) {
    if (world_.channels->design(shoppers_[slot].channel).other_device != OtherDevice::ignored) return false;
    Session& mine = sessions_[slot];
    Quantity free = own_elsewhere(slot, line.sku);
    for (const core::Line& taken : mine.relied_on)
        if (taken.sku == line.sku) free -= taken.quantity;
    if (free < line.quantity) return false;
    Quantity wanted = line.quantity;
    for (const core::Line& held : other_hold(slot).lines) {
        if (held.sku != line.sku || wanted == 0) continue;
        const Quantity units = std::min(wanted, held.quantity);
        mine.relied_on.push_back({held.node, held.sku, units});
        wanted -= units;
    }
    return true;
}

// The order takes the units although the other session's hold has them: if that is confirmed too, they are sold twice.
void Shoppers::allocate_relied_on(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (!shopper.has_session || sessions_[slot].relied_on.empty()) return;
    const std::vector<core::Line>& lines = sessions_[slot].relied_on;
    world_.core->allocate_beyond(OrderId(shopper.id), shopper.channel, lines);
    shopper.reserved.insert(shopper.reserved.end(), lines.begin(), lines.end());
}

}  // namespace lastunit::sim
