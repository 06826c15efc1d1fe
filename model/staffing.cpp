#include "model/staffing.hpp"

#include <algorithm>

namespace lastunit::model {

std::uint32_t Team::staffed_at(SimTime local) const {
    std::uint32_t workers = 0;
    for (const Shift& shift : roster)
        if (shift.when.open_at(local)) workers += shift.workers;
    for (const Absence& absence : absences)
        if (absence.from <= local && local < absence.until) workers -= std::min(workers, absence.workers);
    return workers;
}

SimTime Team::next_turn(SimTime local) const {
    SimTime next = kNever;
    for (const Shift& shift : roster) next = std::min(next, shift.when.next_turn(local));
    for (const Absence& absence : absences)
        for (const SimTime turn : {absence.from, absence.until})
            if (turn > local) next = std::min(next, turn);
    return next;
}

double Team::staffed_s(SimTime from, SimTime until) const {
    double sum = 0;
    if (!absences.empty()) {
        for (SimTime turn = from, next{0}; turn < until; turn = next) {
            next = std::min(next_turn(turn), until);
            sum += (next - turn).seconds() * staffed_at(turn);
        }
        return sum;
    }
    for (const Shift& shift : roster) sum += shift.when.open_between(from, until).seconds() * shift.workers;
    return sum;
}

SimTime Waves::next(SimTime local) const {
    SimTime next = kNever;
    if (every.us > 0) {
        const std::int64_t rest = (local.us - phase.us) % every.us;
        next = local + Duration{rest == 0 ? 0 : every.us - (rest < 0 ? rest + every.us : rest)};
    }
    for (const Duration time : at) next = std::min(next, local + time_of_day(SimTime{time.us - local.us}));
    return next;
}

}  // namespace lastunit::model
