// The simulator's one door: a scenario and a seed go in, a run record comes out.
//
// Pure in its inputs: the same scenario, seed and commit give the same record and the same fingerprint, in any build. No clock is
// read here: the caller measures wall time, and stops a run through `on_progress`. A live run is as fast as its back end's clock,
// and no two are alike; `on_progress` is then also called whenever there was nothing to do for a while.
#pragma once

#include <cstdint>
#include <functional>

#include "core/types.hpp"
#include "model/run_record.pb.h"
#include "model/scenario.hpp"

namespace lastunit::model {
class EventLogSink;  // model/event_log_sink.hpp
}

namespace lastunit::sim {

struct LevelWatch;  // sim/levels.hpp: splits a run on its way to a rare oversell

class BackEnd;  // sim/back_end.hpp: what a live run asks instead of the simulated core

class Probe;  // sim/probe.hpp: sees single waiting times, decisions and orders; for tests and validation

struct Progress {
    SimTime now;
    SimTime horizon;  // end of arrivals; the drain comes after it
    std::uint64_t events = 0;
    std::uint64_t orders = 0;
    std::uint64_t units = 0;  // accepted
    std::uint64_t oversold_units = 0;
};
enum class Control : std::uint8_t { go_on, stop };

// Of the shoppers, when several generators share a live run: those whose number modulo `of` is `number`.
struct Share {
    std::uint32_t number = 0, of = 1;
};

// off: promises are not held against the truth: nothing is counted as oversold or undersold, and nothing has a cause. What
// happens is the same. For measuring what the judgement costs.
enum class Judging : std::uint8_t { on, off };

struct RunOptions {
    std::uint64_t seed = 1;
    // Called every `progress_every` events. Control::stop ends the run at once; the record is then marked partial and still
    // balances.
    std::function<Control(const Progress&)> on_progress;
    std::uint64_t progress_every = 65'536;
    Judging judging = Judging::on;
    Probe* probe = nullptr;              // not owned; may be null
    LevelWatch* levels = nullptr;        // not owned; null: the run is not split. It ends with the event that is watched for
    model::EventLogSink* log = nullptr;  // where the event log goes; not owned; null: none is kept
    BackEnd* back_end = nullptr;         // not owned; null: a simulation. With it the run is live: see sim/live.hpp
    Share share;                         // of a live run
};

// Fills everything of the record but identity.{commit, version, build, wall_s, scenario_file, repeat_command, peak_memory_bytes}
// and the gates' verdicts, which are the caller's to know.
model::RunRecord run(const model::Scenario& scenario, const RunOptions& options);

}  // namespace lastunit::sim
