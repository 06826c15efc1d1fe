#include "cli/load/live_run.hpp"

#include <cstdio>

#include "cli/load/client_id.hpp"
#include "cli/load/live_back_end.hpp"
#include "cli/load/live_clock.hpp"
#include "cli/stop.hpp"
#include "cli/version.hpp"
#include "drivers/faults/controller.hpp"
#include "drivers/load/dispatcher.hpp"
#include "model/history.pb.h"
#include "sim/simulation.hpp"

namespace lastunit::cli {
namespace {

// How long answers are waited for when the last shopper has left: as long as an operation is asked for again under its key.
constexpr Duration kLastAnswers = seconds(40);
// The simulator asks whether to go on after so many events: a live run has some thousand a second.
constexpr std::uint64_t kEventsBetweenLooks = 32;

drivers::DispatcherOptions dispatcher_options(const LiveRun& run) {
    drivers::DispatcherOptions options;
    options.client = fresh_client();
    if (run.options.start_at) options.started_unix_us = run.options.start_at->unix_us;
    options.shard = run.options.shard + 1;
    options.shards = run.options.shards;
    options.pool = run.options.pool;
    options.history = run.history;
    return options;
}

// The steady clock at a time of the wall's.
std::int64_t steady_ns_at(std::int64_t unix_us) { return drivers::steady_now_ns() + (unix_us - unix_now_us()) * 1000; }

void check_start(const LiveOptions& options) {
    if (!options.start_at) return;
    const double late_s = static_cast<double>(unix_now_us() - options.start_at->unix_us) / 1e6;
    if (late_s > 0) {
        char text[160];
        std::snprintf(text, sizeof text,
                      "--start-at: ready %.1f s too late; prepare first (lastunit prepare) and give a later time", late_s);
        throw BadInput(text);
    }
}

bool to_be_stopped(const LiveRun& run) {
    return StopSignals::requested() || (run.target.report && !run.target.report->problem().empty());
}

LiveBackEndOptions back_end_options(const LiveRun& run, LiveView& view, drivers::Dispatcher& dispatcher,
                                    drivers::FaultController& faults) {
    LiveBackEndOptions options;
    options.speed = run.options.speed;
    options.horizon = SimTime{} + run.scenario.run.horizon;
    if (run.options.start_at) options.start_ns = steady_ns_at(run.options.start_at->unix_us);
    if (run.options.shards > 1) options.gaps = LiveBackEndOptions::Gaps::waited_for;
    options.stop = [&run] { return to_be_stopped(run); };
    options.fault = [&view, &faults](const model::Fault& fault, sim::BackEnd::Moment moment) {
        const bool begins = moment == sim::BackEnd::Moment::begins;
        begins ? faults.begins(fault) : faults.ends(fault);
        begins ? view.fault_is_on(fault.name) : view.fault_is_over(fault.name);
    };
    options.broken = [&faults] { return faults.anything_broken(); };
    options.tick = [&view, &dispatcher](SimTime now) { view.show(now, dispatcher); };
    return options;
}

model::RunRecord simulate(const LiveRun& run, LiveBackEnd& back_end, LiveView& view) {
    sim::RunOptions options;
    options.seed = run.seed;
    options.back_end = &back_end;
    options.log = run.log;
    options.share = {run.options.shard, run.options.shards};
    options.progress_every = kEventsBetweenLooks;
    options.on_progress = [&run, &view](const sim::Progress& progress) {
        view.note(progress);
        return to_be_stopped(run) ? sim::Control::stop : sim::Control::go_on;
    };
    const std::int64_t started_ns = drivers::steady_now_ns();
    model::RunRecord record = sim::run(run.scenario, options);
    record.mutable_identity()->set_wall_s(static_cast<double>(drivers::steady_now_ns() - started_ns) / 1e9);
    return record;
}

void report_faults(const drivers::FaultController& faults, std::int64_t start_ns, model::LoadReport& load) {
    for (const drivers::DoneFault& fault : faults.done()) {
        *load.add_faults() = drivers::report_of(fault, start_ns);
        if (!fault.failed.empty()) load.add_invalid("fault " + fault.name + ": " + fault.failed);
    }
}

}  // namespace

model::HistoryHeader history_header(const LiveRun& run) {
    model::HistoryHeader header;
    header.set_scenario(run.scenario.name);
    header.set_scenario_hash(run.scenario.hash);
    header.set_design(run.scenario.design.name);
    header.set_seed(run.seed);
    header.set_commit(commit());
    header.set_expiry_late_us(run.target.expiry_late.us);
    return header;
}

std::string prepare_target(const LiveRun& run, const drivers::InitialStock& stock) {
    try {
        run.target.driver->prepare(stock);
    } catch (const drivers::DriverError& error) {
        throw BadInput("--target: " + std::string(error.what()));
    }
    std::int64_t units = 0;
    for (const Quantity quantity : stock.units) units += quantity;
    char text[256];
    std::snprintf(text, sizeof text, "prepared %s: %zu nodes, %zu SKUs, %lld units", run.target.driver->target().c_str(),
                  stock.shape.nodes.size(), stock.shape.skus.size(), static_cast<long long>(units));
    return text;
}

void check_problem(const LiveRun& run) {
    const std::string problem = run.target.report ? run.target.report->problem() : "";
    if (!problem.empty()) throw BadInput("--target: " + problem);
}

model::RunRecord play(const LiveRun& run, const drivers::InitialStock& stock) {
    try {
        drivers::Dispatcher dispatcher(*run.target.driver, stock, dispatcher_options(run), history_header(run));
        check_start(run.options);
        if (run.target.report) run.target.report->begins();
        drivers::FaultController faults(run.target.breakable);
        model::RunRecord record;
        {
            LiveView view(run.view_mode, run.scenario, run.options.speed, run.options.target.shown(), run.target.mode);
            LiveBackEnd back_end(dispatcher, back_end_options(run, view, dispatcher, faults));
            record = simulate(run, back_end, view);
        }
        faults.finish();
        check_problem(run);
        std::vector<drivers::DispatchAnswer> late;
        dispatcher.finish(kLastAnswers, run.options.shards > 1 ? drivers::ReadBack::none : drivers::ReadBack::whole, late);
        check_problem(run);
        model::LoadReport& load = *record.mutable_load();
        dispatcher.fill(load);
        report_faults(faults, dispatcher.series_begin_ns(), load);
        load.set_target(run.options.target.shown());
        load.set_mode(run.target.mode);
        load.set_system(run.target.system);
        load.set_speed(run.options.speed);
        if (run.target.report) run.target.report->fill(load);
        return record;
    } catch (const drivers::DriverError& error) {
        throw BadInput("--target: " + std::string(error.what()));
    }
}

}  // namespace lastunit::cli
