// The generator between whoever has a schedule (the simulator on the clock of the wall, or a plain rate) and a back end.
//
// An open model: an operation is sent when the schedule wants it, whatever became of the ones before. Nothing here waits for an
// answer, and nothing is queued without bound. Each operation has one idempotency key, under which it is sent again
// - after `overloaded`, `unavailable` and `late` (refused before it was looked at), after a growing, jittered pause;
// - after no answer (deadline, cut connection), until it is known what became of it or `resolve_for` has passed: then it stays
//   unknown, and the audit carries it as bounds.
// Operations of one chain are sent in the order in which they were asked for, the next one when the one before has its final
// answer. A chain is what shares a hold, an order or a transfer; `confirm` belongs to its hold's and its order's.
//
// Three times of each operation, in nanoseconds of the steady clock:
//   service   first attempt sent -> final answer: what most tools report
//   response  intended -> final answer: what a shopper waits; includes the turn in the chain, the turn in the pool and whatever
//             the generator was late
//   lag       the generator's own lateness: intended -> asked for, and once it could be sent -> sent. Small, or the other two
//             mean nothing. What it waited for its turn is the back end's doing, and in `response` alone.
// An operation that stays unknown counts with the time until it was given up.
//
// One thread uses it, always the same: fill() reads that thread's processor time. The driver outlives it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/load/live_figures.hpp"
#include "model/load_report.pb.h"

namespace lastunit::model {
class HistoryHeader;
}

namespace lastunit::drivers {

struct DispatcherOptions {
    // Names this generator in every key: drawn anew for each run (two runs with one client would answer each other's keys), and
    // another one for each shard. Not 0.
    std::uint64_t client = 0;
    // Wall clock of time 0, from which the report and the history count; the same in all shards of a run. 0: the history counts
    // from now, the report from the first operation that is intended.
    std::int64_t started_unix_us = 0;
    std::uint32_t shard = 1, shards = 1;
    // Operations that were asked for and not settled, at most. One more makes the run INVALID and is refused at once. Each takes
    // some 250 bytes.
    std::uint32_t most_in_flight = 100'000;
    // Attempts that are with the back end at a time, as a pool of connections in front of it limits them; the others wait for
    // their turn here. With a pool, a back end that stalls shows in `service` for those alone that it has, in `response` for all
    // that wanted it. Without one (0) it gets everything at once, and the two are alike; a driver that waits in submit() while
    // the back end takes no more (a gRPC stream) is then waited for, which shows as lag.
    std::uint32_t pool = 128;
    Duration attempt_timeout = seconds(10);  // of one attempt
    Duration resolve_for = seconds(30);      // since the operation was first sent: no attempt begins after it
    // The pause before the second attempt: half of it for sure, the rest drawn; doubles with each attempt up to the longest.
    Duration first_pause = milliseconds(5), longest_pause = seconds(1);
    // INVALID beyond: the 99th percentile of the lag above both of these, the second a share of the 99th percentile of service;
    // or above `most_lag_ever` whatever the service takes.
    Duration most_lag = milliseconds(1);
    double most_lag_share = 0.1;
    Duration most_lag_ever = milliseconds(10);
    // Where the history goes; empty: none is kept, and nothing can be audited.
    std::string history;
};

struct DispatchAnswer {
    std::uint64_t tag = 0;
    Settled settled = Settled::unknown;
    Cause cause = Cause::outcome;  // not `outcome`: given up after attempts, or never sent (overloaded: too many in flight)
    core::Outcome outcome{};       // where the cause is `outcome`
    std::int64_t response_ns = 0;
    std::int64_t at_ns = 0;  // steady clock: when it arrived
};

enum class ReadBack : std::uint8_t {
    whole,  // the back end's final state goes into the history; every generator of the run must have finished
    none,   // another shard's does
};

class Dispatcher {
   public:
    // `header` needs no more than its names of the run (scenario, hash, design, seed, commit); target, time, shard, shape and
    // initial stock are filled in. `stock` is what prepare() was given; it is copied. Opens the line: throws DriverError. A
    // history that cannot be written is found in finish().
    Dispatcher(Driver& driver, const InitialStock& stock, DispatcherOptions options, const model::HistoryHeader& header);
    ~Dispatcher();  // does not wait for what is in flight longer than the driver's sessions do

    // Steady clock (steady_now_ns) at time 0: what `intended_ns` is compared with.
    std::int64_t start_ns() const;
    // ... at which the report's series begins: the first operation was intended then. start_ns() where none was.
    std::int64_t series_begin_ns() const;

    // Takes the operation; it is sent at once or with its neighbours, at the latest by the next poll(). The command's key is
    // ignored, its lines live only during the call. `intended_ns`: of the steady clock; one in the future is sent now all the
    // same. poll() hands out one answer for each ask(), none for tell().
    void ask(std::uint64_t tag, const core::Command& command, std::int64_t intended_ns);
    void tell(const core::Command& command, std::int64_t intended_ns);

    // Sends what is due, then waits until an answer to an ask() has come or `at_most` has passed, appends the answers and
    // returns how many. Within some 50 us of `at_most`: the last 100 us are spun through, the rest is slept. {0}: does not wait.
    std::size_t poll(std::vector<DispatchAnswer>& out, Duration at_most);

    std::size_t in_flight() const;  // asked and told, not settled

    // The run is over: waits until everything is settled, `at_most` long; what is not settled by then is unknown. Then the
    // back end's final state goes into the history, which is closed. Answers that come meanwhile are appended. What went wrong
    // (no final state, a history that could not be written): one line; empty: all is well. Also a reason for INVALID.
    std::string finish(Duration at_most, ReadBack read_back, std::vector<DispatchAnswer>& out);

    LiveFigures snapshot() const;
    std::int64_t lag_p99_ns() const;
    // All fields but: mode, system, speed, faults, audit, prediction, and the comparison with the record.
    void fill(model::LoadReport& report) const;

   private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace lastunit::drivers
