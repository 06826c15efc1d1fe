// The core does not answer: it is down, cut off from the channel, or went off before it had computed.
#include "sim/channels.hpp"
#include "sim/faults.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

Shoppers::Cut Shoppers::cut(const Shopper& shopper) const {
    if (world_.faults->reaches_core(shopper.channel)) return Cut::no;
    return world_.design.cut_off == model::CutOff::refuse ? Cut::refuses : Cut::sells;
}

// Nobody knows what became of the command, if it was one. A hold stays until it runs out.
void Shoppers::command_failed(std::uint32_t slot) {
    answered(shoppers_[slot]);
    if (world_.design.cut_off == model::CutOff::sell_on_view) {
        sell_on_view(slot, shoppers_[slot].next);
        return;
    }
    refuse_unreachable(slot);
    refused_everything(slot);
}

// The shopper is told to try later.
void Shoppers::refuse_unreachable(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    count_unreachable(shopper);
    for (const core::OrderLine& line : shopper.basket) refuse(shopper, line, Refused::unreachable);
    shopper.basket.clear();
}

void Shoppers::count_unreachable(const Shopper& shopper) {
    if (shopper.role != Role::bot) ++world_.recorder->of(shopper.channel).unreachable_refusals;
}

// By the last it knows, as a channel that reserves nothing: the core hears of it when it can be told. What it had held before
// stays held until it runs out.
void Shoppers::sell_on_view(std::uint32_t slot, Next asked) {
    if (asked == Next::ask_hold_cart) {
        carted(slot);
    } else if (asked == Next::ask_hold_order) {
        look(slot) ? await_payment(slot) : refused_everything(slot);
    } else {
        const bool held = asked == Next::ask_confirm && shoppers_[slot].hold.value != 0;
        leave_hold(slot);
        held || check(slot) ? accept(slot, Decided::on_view) : refused_everything(slot);
    }
}

}  // namespace lastunit::sim
