// What shoppers ask of a live back end, and what they make of its answers. In simulation the core answers at once, and none of
// this runs.
#include <algorithm>

#include "sim/core_system.hpp"
#include "sim/live.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

namespace {
constexpr std::uint8_t kMostAttempts = 3;  // to find other nodes than those that have just refused; assumption
}

// What was just planned, held or made an order there.
void Shoppers::ask_back_end(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    core::Command command;
    command.channel = shopper.channel;
    command.id = shopper.hold.value;
    command.order = shopper.id;
    switch (shopper.next) {
        case Next::ask_hold_cart:
        case Next::ask_hold_order:
            command.kind = core::CommandKind::hold;
            command.lines = shopper.reserved;
            command.ttl = hold_ttl(slot);
            break;
        case Next::ask_confirm:
            command.kind = core::CommandKind::confirm;
            break;
        default:
            command.kind = core::CommandKind::allocate;
            command.lines = shopper.reserved;
            break;
    }
    if (shopper.placed) shopper.deciding = shopper.deciding - (world_.now - SimTime{0});
    world_.live->ask(slot, command);
}

void Shoppers::told(std::uint32_t slot, const BackEnd::Answer& answer) {
    Shopper& shopper = shoppers_[slot];
    const Next asked = shopper.next;
    const bool applied = answer.settled == BackEnd::Answer::Settled::applied;
    if (!applied && answer.settled != BackEnd::Answer::Settled::refused) {  // what became of it, nobody tells the shopper
        if (asked != Next::ask_confirm) {
            shopper.hold = HoldId{};
            shopper.reserved.clear();
        }
        command_failed(slot);
        return;
    }
    answered(shopper);
    if (asked == Next::ask_confirm) {
        applied ? world_.core->copy_confirm(shopper.hold, OrderId(shopper.id), shopper.channel, shopper.reserved)
                : world_.core->copy_end(shopper.hold);
        confirmed(slot, applied ? core::Outcome::applied : core::Outcome::hold_expired);
    } else if (!applied) {
        refused_by_back_end(slot);
    } else if (asked == Next::ask_order) {
        world_.core->copy_allocate(OrderId(shopper.id), shopper.channel, shopper.reserved);
        ordered(slot);
    } else {
        world_.core->copy_hold(shopper.hold, shopper.channel, shopper.reserved, hold_ttl(slot));
        held(slot, asked);
    }
}

// It does not say which line was one too many. Other nodes may have it all; else the line that is scarcest goes, and the rest is
// asked for.
void Shoppers::refused_by_back_end(std::uint32_t slot) {
    const std::vector<core::Line> refused = shoppers_[slot].reserved;
    shoppers_[slot].hold = HoldId{};
    shoppers_[slot].reserved.clear();
    const auto there = [&](const core::Line& line) { return world_.core->ledger().atp(line.node, line.sku) >= line.quantity; };
    if (std::all_of(refused.begin(), refused.end(), there)) world_.live->refused_with_record();
    if (++session(slot).attempts < kMostAttempts && plan_lines(slot, shoppers_[slot].basket)) {
        reserve_planned(shoppers_[slot]);
        if (shoppers_[slot].reserved != refused) {
            ask_again_elsewhere(slot);
            return;
        }
    }
    Shopper& shopper = shoppers_[slot];
    shopper.reserved.clear();
    const auto left = [&](const core::OrderLine& line) {
        Quantity units = 0;
        for (const core::Line& taken : refused)
            if (taken.sku == line.sku) units += std::max(0, world_.core->ledger().atp(taken.node, taken.sku));
        return units - line.quantity;
    };
    const auto scarcest = std::min_element(shopper.basket.begin(), shopper.basket.end(),
                                           [&](const auto& one, const auto& other) { return left(one) < left(other); });
    const core::OrderLine gone = *scarcest;
    shopper.basket.erase(scarcest);
    refuse(shopper, gone, Refused::out_of_stock, units_of(gone.sku, shopper.basket));
    if (shopper.basket.empty()) {
        refused_everything(slot);
        return;
    }
    sessions_[slot].attempts = 0;
    shopper.next == Next::ask_order ? order_answer(slot) : hold_answer(slot, shopper.next);
}

void Shoppers::ask_again_elsewhere(std::uint32_t slot) {
    if (shoppers_[slot].next != Next::ask_order) shoppers_[slot].hold = world_.live->hold_id(++next_hold_);
    ask_back_end(slot);
}

// The copy of the record has no node for all of it, and the back end has the last word: each line is asked for where the copy has
// it, or else where it would be looked for first.
bool Shoppers::plan_anyway(std::uint32_t slot) {
    const Shopper& shopper = shoppers_[slot];
    const std::span<const NodeId> nodes = world_.orders->promise_nodes(shopper.channel, shopper.method, shopper.store);
    if (nodes.empty()) return false;
    std::vector<core::PlanLine> lines;
    for (std::uint32_t i = 0; i < shopper.basket.size(); ++i) {
        const core::OrderLine line = shopper.basket[i];
        if (plan_lines(slot, {&line, 1})) {
            for (core::PlanLine part : plan_.lines) {
                part.line = i;
                lines.push_back(part);
            }
        } else {
            core::PlanLine anywhere;
            anywhere.line = i;
            anywhere.node = nodes.front();
            anywhere.quantity = line.quantity;
            lines.push_back(anywhere);
        }
    }
    plan_.lines = std::move(lines);
    plan_.outcome = core::PlanOutcome::planned;
    plan_.choice = {};
    return true;
}

}  // namespace lastunit::sim
