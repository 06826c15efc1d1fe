// What disagrees with what in the books of a SKU, as a form and its numbers: reports make the sentence in the reader's language
// of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lastunit::drivers::http {

struct Disagreement {
    // `units` and `beside` of each in the order of its sentence.
    enum class Form : std::uint8_t {
        sold_beyond_stock,              // units sold of a stock
        sold_beyond_stock_at_one_time,  // the same, and some were cancelled later
        left_unsold,                    // units left while shoppers were turned away
        ordered_though_refused,         // units in orders whose shoppers were answered that there is none
        ordered_though_cancelled,       // units in orders whose cancelling was accepted
        accepted_without_order,         // units accepted that no order has
        ordered_beyond_asked,           // units ordered beyond what was asked for
        ordered_without_stock,          // units ordered, and fewer reserved or moved
        counter_left_rows,              // units reserved or moved, and the counter moved by something else
        counter_left_orders,            // units ordered, and the counter moved by something else
    };
    struct TurnedAway {
        std::string step, answer;  // the last that they were told
        std::int64_t shoppers = 0;
    };

    Form form{};
    std::int64_t units = 0, beside = 0;
    std::vector<TurnedAway> turned_away{};  // of left_unsold
};

const char* name_of(Disagreement::Form form);
// In English: "7 units sold of 5".
std::string sentence_of(const Disagreement& disagreement);

}  // namespace lastunit::drivers::http
