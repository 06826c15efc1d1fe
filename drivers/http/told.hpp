// What one shopper was told in the end, and what that is worth as evidence.
#pragma once

#include <string>

#include "drivers/http/plan.hpp"
#include "drivers/http/steps_run.hpp"

namespace lastunit::drivers::http {

struct Told {
    // At the promise, or at the step that ended the way before it (then certainly not accepted). Unknown where somebody asked for
    // what may have bought, from the hold on, and never had a last word: a later "no" (the cart is completed already) may be
    // about what that one bought.
    Answer told = Answer::unknown;
    bool promised = false;     // the promise was sent, this time or before, or what comes before it is lost
    bool answered = false;     // and the last word came back for it: whatever was asked of it was answered
    bool cancelled = false;    // the cancel steps were accepted as well
    unsigned acceptances = 0;  // more than one: of two devices or of a repeat
    bool lost = false;         // a request that may have bought, on this way or on another, went without a last word
    bool come_again = false;   // told to try once more (`conflict`), by a shop that works: a status of 5xx but 503 is its failure
    bool unconfirmed = false;  // a webhook that follows the acceptance was not accepted: the order may not count as paid
    std::string last_step, why;

    // The promise is asked for, once more perhaps: until note() it may have been bought or not.
    void asks();
    // A way through the flow's steps is over.
    void note(const Plan& plan, const WayResult& way);
    // Nobody can say yet whether there is an order: only the books can.
    bool open() const { return promised && told == Answer::unknown; }
};

}  // namespace lastunit::drivers::http
