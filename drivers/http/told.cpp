#include "drivers/http/told.hpp"

namespace lastunit::drivers::http {

void Told::note(const Plan& plan, const WayResult& way) {
    const StepPlan& step = plan.steps[way.step];
    told = way.answer;
    last_step = step.name;
    why = way.last.why;
    promised = way.step >= plan.promise && way.last.problem != Response::Problem::not_sent;
    answered = promised && way.last.problem != Response::Problem::no_answer;
    // Asked again and again without a last word: nobody was told that there is no order.
    const bool last_word = way.last.way != StepResult::Way::exhausted &&
                           !(way.answer == Answer::conflict && step.method == "GET" && step.retry.most > 0);
    if (promised && !last_word) {
        if (way.answer == Answer::conflict) told = Answer::unknown;
        answered = false;
    }
    if (way.answer == Answer::accepted && acceptances == 0) acceptances = 1;
}

}  // namespace lastunit::drivers::http
