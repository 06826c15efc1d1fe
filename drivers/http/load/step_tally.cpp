#include "drivers/http/load/step_tally.hpp"

#include <algorithm>

#include "drivers/http/flow_file.hpp"

namespace lastunit::drivers::http {

StepTally::StepTally(const Plan& plan) : plan_(plan), places_(plan), counts_(places_.counts()) {
    for (const Steps* steps : {&plan.steps, &plan.cancel, &plan.webhooks})
        for (const StepPlan& step : *steps)
            if (const std::size_t place = places_.of(step.name); place != StepPlaces::kNone) place_of_[&step] = place;
}

// Whether the shopper has no mark there yet; it has then.
bool StepTally::first(std::vector<bool>& marks, const Actor& actor, std::size_t place) const {
    const std::size_t at = static_cast<std::size_t>(actor.number) * places_.size() + place;
    if (marks.size() <= at) marks.resize(std::max(at + 1, marks.size() * 2));
    if (marks[at]) return false;
    marks[at] = true;
    return true;
}

void StepTally::answered(const Actor& actor, const StepPlan& step, const StepResult& result) {
    const auto found = place_of_.find(&step);
    if (found == place_of_.end() || actor.number == 0 || result.way == StepResult::Way::skipped) return;
    const std::size_t place = found->second;
    StepCounts& counts = counts_[place];
    const bool there = result.problem == Response::Problem::none || result.problem == Response::Problem::too_large;
    counts.count({result.answer, result.status, result.why}, there ? result.answered_ns - result.sent_ns : -1);
    if (first(sent_, actor, place)) ++counts.shoppers;
    if (result.answer == Answer::accepted && first(passed_, actor, place)) ++counts.passed;
}

void StepTally::fill(model::LoadReport& report) const {
    for (const std::size_t place : places_.purchase_then_by_name()) {
        const StepCounts& from = counts_[place];
        if (!places_.tells(from)) continue;
        model::FlowStepLoad& to = *report.add_flow_steps();
        to.set_step(from.name);
        to.set_shoppers(from.shoppers), to.set_passed(from.passed), to.set_requests(from.requests);
        *to.mutable_latency() = from.latency.to_proto();
        for (const auto& [what, requests] : from.answers) {
            model::FlowAnswer& answer = *to.add_answers();
            answer.set_answer(name_of(what.answer));
            answer.set_status(what.status);
            answer.set_why(masked(what.why, plan_.secrets));
            answer.set_requests(requests);
        }
        std::stable_sort(to.mutable_answers()->begin(), to.mutable_answers()->end(),
                         [](const auto& a, const auto& b) { return a.requests() > b.requests(); });
    }
}

}  // namespace lastunit::drivers::http
