// What an error reply says about the effect of the command that got it.
#pragma once

#include <string_view>

#include "drivers/driver.hpp"

namespace lastunit::drivers::redis {

// Settles by the error's first word, where that word says that the command was not run: refused, later with the same key
// (overloaded: BUSY, TRYAGAIN; unavailable: LOADING, OOM, READONLY, MISCONF, NOREPLICAS, MASTERDOWN, CLUSTERDOWN, NOAUTH, NOPERM
// and their like). Of anything else false and unknown: a script may have stopped in the middle.
//
// Also right for a command within a script: Redis refuses a script's first write for these causes, and none after it.
bool settle_error(std::string_view error, Completion& completion);

// Redis no longer has the script (it keeps none over a restart): not run, to be sent again whole.
bool is_no_script(std::string_view error);

}  // namespace lastunit::drivers::redis
