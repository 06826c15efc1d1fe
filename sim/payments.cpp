#include "sim/payments.hpp"

#include <algorithm>

#include "sim/orders.hpp"

namespace lastunit::sim {

using model::Purpose;

namespace {
// Draws of one payment, from its index on.
enum Draw : std::uint32_t { kLost, kDelay, kRepeated, kRepeatedAfter };

bool tells_at_once(const model::Payment& design) {
    const bool tells_once = design.idempotent || design.webhook_repeated <= 0;
    return design.webhook.is_zero() && design.webhook_lost <= 0 && tells_once;
}
}  // namespace

Payments::Payments(World& world) : world_(world), design_(world.design.payment), at_once_(tells_at_once(design_)) {}

// The first time, from the payment on, that the shop asks; it asks nobody about orders that it has given up.
SimTime Payments::asked(SimTime since) const {
    const std::int64_t every = design_.ask_every.us;
    if (every == 0) return kNever;
    const std::int64_t waited = (world_.now - since).us;
    const SimTime at = since + Duration{std::max<std::int64_t>(1, (waited + every - 1) / every) * every};
    return at > given_up(since) ? kNever : at;
}

Payments::News Payments::succeeded(std::uint64_t payer, std::uint32_t index, SimTime since) const {
    const bool lost = design_.webhook_lost > 0 && world_.uniform(Purpose::webhook, payer, index + kLost) < design_.webhook_lost;
    const SimTime told = lost ? kNever : world_.now + world_.draw(design_.webhook, Purpose::webhook, payer, index + kDelay);
    const SimTime found = asked(since);
    News news;
    news.heard = std::min(told, found);
    if (design_.idempotent || lost) return news;
    if (found < told) news.again[0] = told;
    if (world_.uniform(Purpose::webhook, payer, index + kRepeated) < design_.webhook_repeated)
        news.again[1] = told + world_.draw(design_.repeated_after, Purpose::webhook, payer, index + kRepeatedAfter);
    return news;
}

void Payments::tell_again(std::uint32_t order, SimTime at) {
    if (at != kNever) world_.queue.push(std::max(at, world_.now), EventKind::webhook, order);
}

void Payments::told_again(std::uint32_t order) { world_.orders->paid_again(order); }

}  // namespace lastunit::sim
