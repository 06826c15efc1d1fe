// Concurrency tests of a shop: many shoppers for few units, brought to the same step at the same time, or one shopper twice.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drivers/http/books.hpp"
#include "drivers/http/plan.hpp"
#include "drivers/http/told.hpp"
#include "drivers/http/wire_recorder.hpp"

namespace lastunit::drivers::http {

enum class Twice : std::uint8_t {
    nothing,
    same_cart,         // two devices with the same cart make the promise at once
    repeat_submit,     // one step is sent twice at once
    cancel_and_pay,    // the promise and the cancel steps at once
    duplicate_webhook  // one webhook is sent twice at once
};

struct RaceOptions {
    std::size_t shoppers = 60;
    std::int64_t units = 10;
    Quantity quantity = 1;  // that each shopper wants
    std::string sku = "sku";
    std::size_t at_once = 0;          // shoppers under way at a time, after the gate where there is one; 0: all
    std::optional<std::size_t> gate;  // step before which all of them wait for all others
    Twice twice = Twice::nothing;
    std::size_t twice_step = 0;  // of repeat_submit: of `steps`; of duplicate_webhook: of `webhooks`
    std::string run;             // a name that no other run has
    Duration patience = minutes(15);
    // Where something is missing in the books after `settle`, they are read once more, so much later (and `settle`, if longer).
    Duration look_again = seconds(3);
    // Called before the first shopper comes, and when the last one has left and `settle` has passed. May be empty.
    std::function<void()> opens, closes;
};

using RaceEvent = WireEvent;

struct RaceShopper : Told {  // `why` without secrets, one line
    std::uint64_t number = 0;
    std::string identity;
    std::vector<RaceEvent> events;  // by the time of sending
    bool passed_a_step = false;     // its cart may have units set aside, even if nothing was sold to it
    bool passed_hold = false;       // the flow's `hold` step was accepted
    // Its cancel steps were sent, and not surely refused: accepted, or not answered at one of their tries.
    bool may_be_cancelled = false;
};

struct RaceRun {
    RaceOptions options;
    std::string problem;  // not empty: it could not be made; nothing else is to be relied on
    Books before, after;
    bool hold_reserves = false;   // Plan::hold_reserves
    std::int64_t late_units = 0;  // that were in the books only when they were read once more: `settle` is too short
    std::vector<RaceShopper> shoppers;
    double seconds = 0;  // from the first request to the last answer
};

RaceRun run_race(const std::shared_ptr<const Plan>& plan, const RaceOptions& options);

}  // namespace lastunit::drivers::http
