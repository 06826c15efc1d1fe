#include "drivers/http/told.hpp"

namespace lastunit::drivers::http {
namespace {

// Asked again and again, the last answer is of the asking: nobody was told that there is no order.
bool last_word(const StepPlan& step, const WayResult& way) {
    return way.last.way != StepResult::Way::exhausted && !(way.answer == Answer::conflict && step.method == "GET");
}

}  // namespace

void Told::asks() {
    told = Answer::unknown;
    promised = true;
    answered = false;
}

void Told::note(const Plan& plan, const WayResult& way) {
    const StepPlan& step = plan.steps[way.step];
    const bool lost_before = way.last.before == StepResult::Before::unanswered;
    const bool sent = way.step >= plan.promise && (way.last.problem != Response::Problem::not_sent || lost_before);
    if (sent && (way.last.problem == Response::Problem::no_answer || lost_before || !last_word(step, way))) lost = true;
    told = lost && way.answer != Answer::accepted ? Answer::unknown : way.answer;
    last_step = step.name;
    why = way.last.why;
    promised = sent || lost;
    answered = sent && !lost;
    if (way.answer == Answer::accepted && acceptances == 0) acceptances = 1;
}

}  // namespace lastunit::drivers::http
