// What each part of a flow may say and the whole may not: shoppers whom the books cannot tell apart, values that nobody has.
#include <algorithm>
#include <set>

#include "drivers/http/compile.hpp"

namespace lastunit::drivers::http {
namespace {

// Of what cannot be left out of a request.
template <class Test> bool any_template(const StepPlan& step, const Test& test) {
    const auto of_header = [&](const HeaderPlan& header) { return test(header.value); };
    return test(step.target) || (step.basic && test(*step.basic)) || (step.body && test(*step.body)) ||
           std::any_of(step.form.begin(), step.form.end(), of_header) ||
           std::any_of(step.multipart.begin(), step.multipart.end(), of_header);
}

template <class Test> bool sent_by_shoppers(const Plan& plan, const Test& test) {
    for (const auto& [slot, value] : plan.variables)
        if (test(value)) return true;
    for (const StepPlan& step : plan.steps) {
        if (any_template(step, test)) return true;
        for (const HeaderPlan& header : step.headers)
            if (test(header.value)) return true;
    }
    return false;
}

bool reads_shoppers(const Steps& steps) {
    return std::any_of(steps.begin(), steps.end(), [](const StepPlan& step) {
        return step.orders && (step.orders->shopper.given() || step.orders->row_shopper);
    });
}

constexpr Builtin kOnesOwn[] = {Builtin::unique_email, Builtin::unique_id, Builtin::unique_uuid, Builtin::unique_number,
                                Builtin::shopper};

// Whether no two shoppers have the same of it: it has something of the shopper's in it, by way of variables too, or what a step
// up to the hold has found.
bool ones_own(const Plan& plan, const Template& text, std::size_t depth = 0) {
    for (const Builtin builtin : kOnesOwn)
        if (text.uses(builtin)) return true;
    if (depth > plan.variables.size()) return false;
    for (const auto& [slot, value] : plan.variables)
        if (text.uses_variable(slot) && ones_own(plan, value, depth + 1)) return true;
    for (std::size_t step = 0; step <= plan.hold && step < plan.promise && step < plan.steps.size(); ++step)
        for (const ExtractPlan& one : plan.steps[step].extract)
            if (text.uses_variable(one.slot)) return true;
    return false;
}

bool found_before(const Plan& plan, std::size_t end, std::uint16_t slot) {
    const auto is = [slot](const auto& one) { return one.slot == slot; };
    const auto finds = [&](const StepPlan& step) { return std::any_of(step.extract.begin(), step.extract.end(), is); };
    return std::any_of(plan.variables.begin(), plan.variables.end(), [slot](const auto& one) { return one.first == slot; }) ||
           std::any_of(plan.set_up.begin(), plan.set_up.end(), finds) ||
           std::any_of(plan.steps.begin(), plan.steps.begin() + static_cast<std::ptrdiff_t>(end), finds);
}

}  // namespace

std::string cancel_needs_of_promise(const Plan& plan) {
    for (const ExtractPlan& one : plan.steps[plan.promise].extract) {
        const auto uses = [&](const Template& text) { return text.uses_variable(one.slot); };
        const bool needed =
            std::any_of(plan.cancel.begin(), plan.cancel.end(), [&](const StepPlan& step) { return any_template(step, uses); });
        if (needed && !found_before(plan, plan.promise, one.slot)) return one.name;
    }
    return "";
}

bool cancels_carts(const Plan& plan) { return !plan.cancel.empty() && cancel_needs_of_promise(plan).empty(); }

// Orders that can be nobody's would all be missing.
void Compiler::check_identity() {
    if (!reads_shoppers(plan_.read_back) && !reads_shoppers(plan_.look_up)) return;
    if (!ones_own(plan_, plan_.identity))
        return error("identity", "`" + plan_.identity.written() +
                                     "` does not tell one shopper's orders from another's: it needs {{unique.email}}, "
                                     "{{unique.id}}, {{unique.uuid}}, {{unique.number}} or {{shopper}}, or what a step up to the "
                                     "hold extracts");
    for (const Builtin builtin : kOnesOwn) {
        const auto uses = [builtin](const Template& text) { return text.uses(builtin); };
        if (plan_.identity.uses(builtin) && !sent_by_shoppers(plan_, uses))
            error(from_.identity().empty() ? "steps" : "identity", "orders are known by `identity`, " + plan_.identity.written() +
                                                                       ", and no step sends it: no order would be found");
    }
}

void Compiler::check_login() {
    std::set<std::string> of_login;
    for (const flow::Step& step : from_.login())
        for (const flow::Extract& one : step.extract()) of_login.insert(one.name());
    for (const flow::Named& variable : from_.variables()) of_login.erase(variable.name());
    for (const auto* seen : {&from_.set_up(), &from_.steps(), &from_.cancel(), &from_.webhooks()})
        for (const flow::Step& step : *seen)
            for (const flow::Extract& one : step.extract()) of_login.erase(one.name());
    for (const std::string& name : of_login) {
        const auto slot = names_.find_variable(name);
        if (!slot) continue;
        const auto uses = [&](const Template& text) { return text.uses_variable(*slot); };
        for (const StepPlan& step : plan_.steps)
            if (any_template(step, uses))
                error("steps." + step.name, "{{" + name +
                                                "}} is of `login`, which is the hooks' own: shoppers have no value of it; "
                                                "find it in `set_up`, or in a step of theirs");
    }
}

}  // namespace lastunit::drivers::http
