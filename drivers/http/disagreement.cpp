#include "drivers/http/disagreement.hpp"

namespace lastunit::drivers::http {
namespace {

std::string units(std::int64_t count) { return std::to_string(count) + (count == 1 ? " unit" : " units"); }

std::string turned_away(const Disagreement& of) {
    std::string listed;
    for (const auto& one : of.turned_away)
        listed += (listed.empty() ? "" : ", ") + std::to_string(one.shoppers) + " " + one.step + ": " + one.answer;
    return listed;
}

}  // namespace

const char* name_of(Disagreement::Form form) {
    static constexpr const char* kNames[] = {"sold_beyond_stock",      "sold_beyond_stock_at_one_time", "left_unsold",
                                             "ordered_though_refused", "ordered_though_cancelled",      "accepted_without_order",
                                             "ordered_beyond_asked",   "ordered_without_stock",         "counter_left_rows",
                                             "counter_left_orders"};
    return kNames[static_cast<std::size_t>(form)];
}

std::string sentence_of(const Disagreement& of) {
    using Form = Disagreement::Form;
    const std::string count = units(of.units), beside = std::to_string(of.beside);
    switch (of.form) {
        case Form::sold_beyond_stock:
            return count + " sold of " + beside;
        case Form::sold_beyond_stock_at_one_time:
            return count + " sold of " + beside + " at one time, of which some were cancelled later";
        case Form::left_unsold:
            return count + " left while shoppers were turned away (" + turned_away(of) + ")";
        case Form::ordered_though_refused:
            return count + " in orders whose shoppers were answered that there is none";
        case Form::ordered_though_cancelled:
            return count + " in orders whose cancelling was accepted";
        case Form::accepted_without_order:
            return count + " accepted, and the system has no such order";
        case Form::ordered_beyond_asked:
            return count + " ordered beyond what was asked for once";
        case Form::ordered_without_stock:
            return count + " ordered, " + beside + " reserved or moved";
        case Form::counter_left_rows:
            return count + " reserved or moved, and the counter moved by " + beside;
        case Form::counter_left_orders:
            return count + " ordered, and the counter moved by " + beside;
    }
    return "?";
}

}  // namespace lastunit::drivers::http
