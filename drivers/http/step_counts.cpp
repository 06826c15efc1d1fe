#include "drivers/http/step_counts.hpp"

#include <algorithm>
#include <numeric>

namespace lastunit::drivers::http {
namespace {

constexpr std::size_t kMostWhys = 100;  // of a step: a message that holds a number must not become a list without end

}  // namespace

void StepCounts::count(StepAnswer answered, std::int64_t latency_ns) {
    ++requests;
    ++classes[static_cast<std::size_t>(answered.answer)];
    if (answers.size() >= kMostWhys && !answers.contains(answered)) answered.why.clear();
    ++answers[std::move(answered)];
    if (latency_ns >= 0) latency.add(latency_ns);
}

StepPlaces::StepPlaces(const Plan& plan) {
    const auto take = [this](const Steps& steps, std::size_t until) {
        for (std::size_t i = 0; i < until; ++i)
            if (places_.emplace(steps[i].name, names_.size()).second) names_.push_back(steps[i].name);
    };
    take(plan.steps, plan.promise + 1);
    purchase_ = names_.size();
    take(plan.cancel, plan.cancel.size());
    take(plan.webhooks, plan.webhooks.size());
}

std::size_t StepPlaces::of(const std::string& name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? kNone : found->second;
}

std::vector<std::size_t> StepPlaces::purchase_then_by_name() const {
    std::vector<std::size_t> out(names_.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(purchase_), out.end(),
              [this](std::size_t a, std::size_t b) { return names_[a] < names_[b]; });
    return out;
}

std::vector<StepCounts> StepPlaces::counts() const {
    std::vector<StepCounts> out(names_.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i].name = names_[i];
    return out;
}

}  // namespace lastunit::drivers::http
