#include "drivers/http/race/race_steps.hpp"

#include <set>

namespace lastunit::drivers::http {

std::vector<StepCounts> steps_of(const Plan& plan, const RaceRun& run) {
    const StepPlaces places(plan);
    std::vector<StepCounts> out = places.counts();
    for (const RaceShopper& shopper : run.shoppers) {
        std::set<std::size_t> sent, passed;
        for (const RaceEvent& event : shopper.events) {
            const std::size_t place = places.of(event.step);
            if (place == StepPlaces::kNone) continue;
            out[place].count({event.answer, event.status, ""},
                             event.answered_us < 0 ? -1 : (event.answered_us - event.sent_us) * 1000);
            sent.insert(place);
            if (event.answer == Answer::accepted) passed.insert(place);
        }
        for (const std::size_t place : sent) ++out[place].shoppers;
        for (const std::size_t place : passed) ++out[place].passed;
    }
    std::erase_if(out, [&](const StepCounts& step) { return !places.tells(step); });
    return out;
}

}  // namespace lastunit::drivers::http
