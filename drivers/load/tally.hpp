// What a generator counts: every operation once, its three times, in total, by kind, over time and of the last seconds.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "drivers/driver.hpp"
#include "drivers/load/latency_counts.hpp"
#include "drivers/load/live_figures.hpp"
#include "drivers/load/series.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers {

class Tally {
   public:
    // All times are of the steady clock; `unix_minus_steady_ns` makes them of the wall.
    explicit Tally(std::int64_t unix_minus_steady_ns) : unix_minus_steady_ns_(unix_minus_steady_ns) {}
    // The run begins then, and not with the first operation that is intended. Before all others.
    void begins(std::int64_t at_ns);
    std::optional<std::int64_t> begin_ns() const { return begin_ns_ == INT64_MAX ? std::nullopt : std::optional(begin_ns_); }

    void intended(core::CommandKind kind, std::int64_t intended_ns);
    void attempt() { ++attempts_; }
    void first_sent(std::int64_t sent_ns, std::int64_t lag_ns);
    void overloaded() { ++overloaded_; }
    void no_answer(std::int64_t at_ns);
    void resolved() { ++resolved_; }

    struct Settling {
        core::CommandKind kind{};
        Settled settled = Settled::unknown;
        Cause cause = Cause::outcome;
        core::Outcome outcome{};
        std::int64_t intended_ns = 0, first_sent_ns = 0, at_ns = 0;  // first_sent_ns 0: it was never sent
    };
    void settled(const Settling& operation);

    void in_flight(std::int64_t now_ns, std::size_t count);  // now and then, for the steps that have passed
    void in_flight_peak(std::size_t count) {
        if (count > in_flight_peak_) in_flight_peak_ = count;
    }

    // Without what is in flight.
    LiveFigures live(std::int64_t now_ns) const;
    void fill(model::LoadReport& report) const;

    const LatencyCounts& lag() const { return lag_; }
    const LatencyCounts& service() const { return service_; }
    std::uint64_t sent() const { return lag_.count(); }

   private:
    static constexpr std::size_t kOutcomes = static_cast<std::size_t>(core::Outcome::over_limit) + 1;
    static constexpr std::size_t kCauses = static_cast<std::size_t>(Cause::no_answer) + 1;
    static constexpr std::int64_t kWindowSeconds = 5;
    struct OfKind {
        std::uint64_t intended = 0, applied = 0, refused = 0, unknown = 0;
        LatencyCounts service, response;
        std::array<std::uint64_t, kOutcomes> refusals{};  // by outcome
        std::array<std::uint64_t, kCauses> failures{};    // refused for another cause
    };
    struct Second {
        std::int64_t number = -1;  // of the wall clock
        StepFigures figures;
    };
    std::int64_t unix_us(std::int64_t steady_ns) const { return (steady_ns + unix_minus_steady_ns_) / 1000; }
    StepFigures& second_at(std::int64_t unix_us);
    template <class Change> void everywhere(std::int64_t at_ns, Change change);

    std::int64_t unix_minus_steady_ns_;
    std::array<std::unique_ptr<OfKind>, core::kCommandKinds> kinds_;
    LatencyCounts service_, response_, lag_;
    Series series_;
    std::array<Second, kWindowSeconds + 2> recent_;
    StepFigures too_old_;  // for the window: nobody reads it
    std::uint64_t intended_ = 0, applied_ = 0, refused_ = 0, unknown_ = 0;
    std::uint64_t attempts_ = 0, overloaded_ = 0, no_answer_ = 0, resolved_ = 0, in_flight_peak_ = 0;
    std::int64_t begin_ns_ = INT64_MAX;  // told, or the earliest intended
    std::int64_t last_answer_ns_ = INT64_MIN;
    std::int64_t peak_second_ = INT64_MIN;
    std::uint64_t in_peak_second_ = 0, busiest_second_ = 0;
};

}  // namespace lastunit::drivers
