// Lists, and the steps that are done for each of their rows.
#include <algorithm>

#include "drivers/http/compile.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::drivers::http {
namespace {

// What a login answers is a secret, and rows are shown.
bool has_rows(StepsOf of) { return of == StepsOf::set_up || of == StepsOf::reading; }

constexpr const char* kHooks = "is for steps of `set_up`, `read_back` and `look_up`";

}  // namespace

std::string Compiler::no_list(const std::string& name, const Steps& done) const {
    std::vector<std::string> valid;
    for (const StepPlan& step : done) {
        if (step.list) valid.push_back(step.name);
        if (step.name == name)
            return "step `" + name + "` has no `list`: `list: {rows: ..., values: {id: id}}` there says what its rows are";
    }
    const std::string hint = scenarios::suggest(name, valid);
    return "no step before this one has a `list` and is called `" + name + "`" +
           (!hint.empty()   ? hint
            : valid.empty() ? ""
                            : "; there is `" + valid.front() + "`");
}

void Compiler::begin_rows(const flow::Step& from, const std::string& path, StepsOf of, const Steps& done, StepPlan& to) {
    row_names_.reset();
    const std::string at = path + ".for_each";
    if (from.has_for_each() && !has_rows(of)) {
        error(at, kHooks);
    } else if (from.has_for_each()) {
        if (from.each() == flow::Step::sku) error(at, "a step is done for each row or, by `each: sku`, for each SKU");
        const auto list = std::find_if(done.begin(), done.end(),
                                       [&](const StepPlan& step) { return step.name == from.for_each().of() && step.list; });
        if (list == done.end()) {
            error(at, no_list(from.for_each().of(), done));
            row_names_ = Names::RowNames{"*"};
        } else {
            const auto step = static_cast<std::size_t>(list - done.begin());
            // What it extracts is there for its own next try as well.
            for (const flow::Extract& one : from.extract()) list_names_[step].insert(one.name());
            row_names_ = list_names_[step];
            to.for_each = ForEachPlan{step};
            // Neither is there where the list's name is all that is written.
            if (from.for_each().at_once() > 0) to.for_each->at_once = from.for_each().at_once();
            if (from.for_each().most() > 0) to.for_each->most = from.for_each().most();
        }
    }
    names_.set_row_names(row_names_);
}

void Compiler::add_list(const flow::Step& from, const std::string& path, StepsOf of, std::size_t step, StepPlan& to) {
    if (!from.has_list()) return;
    const std::string at = path + ".list";
    if (!has_rows(of)) return error(at, kHooks);
    ListPlan list;
    list.rows = json_path(from.list().rows(), at + ".rows");
    list.only = conditions(from.list().only(), ConditionOf::row, at + ".only");
    Names::RowNames names = row_names_.value_or(Names::RowNames{});
    for (const flow::Named& value : from.list().values()) {
        const std::string of_value = at + ".values." + value.name();
        if (value.name().find_first_of(".|:{} ") != std::string::npos)
            error(of_value, "a value's name is one word without a dot");
        list.values.push_back({value.name(), names_.row_value(value.name()), json_path(value.value(), of_value)});
        if (value.name() == "id") list.id = list.values.back().slot;
        names.insert(value.name());
    }
    list_names_[step] = std::move(names);
    to.list = std::move(list);
}

// What the lines of a row do not say, it says itself.
void Compiler::add_row_names(LinesPlan& to) {
    if (!row_names_) return;
    const auto slot = [&](const char* name) {
        const bool known = row_names_->count(name) + row_names_->count("*") > 0;
        return known ? std::optional(names_.row_value(name)) : std::nullopt;
    };
    if (!to.id.given()) to.row_id = slot("id");
    if (!to.shopper.given()) to.row_shopper = slot("shopper");
}

void Compiler::check_lists(const Steps& steps, const std::string& list) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool used = std::any_of(steps.begin(), steps.end(),
                                      [&](const StepPlan& step) { return step.for_each && step.for_each->step == i; });
        if (steps[i].list && !used)
            error(list + "." + steps[i].name + ".list",
                  "no step is done for its rows: `for_each: " + steps[i].name + "` at one of the steps behind it");
    }
}

}  // namespace lastunit::drivers::http
