#include "model/opening_hours.hpp"

#include <algorithm>

namespace lastunit::model {

namespace {

constexpr Duration kDay = hours(24);

std::int64_t of_day(std::int64_t us) {
    const std::int64_t rest = us % kDay.us;
    return rest < 0 ? rest + kDay.us : rest;
}

// How long from one time of day to the next occurrence of another, in [0, one day).
Duration until_next(std::int64_t from, std::int64_t to) { return {of_day(to - from)}; }

}  // namespace

Duration time_of_day(SimTime local) { return {of_day(local.us)}; }

bool OpeningHours::round_the_clock() const { return of_day(open.us) == of_day(close.us); }

bool OpeningHours::open_at(SimTime local) const {
    if (round_the_clock()) return true;
    // Measured from the opening, an interval over midnight is like any other.
    return until_next(open.us, local.us) < until_next(open.us, close.us);
}

SimTime OpeningHours::next_opening(SimTime local) const { return open_at(local) ? local : local + until_next(local.us, open.us); }

SimTime OpeningHours::next_turn(SimTime local) const {
    if (round_the_clock()) return kNever;
    const auto next = [&](Duration time) { return local + until_next(local.us + 1, time.us) + microseconds(1); };
    return std::min(next(open), next(close));
}

Duration OpeningHours::open_between(SimTime from, SimTime until) const {
    if (round_the_clock()) return until < from ? Duration{0} : until - from;
    const Duration length = until_next(open.us, close.us);
    Duration sum{0};
    // Day by day, from the opening before `from`: what is open over midnight belongs to the day on which it opens.
    for (SimTime day = from - until_next(open.us, from.us); day < until; day = day + kDay) {
        const SimTime begin = std::max(day, from), end = std::min(day + length, until);
        if (begin < end) sum = sum + (end - begin);
    }
    return sum;
}

SimTime OpeningHours::after_open(SimTime local, Duration span) const {
    if (round_the_clock()) return local + span;
    const Duration length = until_next(open.us, close.us);
    SimTime at = next_opening(local);
    for (;;) {
        const Duration left = length - until_next(open.us, at.us);
        if (span <= left) return at + span;
        span = span - left;
        at = next_opening(at + left);
    }
}

}  // namespace lastunit::model
