// The inside of a Dispatcher; see dispatcher.hpp for what it promises.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "drivers/load/dispatcher.hpp"
#include "drivers/load/flights.hpp"
#include "drivers/load/line.hpp"
#include "drivers/load/recording.hpp"
#include "drivers/load/tally.hpp"

namespace lastunit::drivers {

class Dispatcher::Impl {
   public:
    enum class Asker : std::uint8_t { waits, goes_on };

    Impl(Driver& driver, const InitialStock& stock, DispatcherOptions options, const model::HistoryHeader& header);

    void take(Asker asker, std::uint64_t tag, const core::Command& command, std::int64_t intended_ns);
    std::size_t poll(std::vector<DispatchAnswer>& out, Duration at_most);
    std::string finish(Duration at_most, ReadBack read_back, std::vector<DispatchAnswer>& out);
    LiveFigures snapshot() const;
    void fill(model::LoadReport& report) const;
    std::int64_t start_ns() const { return start_ns_; }
    std::int64_t series_begin_ns() const { return tally_.begin_ns().value_or(start_ns_); }
    std::size_t in_flight() const { return flights_.size(); }
    std::int64_t lag_p99_ns() const { return static_cast<std::int64_t>(tally_.lag().quantile_ns(0.99)); }

   private:
    struct Again {
        std::int64_t at_ns = 0;
        std::uint32_t index = 0;
        bool operator>(const Again& other) const { return at_ns > other.at_ns; }
    };
    struct Verdict {
        Settled settled = Settled::unknown;
        Cause cause = Cause::outcome;
        core::Outcome outcome{};
        std::int64_t at_ns = 0;
    };

    void send_ready();
    void send(std::span<const std::uint32_t> indices);
    std::int64_t lag_ns(const Flight& flight, std::int64_t sent_ns) const;
    std::int64_t collect(Duration at_most);  // handles what the line has; the time it is then
    void wait(std::int64_t now_ns, std::int64_t until_ns);
    void wake(std::int64_t now_ns);  // attempts whose pause is over
    void answered(const Completion& completion, std::int64_t now_ns);
    void again_or_given_up(std::uint32_t index, const Completion& completion, std::int64_t at_ns);
    void settle(std::uint32_t index, const Verdict& verdict);
    void count(std::uint32_t index, const Verdict& verdict);
    void refuse_at_once(Asker asker, std::uint64_t tag, core::CommandKind kind, std::int64_t intended_ns);
    void record(const Flight& flight, std::uint32_t index, const Completion& completion, std::int64_t at_ns);
    void abandon();
    std::int64_t pause_ns(const Flight& flight) const;
    std::int64_t working_cpu_ns() const;  // of this thread since the start, without spinning
    std::size_t hand_out(std::vector<DispatchAnswer>& out);

    Driver& driver_;
    const DispatcherOptions options_;
    std::int64_t unix_minus_steady_ns_;
    std::int64_t start_ns_;
    std::uint64_t sequence_ = 0;  // of keys
    Line line_;
    Flights flights_;
    std::optional<Recording> recording_;
    Tally tally_;
    std::vector<std::uint32_t> ready_;  // to be sent, in order: as far as the pool has room
    std::size_t sent_of_ready_ = 0;     // so many in front have been
    std::size_t pool_;
    std::int64_t pool_full_until_ns_ = 0;
    std::size_t collected_ = 0;  // by the last collect()
    std::vector<Again> again_;   // a heap, the earliest in front
    std::vector<Operation> operations_;
    std::vector<Completion> completions_;
    std::vector<DispatchAnswer> answers_;
    std::uint64_t beyond_most_in_flight_ = 0;
    std::int64_t cpu_before_ns_ = 0, spun_ns_ = 0;
    std::int64_t cpu_ns_ = -1;  // once the run is over
    std::string error_;
};

}  // namespace lastunit::drivers
