#include "model/hours.hpp"

namespace lastunit::model {

namespace {

constexpr std::int64_t kDayUs = hours(24).us;

// Time since the last local midnight.
std::int64_t of_day(std::int64_t us) {
    const std::int64_t rest = us % kDayUs;
    return rest < 0 ? rest + kDayUs : rest;
}

// How long from one time of day to the next occurrence of another, in [0, one day).
std::int64_t until_next(std::int64_t from, std::int64_t to) { return of_day(to - from); }

bool round_the_clock(const OpeningHours& hours) { return of_day(hours.open.us) == of_day(hours.close.us); }

}  // namespace

bool OpeningHours::open_at(SimTime local) const {
    if (round_the_clock(*this)) return true;
    // Measured from the opening, an interval over midnight is like any other.
    return until_next(open.us, local.us) < until_next(open.us, close.us);
}

SimTime OpeningHours::next_opening(SimTime local) const {
    return open_at(local) ? local : local + microseconds(until_next(local.us, open.us));
}

}  // namespace lastunit::model
