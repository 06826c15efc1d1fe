// What is wrong, as a form and what it is about: the English sentence is made of it here, others by the page in its own language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lastunit::reports::audit {

struct Facts {
    // In brackets what a form speaks of, beside the cell. Names as of the schema: model/load_report.proto, LoadStoryFacts.
    enum class Form : std::uint8_t {
        none,
        // sold_twice, undersell, conservation
        promised_to_two,        // [units, cell]
        refused_though_there,   // [units]
        final_state_off,        // [units are `did` in the end, beside .. beside_most are left by the answers, cell]
        final_state_off_again,  // ... and operations were sent more than once
        no_order_leaves,        // [units available in the end, cell]
        // linearizability [cell, available and since when]
        both_got_last,           // [processes]
        all_got,                 // [processes, available]
        one_got,                 // [process, units, available]
        refused_in_every_order,  // [process, units]
        read_in_no_order,        // [process, units]
        answers_fit_no_order,    // [process]
        // idempotency
        two_answers,           // [did, did_then: the answers; kind: of operation]
        two_requests,          // one key
        two_effects_on_stock,  // [units, cell]
        two_effects_on_order,  // [order, units that it holds, cell]
        // orders [order, cell]
        order_lost,          // [units acknowledged]
        order_cut,           // [units acknowledged, beside are there]
        order_of_nobody,     // [units are there]
        order_beyond_asked,  // [units are there, beside asked for]
        // holds [did, did_then: extended, confirmed, released]
        hold_made_twice,
        unmade_hold_ended,   // [did]
        hold_ended_twice,    // [did, did_then]
        hold_ended_late,     // [did]
        extended_after_end,  // [did]
        called_expired_early,
        living_hold_not_found,
    };

    Form form = Form::none;
    std::string sku{}, node{};
    std::int64_t units = 0, beside = 0, beside_most = 0;
    std::uint64_t order = 0;
    std::vector<std::uint32_t> processes{};
    std::string did{}, did_then{}, kind{};
    std::optional<std::int64_t> available{};  // units before the operations, where that was certain
    double available_s = kFromStart;          // ... since when, from the first operation
    static constexpr double kFromStart = -1;
};

const char* name_of(Facts::Form form);
std::string sentence_of(const Facts& facts);

}  // namespace lastunit::reports::audit
