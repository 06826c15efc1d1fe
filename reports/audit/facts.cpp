#include "reports/audit/facts.hpp"

#include <cstdio>
#include <iterator>

#include "reports/text.hpp"

namespace lastunit::reports::audit {
namespace {

using Form = Facts::Form;

std::string units_of(std::int64_t units) { return counted(static_cast<std::uint64_t>(units), "unit"); }
std::string process_of(std::uint32_t process) { return "process " + std::to_string(process); }
const char* was(std::int64_t units) { return units == 1 ? " was" : " were"; }

std::string processes_of(const Facts& of) {
    std::string text;
    for (std::size_t i = 0; i < of.processes.size(); ++i)
        text += (i == 0 ? "" : i + 1 == of.processes.size() ? " and " : ", ") + process_of(of.processes[i]);
    return text;
}

std::string there(std::int64_t available) {
    return available <= 0 ? "none was available" : available == 1 ? "1 was available" : grouped(available) + " were available";
}

std::string since(const Facts& of) {
    const bool from_start = of.available_s == Facts::kFromStart;
    if (!of.available || (*of.available <= 0 && !from_start)) return "";
    char at[40];
    std::snprintf(at, sizeof at, "at +%.6f s", of.available_s);
    return " (" + grouped(*of.available) + " available " + (from_start ? "at the start" : at) + ")";
}

std::string one_order(const Facts& of, const std::string& where) {
    const std::string who = of.processes.empty() ? "" : process_of(of.processes[0]);
    switch (of.form) {
        case Form::both_got_last:
            return processes_of(of) + " both got the last unit of " + where;
        case Form::all_got:
            return processes_of(of) + " all got units of " + where + ", where " + there(of.available.value_or(0));
        case Form::one_got:
            return who + " got " + units_of(of.units) + " of " + where + ", where " + there(of.available.value_or(0));
        case Form::refused_in_every_order:
            return who + " was refused " + units_of(of.units) + " of " + where + ", which were there in every possible order";
        case Form::read_in_no_order:
            return who + " read " + units_of(of.units) + " of " + where + ", which is not what was there in any possible order";
        default:
            return "the answers about " + where + " fit into no order: not with what " + who + " was told";
    }
}

std::string stock(const Facts& of, const std::string& where) {
    switch (of.form) {
        case Form::promised_to_two:
            return units_of(of.units) + " of " + where + was(of.units) + " promised to two; the first:";
        case Form::refused_though_there:
            return units_of(of.units) + was(of.units) + " refused as out of stock, and surely there:";
        case Form::no_order_leaves:
            return where + ": " + grouped(of.units) + " available in the end, which no order of the answers leaves";
        default:
            return where + ": " + grouped(of.units) + " " + of.did + " in the end, where the answers leave " +
                   (of.beside == of.beside_most ? grouped(of.beside) : grouped(of.beside) + " to " + grouped(of.beside_most)) +
                   (of.form == Form::final_state_off_again ? "; sent more than once:" : "");
    }
}

std::string orders(const Facts& of, const std::string& where) {
    const std::string what = "order " + std::to_string(of.order) + ", " + where, final = " in the back end's final state";
    switch (of.form) {
        case Form::order_lost:
            return what + ": " + grouped(of.units) + " acknowledged, lost" + final;
        case Form::order_cut:
            return what + ": " + grouped(of.units) + " acknowledged, only " + grouped(of.beside) + final;
        case Form::order_of_nobody:
            return what + ": " + grouped(of.units) + final + ", which nobody was promised";
        case Form::order_beyond_asked:
            return what + ": " + grouped(of.units) + final + ", though only " + grouped(of.beside) + " were asked for";
        default:
            return "one key, two effects: " + what + " holds " + grouped(of.units) +
                   ", and its operation was sent more than once";
    }
}

std::string hold(const Facts& of) {
    switch (of.form) {
        case Form::hold_made_twice:
            return "one hold was made twice";
        case Form::unmade_hold_ended:
            return "a hold that nobody had made was " + of.did;
        case Form::hold_ended_twice:
            return "one hold ended twice: it was " + of.did + " and " + of.did_then;
        case Form::hold_ended_late:
            return "a hold was " + of.did + " after its time had run out";
        case Form::extended_after_end:
            return "a hold was extended after it had been " + of.did;
        case Form::called_expired_early:
            return "a hold was called expired before its time had run out";
        default:
            return "a hold that lived was not found";
    }
}

}  // namespace

const char* name_of(Form form) {
    static constexpr const char* kNames[] = {"none",
                                             "promised_to_two",
                                             "refused_though_there",
                                             "final_state_off",
                                             "final_state_off_again",
                                             "no_order_leaves",
                                             "both_got_last",
                                             "all_got",
                                             "one_got",
                                             "refused_in_every_order",
                                             "read_in_no_order",
                                             "answers_fit_no_order",
                                             "two_answers",
                                             "two_requests",
                                             "two_effects_on_stock",
                                             "two_effects_on_order",
                                             "order_lost",
                                             "order_cut",
                                             "order_of_nobody",
                                             "order_beyond_asked",
                                             "hold_made_twice",
                                             "unmade_hold_ended",
                                             "hold_ended_twice",
                                             "hold_ended_late",
                                             "extended_after_end",
                                             "called_expired_early",
                                             "living_hold_not_found"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(Form::living_hold_not_found) + 1);
    return kNames[static_cast<std::size_t>(form)];
}

std::string sentence_of(const Facts& of) {
    const std::string where = of.sku + " at " + of.node;
    if (of.form == Form::none) return "";
    if (of.form <= Form::no_order_leaves) return stock(of, where);
    if (of.form <= Form::answers_fit_no_order) return one_order(of, where) + since(of);
    switch (of.form) {
        case Form::two_answers:
            return "one key, two answers: the same " + of.kind + " was answered " + of.did + " and " + of.did_then;
        case Form::two_requests:
            return "one key, two requests, and both were applied";
        case Form::two_effects_on_stock:
            return "one key, two effects: the final state of " + where + " is off by the " + units_of(of.units) +
                   " of an operation that was sent more than once";
        default:
            return of.form <= Form::order_beyond_asked ? orders(of, where) : hold(of);
    }
}

}  // namespace lastunit::reports::audit
