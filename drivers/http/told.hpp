// What one shopper was told in the end, and what that is worth as evidence.
#pragma once

#include <string>

#include "drivers/http/plan.hpp"
#include "drivers/http/steps_run.hpp"

namespace lastunit::drivers::http {

struct Told {
    // At the promise, or at the step that ended the way before it (then certainly not accepted).
    Answer told = Answer::unknown;
    bool promised = false;     // the promise was sent
    bool answered = false;     // and something came back for it
    bool cancelled = false;    // the cancel steps were accepted as well
    unsigned acceptances = 0;  // more than one: of two devices or of a repeat
    std::string last_step, why;

    // A way through the flow's steps is over.
    void note(const Plan& plan, const WayResult& way);
};

}  // namespace lastunit::drivers::http
