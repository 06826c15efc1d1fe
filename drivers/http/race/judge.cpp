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

// When its cancel steps began: the second device's requests are nothing else.
std::optional<std::int64_t> cancelled_us(const RaceShopper& shopper, const RaceOptions& options) {
    if (options.twice != Twice::cancel_and_pay || !shopper.may_be_cancelled) return std::nullopt;
    const auto found =
        std::find_if(shopper.events.begin(), shopper.events.end(), [](const RaceEvent& event) { return event.device == 2; });
    return found == shopper.events.end() ? 0 : found->sent_us;
}

// Of a cart that went through twice a second one's units may be left in it.
Quantity may_hold(const RaceShopper& shopper, const RaceOptions& options, Buyer::Heard heard) {
    if (options.twice == Twice::same_cart || options.twice == Twice::repeat_submit) return options.quantity;
    if (shopper.told == Answer::accepted) return 0;
    return shopper.passed_a_step || heard == Buyer::Heard::nothing ? options.quantity : 0;
}

// `books` has to live as long as what is given.
SkuCase case_of(const RaceRun& run, const SkuBooks& books) {
    SkuCase of;
    of.put = run.options.units;
    of.books = &books;
    of.hold_reserves = run.hold_reserves;
    of.buyers.reserve(run.shoppers.size());
    for (const RaceShopper& shopper : run.shoppers) {
        Buyer buyer{.number = shopper.number, .identity = &shopper.identity, .wanted = run.options.quantity, .said = &shopper};
        buyer.heard = Buyer::Heard::nothing;
        if (const RaceEvent* event = deciding(shopper)) {
            buyer.decided = true;
            buyer.sent_us = event->sent_us, buyer.answered_us = event->answered_us;
            if (event->status != 0) buyer.heard = Buyer::Heard::something;
        }
        buyer.cancelled_us = cancelled_us(shopper, run.options);
        buyer.may_hold = may_hold(shopper, run.options, buyer.heard);
        if (run.hold_reserves && shopper.passed_hold && shopper.told != Answer::accepted) buyer.set_aside = buyer.may_hold;
        of.buyers.push_back(buyer);
    }
    return of;
}

}  // namespace

Verdict judge(const RaceRun& run) {
    const std::vector<SkuBooks> books = by_sku(run.before, run.after, 1);
    Verdict verdict = judge(case_of(run, books.front()));
    if (run.late_units > 0)
        verdict.left_open.push_back({run.late_units, "`settle` is too short: " + std::to_string(run.late_units) +
                                                         " units were in the books only when they were read again later"});
    return verdict;
}

std::string nobodys_orders(const RaceRun& run) {
    const std::vector<SkuBooks> books = by_sku(run.before, run.after, 1);
    const SkuCase one = case_of(run, books.front());
    return nobodys_orders({&one, 1});
}

}  // namespace lastunit::drivers::http
