#include "drivers/http/race/judge.hpp"

#include <algorithm>

namespace lastunit::drivers::http {
namespace {

// The last time that it was sent: what was told is the answer to that.
const RaceEvent* deciding(const RaceShopper& shopper) {
    const auto found = std::find_if(shopper.events.rbegin(), shopper.events.rend(),
                                    [&](const RaceEvent& event) { return event.step == shopper.last_step; });
    return found == shopper.events.rend() ? nullptr : &*found;
}

}  // namespace

Verdict judge(const RaceRun& run) {
    const std::vector<SkuBooks> books = by_sku(run.before, run.after, 1);
    SkuCase of;
    of.put = run.options.units;
    of.books = books.data();
    of.buyers.reserve(run.shoppers.size());
    for (const RaceShopper& shopper : run.shoppers) {
        Buyer buyer{.number = shopper.number, .identity = &shopper.identity, .wanted = run.options.quantity, .said = &shopper};
        if (const RaceEvent* event = deciding(shopper)) {
            buyer.decided = true;
            buyer.sent_us = event->sent_us, buyer.answered_us = event->answered_us;
        }
        of.buyers.push_back(buyer);
    }
    return judge(of);
}

}  // namespace lastunit::drivers::http
