#include "drivers/http/told.hpp"

namespace lastunit::drivers::http {
namespace {

// What was asked for, by this try or by an earlier one, may have been done without anybody having been told.
bool no_word(const WayResult& way) {
    const bool none = way.last.problem != Response::Problem::none && way.last.problem != Response::Problem::not_sent;
    return none || way.last.before == StepResult::Before::unanswered;
}

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
    const bool sent = way.step >= plan.promise && (way.last.problem != Response::Problem::not_sent || no_word(way));
    // Where the promise asks what became of a purchase, the order comes about by a step before it.
    const bool may_buy = sent || (way.step >= plan.hold && step.method != "GET");
    const bool open = no_word(way) || (sent ? !last_word(step, way) : way.last.way == StepResult::Way::exhausted);
    if (may_buy && open && way.answer != Answer::accepted) lost = true;
    told = lost && way.answer != Answer::accepted ? Answer::unknown : way.answer;
    come_again = told == Answer::conflict && (way.last.status < 500 || way.last.status == 503);
    last_step = step.name;
    why = way.last.why;
    promised = sent || lost;
    answered = sent && !lost;
    if (way.answer == Answer::accepted && acceptances == 0) acceptances = 1;
}

}  // namespace lastunit::drivers::http
