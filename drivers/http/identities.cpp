#include "drivers/http/identities.hpp"

#include <algorithm>

#include "drivers/http/flow_file.hpp"

namespace lastunit::drivers::http {

bool reads_shoppers(const Plan& plan) {
    const auto reads = [](const StepPlan& step) {
        const auto named = [](const LinesPlan& lines) { return lines.shopper.given() || lines.row_shopper.has_value(); };
        return (step.orders && named(*step.orders)) || (step.reservations && named(*step.reservations));
    };
    return std::any_of(plan.read_back.begin(), plan.read_back.end(), reads) ||
           std::any_of(plan.look_up.begin(), plan.look_up.end(), reads);
}

std::string same_identity(const Plan& plan, std::uint64_t a, std::uint64_t b, const std::string& identity) {
    return "identity: shoppers " + std::to_string(std::min(a, b)) + " and " + std::to_string(std::max(a, b)) + " are both `" +
           masked(identity, plan.secrets) + "` in the books: " + plan.identity.written() +
           " has to be each one's own, such as {{unique.email}}";
}

void Identities::claim(const std::string& identity, std::uint64_t shopper) {
    if (identity.empty()) {
        // Orders of guests, whose shopper is empty as well, would be this one's.
        if (matter_ == Matter::yes && problem_.empty())
            problem_ = "identity: shopper " + std::to_string(shopper) + " is nobody in the books: " + plan_.identity.written() +
                       " has no value, and a step up to the promise has to find it";
        return;
    }
    const auto [at, first] = known_.emplace(identity, shopper);
    if (first || at->second == shopper || matter_ == Matter::no || !problem_.empty()) return;
    problem_ = same_identity(plan_, at->second, shopper, identity);
}

std::uint64_t Identities::shopper(const std::string& identity) const {
    const auto found = known_.find(identity);
    return found == known_.end() ? 0 : found->second;
}

}  // namespace lastunit::drivers::http
