// A shopper is refused: what that counts as, and what the shopper does then.
#include "sim/causes.hpp"
#include "sim/channels.hpp"
#include "sim/event_log.hpp"
#include "sim/journey_salts.hpp"
#include "sim/probe.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"
#include "sim/walk_ins.hpp"

namespace lastunit::sim {

using model::Purpose;

Quantity Shoppers::units_of(Sku sku, std::span<const core::OrderLine> lines) {
    Quantity units = 0;
    for (const core::OrderLine& line : lines)
        if (line.sku == sku) units += line.quantity;
    return units;
}

// A refusal is undersold where the line could have been served whole, as it was asked for: after the units that other lines of
// the same basket want.
void Shoppers::refuse(Shopper& shopper, const core::OrderLine& line, Refused why, Quantity besides) {
    if (shopper.role == Role::bot) return;
    const Quantity there = world_.judges ? world_.channels->truth(shopper.channel, line.sku, shopper.method, shopper.store) : 0;
    const Quantity undersold = there >= line.quantity + besides ? line.quantity : 0;
    Counters& counters = world_.recorder->of(shopper.channel);
    counters.refused_units += static_cast<std::uint64_t>(line.quantity);
    counters.undersold_units += static_cast<std::uint64_t>(undersold);
    model::UndersoldCause cause{};
    if (undersold > 0) {
        cause = world_.causes->undersold(shopper.channel, line.sku, shopper.method, shopper.store, line.quantity + besides, why);
        counters.undersold_by(cause) += static_cast<std::uint64_t>(undersold);
        world_.recorder->skus.undersold(line.sku, undersold);
    }
    if (world_.log != nullptr)
        world_.log->refused(shopper.id, shopper.channel, shopper.method, shopper.store, line, undersold, cause);
    if (world_.probe != nullptr) world_.probe->line_refused(shopper.id, line.sku, line.quantity);
    world_.recorder->step().refused += static_cast<std::uint32_t>(line.quantity);
    world_.recorder->step().undersold += static_cast<std::uint32_t>(undersold);
    if (world_.probe != nullptr && why == Refused::out_of_stock)
        world_.probe->refused(world_.now, shopper.channel, line.sku, line.quantity, undersold);
    world_.channels->note_age(shopper.channel, line.sku, shopper.method, shopper.store);
    shopper.refused_by = shopper.channel;
    if (!counts(shopper) || !would_buy(shopper)) return;
    shopper.refused.push_back(line);
    if (shopper.method == core::Method::carry_out && why == Refused::out_of_stock) count_walk_in(shopper, line, besides);
}

// Online orders may have emptied the shelf.
void Shoppers::count_walk_in(const Shopper& shopper, const core::OrderLine& line, Quantity besides) {
    if (!world_.walk_ins->lost_to_orders(shopper.store, line.sku, line.quantity, besides)) return;
    Counters& counters = world_.recorder->of(shopper.channel);
    counters.walk_ins_lost_units += static_cast<std::uint64_t>(line.quantity);
    counters.walk_ins_lost_value += world_.scenario.catalogue.skus[line.sku.value].price * line.quantity;
}

// Whether this visit would have ended with a purchase: a sale is lost only where there would have been one. The draws are those
// that the later steps of the visit use.
bool Shoppers::would_buy(const Shopper& shopper) const {
    const model::Persona& who = persona(shopper);
    return uniform(shopper, Purpose::decide, kReach) < who.reach_checkout &&
           uniform(shopper, Purpose::decide, kComplete) < who.complete_checkout &&
           (uniform(shopper, Purpose::payment) < who.payment_success ||
            (who.retry_payment > 0 && uniform(shopper, Purpose::payment, kRetriesPayment) < who.retry_payment &&
             uniform(shopper, Purpose::payment, kSecondPayment) < who.payment_success));
}

// What a shopper does who got nothing: take something else, have it ordered from the store's shelf edge, look elsewhere, or
// leave.
void Shoppers::refused_everything(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    const model::Persona& who = persona(shopper);
    if (shopper.placed) count_decision(shopper);
    if (shopper.paid) not_ordered(shopper);
    leave_hold(slot);  // most have run out, or there never was one
    if (shopper.has_session) forget_order(slot);
    shopper.retried_payment = false;
    if (shopper.retries >= kMaxRetries || shopper.refused.empty()) {
        leave(slot);
        return;
    }
    ++shopper.retries;
    if (uniform(shopper, Purpose::substitute, kSubstitute) < who.substitute && substitute(slot)) {
        into_cart(slot);
        return;
    }
    const bool at_shelf = world_.scenario.channels[shopper.channel.value].kind == model::ChannelKind::pos;
    if (at_shelf && !kiosks_.empty() && uniform(shopper, Purpose::decide, kEndless) < who.endless_aisle) {
        shopper.endless_aisle = true;
        seek(slot, ChannelId(kiosks_.front()));
        return;
    }
    if (const ChannelId to = elsewhere(shopper); to != shopper.channel) {
        seek(slot, to);
    } else {
        leave(slot);
    }
}

// The other channel in which a shopper looks who got nothing here; this one: in none.
ChannelId Shoppers::elsewhere(const Shopper& shopper) const {
    const model::Persona& who = persona(shopper);
    if (uniform(shopper, Purpose::decide, kElsewhere) >= who.retry_elsewhere) return shopper.channel;
    const ChannelId to = next_channel(shopper, kElsewhere);
    if (to != shopper.channel) return to;
    return ChannelId(static_cast<std::uint8_t>(who.entry_choice(uniform(shopper, Purpose::switch_channel, kSubstitute))));
}

// What was refused is looked for in another channel.
void Shoppers::seek(std::uint32_t slot, ChannelId to) {
    Shopper& shopper = shoppers_[slot];
    shopper.basket.swap(shopper.refused);
    shopper.refused.clear();
    shopper.seeking = true;
    enter(slot, to, Next::in_new_channel);
}

// Another SKU in place of the first refused one, if the channel shows it.
bool Shoppers::substitute(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    if (blind(shopper)) return false;
    const core::OrderLine other{world_.scenario.catalogue.draw(uniform(shopper, Purpose::substitute)),
                                shopper.refused.front().quantity};
    if (!sees(slot, other, units_of(other.sku, shopper.basket))) return false;
    shopper.basket.push_back(other);
    shopper.refused.erase(shopper.refused.begin());
    return true;
}

}  // namespace lastunit::sim
