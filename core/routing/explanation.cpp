// An explanation as text.
#include "core/routing/explanation.hpp"

#include <cstdio>

namespace lastunit::core {

namespace {

// "fixed 2000 + distance 40": the terms that are not zero.
std::string sum_of(const CostTerms& terms) {
    std::string out;
    const auto add = [&](const char* name, Money amount) {
        if (amount == 0) return;
        out += (out.empty() ? "" : " + ") + std::string(name) + " " + std::to_string(amount);
    };
    add("fixed", terms.fixed);
    add("distance", terms.distance);
    add("units", terms.units);
    add("transfer", terms.transfer);
    add("price of stock", terms.price);
    add("protected stock", terms.protection);
    add("goodwill", terms.promise);
    add("declined", terms.declined);
    return out.empty() ? "nothing" : out;
}

std::string attempt_text(const Explanation::Attempt& attempt) {
    std::string out = "strategy " + std::to_string(attempt.strategy + 1) + " \"" + attempt.name + "\"";
    if (attempt.pass == Pass::second) out += ", without soft rules";
    out += ": ";
    switch (attempt.result) {
        case Explanation::Attempt::Result::not_applicable:
            return out + "not for this order (" + name_of(attempt.mismatch) + ")\n";
        case Explanation::Attempt::Result::nothing_found:
            return out + std::to_string(attempt.nodes) + " nodes pass, they cannot serve the order\n";
        case Explanation::Attempt::Result::planned:
            return out + std::to_string(attempt.nodes) + " nodes pass, planned\n";
    }
    return out;
}

std::string outcome_text(const Explanation& why) {
    std::string out = std::string(name_of(why.outcome)) + " by " + name_of(why.policy);
    if (why.outcome == PlanOutcome::planned) {
        out += ": " + std::to_string(why.parcels) + (why.parcels == 1 ? " parcel" : " parcels") + ", weighs " +
               std::to_string(why.terms.total()) + " = " + sum_of(why.terms);
        if (why.declined > 0) out += "; lines left out: " + std::to_string(why.declined);
        if (why.lower_bound != kNoBound && why.lower_bound < why.terms.total() && !why.split)
            out += "; not proven best, but nothing weighs less than " + std::to_string(why.lower_bound);
    } else if (why.outcome == PlanOutcome::declined) {
        out += ", at " + std::to_string(why.terms.total());
    }
    return out + "\n";
}

std::string runner_up_text(const Explanation::RunnerUp& next) {
    std::string out = next.nodes.size() == 1 ? "next best: node" : "next best: nodes";
    for (const NodeId node : next.nodes) out += " " + std::to_string(node.value);
    out += ", weighs " + std::to_string(next.total) + ", ";
    return out + std::to_string(next.difference < 0 ? -next.difference : next.difference) +
           (next.difference < 0 ? " less\n" : " more\n");
}

}  // namespace

std::string reason_text(const Explanation::Row& row) {
    switch (row.reason) {
        case Rejection::none:
            return "in the plan";
        case Rejection::not_allowed:
            return "not open to this channel or method";
        case Rejection::excluded:
            return "failed this order before";
        case Rejection::not_shipping:
            return "does not ship";
        case Rejection::out_of_reach:
            return "no carrier goes there from it";
        case Rejection::no_handover:
            return "does not hand over";
        case Rejection::closed:
            return "closed now";
        case Rejection::no_capacity:
            return "no capacity left today";
        case Rejection::no_stock:
            return "not enough stock";
        case Rejection::costlier:
            return "costlier or farther than the plan";
        case Rejection::split_limit:
            return "would need more parcels than allowed";
        case Rejection::by_rule:
            return row.rule;
        case Rejection::kept_for_walk_in:
            return "what it has is kept for walk-in shoppers";
        case Rejection::comes_later:
            return "comes later in the strategy's order";
        case Rejection::too_few:
            return "too few units for a parcel of its own";
        case Rejection::no_strategy:
            return "no strategy is for this order";
        case Rejection::declined:
            return "serving the order costs more than declining it";
        case Rejection::spillover:
            return "has taken enough from other nodes' places today";
    }
    return "?";
}

std::string Explanation::text() const {
    std::string out = outcome_text(*this);
    for (const Attempt& attempt : attempts) out += attempt_text(attempt);
    if (attempts.empty() && pass == Pass::second) out += "found without soft rules\n";
    if (split) out += split->text() + "\n";
    if (runner_up) out += runner_up_text(*runner_up);
    if (rows.empty()) return out;
    bool priced = false;
    bool kept = false;
    for (const Row& row : rows) {
        priced = priced || row.price != 0;
        kept = kept || row.kept != 0;
    }
    out +=
        std::string("node     km  units") + (kept ? "   kept" : "") + "        cost" + (priced ? "       price" : "") + "  why\n";
    for (const Row& row : rows) {
        char line[96];
        std::snprintf(line, sizeof line, "%4u %6u %6d", static_cast<unsigned>(row.node.value), row.km, row.available);
        out += line;
        if (kept) {
            std::snprintf(line, sizeof line, " %6d", row.kept);
            out += line;
        }
        std::snprintf(line, sizeof line, " %11lld", static_cast<long long>(row.cost));
        out += line;
        if (priced) {
            std::snprintf(line, sizeof line, " %11lld", static_cast<long long>(row.price));
            out += line;
        }
        out += "  " + reason_text(row) + "\n";
    }
    return out;
}

}  // namespace lastunit::core
