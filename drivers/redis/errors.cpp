#include "drivers/redis/errors.hpp"

#include <algorithm>
#include <array>

namespace lastunit::drivers::redis {

namespace {

// From Redis 7.0's server.c, script.c and networking.c: all are answered before the command, or a script's first write, is run.
constexpr std::array<std::string_view, 2> kOverloaded{"BUSY", "TRYAGAIN"};
constexpr std::array<std::string_view, 15> kUnavailable{"LOADING",     "OOM",    "READONLY", "MISCONF",   "NOREPLICAS",
                                                        "MASTERDOWN",  "NOAUTH", "NOPERM",   "WRONGPASS", "DENIED",
                                                        "CLUSTERDOWN", "MOVED",  "ASK",      "CROSSSLOT", "EXECABORT"};
// Said to a connection that is one too many, before it is closed.
constexpr std::string_view kTooMany = "ERR max number of clients";

}  // namespace

bool settle_error(std::string_view error, Completion& completion) {
    std::string_view word = error.substr(0, error.find(' '));
    if (word.starts_with('-')) word.remove_prefix(1);  // DENIED comes with a second dash
    if (std::find(kOverloaded.begin(), kOverloaded.end(), word) != kOverloaded.end()) {
        completion.settled = Settled::refused;
        completion.cause = Cause::overloaded;
        return true;
    }
    if (std::find(kUnavailable.begin(), kUnavailable.end(), word) != kUnavailable.end() || error.starts_with(kTooMany)) {
        completion.settled = Settled::refused;
        completion.cause = Cause::unavailable;
        return true;
    }
    completion.settled = Settled::unknown;
    completion.cause = Cause::no_answer;
    return false;
}

bool is_no_script(std::string_view error) { return error.starts_with("NOSCRIPT"); }

}  // namespace lastunit::drivers::redis
