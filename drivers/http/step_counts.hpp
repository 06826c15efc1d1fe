// A flow step by step: how many shoppers came to a step and got past it, what the shop answered there and by which rule, and how
// long that took. A race and a load count alike.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "drivers/http/answer.hpp"
#include "drivers/http/plan.hpp"
#include "drivers/load/latency_counts.hpp"

namespace lastunit::drivers::http {

struct StepAnswer {
    Answer answer = Answer::unknown;
    unsigned status = 0;  // 0: no answer
    std::string why;      // the rule that decided, or what was the matter
    auto operator<=>(const StepAnswer&) const = default;
};

struct StepCounts {
    std::string name;
    std::uint64_t shoppers = 0;                     // who sent it at least once
    std::uint64_t passed = 0;                       // of those, with at least one answer that accepted it
    std::uint64_t requests = 0;                     // more than shoppers where a step is repeated, or done from two devices
    std::array<std::uint64_t, kAnswers> classes{};  // by Answer; they sum to requests
    std::map<StepAnswer, std::uint64_t> answers;    // they sum to requests
    LatencyCounts latency;                          // of the requests that were answered

    // A request is over. `latency_ns` below 0: it was not answered. Of a step's hundredth `why` on, `why` is left out.
    void count(StepAnswer answered, std::int64_t latency_ns);
};

// The steps of a flow that are a shopper's: the purchase up to its promise, the cancel steps and the webhooks. Two of one name
// are one.
class StepPlaces {
   public:
    explicit StepPlaces(const Plan& plan);

    static constexpr std::size_t kNone = ~std::size_t{0};
    std::size_t of(const std::string& name) const;
    std::size_t size() const { return names_.size(); }
    std::vector<StepCounts> counts() const;  // with their names alone

    // Whether it is worth a row: a cancel step or webhook that nobody sent is not, a step of the purchase to which nobody came
    // is.
    bool tells(const StepCounts& step) const { return step.requests > 0 || of(step.name) < purchase_; }

    // The places of the purchase, then those of the others by their names: what several generators have sent of them differs, and
    // so it has one order all the same.
    std::vector<std::size_t> purchase_then_by_name() const;

   private:
    std::vector<std::string> names_;
    std::map<std::string, std::size_t> places_;
    std::size_t purchase_ = 0;  // so many of them
};

}  // namespace lastunit::drivers::http
