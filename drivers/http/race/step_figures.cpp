#include "drivers/http/race/step_figures.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace lastunit::drivers::http {
namespace {

void count(const RaceEvent& event, RaceStep& step) {
    ++step.requests;
    ++step.answers[static_cast<std::size_t>(event.answer)];
    ++step.statuses[{event.status, event.answer}];
    if (event.answered_us >= 0) step.latencies_us.push_back(event.answered_us - event.sent_us);
}

}  // namespace

std::int64_t RaceStep::latency_us(double q) const {
    if (latencies_us.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(latencies_us.size())));
    return latencies_us[std::clamp<std::size_t>(rank, 1, latencies_us.size()) - 1];
}

std::vector<RaceStep> steps_of(const Plan& plan, const RaceRun& run) {
    std::vector<RaceStep> out;
    std::map<std::string, std::size_t> places;
    const auto take = [&](const Steps& steps, std::size_t until) {
        for (std::size_t i = 0; i < until; ++i)
            if (places.emplace(steps[i].name, out.size()).second) out.emplace_back().name = steps[i].name;
    };
    take(plan.steps, plan.promise + 1);
    const std::size_t purchase = out.size();
    take(plan.cancel, plan.cancel.size());
    take(plan.webhooks, plan.webhooks.size());
    for (const RaceShopper& shopper : run.shoppers) {
        std::set<std::size_t> sent, passed;
        for (const RaceEvent& event : shopper.events) {
            const auto place = places.find(event.step);
            if (place == places.end()) continue;
            count(event, out[place->second]);
            sent.insert(place->second);
            if (event.answer == Answer::accepted) passed.insert(place->second);
        }
        for (const std::size_t place : sent) ++out[place].shoppers;
        for (const std::size_t place : passed) ++out[place].passed;
    }
    for (RaceStep& step : out) std::sort(step.latencies_us.begin(), step.latencies_us.end());
    const auto unsent = [](const RaceStep& step) { return step.requests == 0; };
    out.erase(std::remove_if(out.begin() + static_cast<std::ptrdiff_t>(purchase), out.end(), unsent), out.end());
    return out;
}

}  // namespace lastunit::drivers::http
