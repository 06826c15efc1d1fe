#include "core/routing/split_policy.hpp"

namespace lastunit::core {

namespace {
std::string amount(const char* what, const SplitOption& option, const char* absent) {
    if (option.there == SplitOption::There::no) return std::string(what) + " " + absent;
    std::string out = std::string(what) + " " + std::to_string(option.total());
    if (option.loss != 0) out += " (of which goodwill " + std::to_string(option.loss) + ")";
    if (option.wait.us > 0) out += " after " + std::to_string((option.wait.us + minutes(1).us - 1) / minutes(1).us) + " min";
    return out;
}
}  // namespace

SplitOption split_now(const SplitPolicy& policy, Money cost, std::uint32_t parcels) {
    const Money extra = parcels > 1 ? static_cast<Money>(parcels) - 1 : 0;
    return {SplitOption::There::yes, cost, extra * policy.loss_per_extra_parcel, Duration{0}};
}

SplitOption wait_for(const SplitPolicy& policy, Money cost) {
    if (policy.waiting == Waiting::refused || policy.transfer_takes > policy.longest_wait) return {};
    const std::int64_t begun = (policy.transfer_takes.us + hours(1).us - 1) / hours(1).us;
    return {SplitOption::There::yes, cost, begun * policy.loss_per_hour, policy.transfer_takes};
}

Money transfer_cost(const SplitPolicy& policy, std::uint32_t nodes, std::int64_t units) {
    return static_cast<Money>(nodes) * policy.transfer_fixed + units * policy.transfer_unit;
}

SplitDecision decide(const SplitPolicy& policy, const SplitOption& split, const SplitOption& wait) {
    SplitDecision decision;
    decision.split = split;
    decision.wait = wait;
    if (policy.decline_cost != kNeverDeclined) decision.decline = {SplitOption::There::yes, policy.decline_cost, 0, Duration{0}};
    const SplitOption* best = nullptr;
    const auto weigh = [&](const SplitOption& option, SplitChoice choice) {
        if (option.there == SplitOption::There::no || (best != nullptr && option.total() >= best->total())) return;
        best = &option;
        decision.choice = choice;
    };
    weigh(decision.split, SplitChoice::ship_now);
    weigh(decision.wait, SplitChoice::wait_for_transfer);
    weigh(decision.decline, SplitChoice::decline);
    return decision;
}

std::string SplitDecision::text() const {
    std::string out;
    switch (choice) {
        case SplitChoice::ship_now:
            out = "ship now";
            break;
        case SplitChoice::wait_for_transfer:
            out = "wait for a transfer";
            break;
        case SplitChoice::decline:
            out = "decline";
            break;
    }
    return out + ": " + amount("shipping now costs", split, "is not possible") + ", " +
           amount("waiting", wait, "is not possible") + ", " + amount("declining", decline, "is not allowed");
}

}  // namespace lastunit::core
