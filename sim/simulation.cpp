#include "sim/simulation.hpp"

#include <optional>

#include "core/assert.hpp"
#include "sim/event_log.hpp"
#include "sim/importance.hpp"
#include "sim/levels.hpp"
#include "sim/live.hpp"
#include "sim/parts.hpp"
#include "sim/probe.hpp"

namespace lastunit::sim {

namespace {

// The main loop, and what happens before and after it.
class Simulation {
   public:
    Simulation(const model::Scenario& scenario, const RunOptions& options)
        : options_(options), parts_(scenario, options.seed, options.probe), next_report_(options.progress_every) {
        if (options.log != nullptr) world_.log = &log_.emplace(world_, *options.log);
        if (options.levels != nullptr) world_.importance = &importance_.emplace(world_, *options.levels);
        world_.judges = options.judging == Judging::on;
        if (options.back_end != nullptr) world_.live = &live_.emplace(world_, *options.back_end, options.share);
        assert_context().seed = options.seed;
    }

    model::RunRecord run() {
        parts_.supply.stock_up();
        parts_.replenishment.start();
        parts_.transfers.start();
        parts_.stock_figures.start();
        parts_.core.start_prices();
        parts_.orders.start_reoptimising();
        parts_.accuracy.start();
        parts_.counts.start();
        parts_.faults.start();
        parts_.edges.start();
        parts_.pools.start();
        parts_.teams.start();
        if (log_) log_->start();
        parts_.shoppers.start();
        const Duration step = world_.scenario.run.sample_every;
        world_.queue.push(SimTime{0} + step, EventKind::sample, 0);
        if (world_.scenario.run.warm_up.us > 0) world_.after(world_.scenario.run.warm_up, EventKind::measure, 0);
        parts_.core.new_day();
        if (importance_) importance_->start();
        const bool partial = !work_off();
        if (importance_) importance_->finish();
        if (log_) log_->finish(partial ? EventLog::Whole::stopped : EventLog::Whole::whole, parts_.recorder.oversold_units());
        parts_.recorder.close_series();
        parts_.teams.close();
        parts_.costs.close();
        parts_.orders.count_overdue();
        model::RunRecord record;
        parts_.recorder.fill(record, partial, events_);
        if (live_) {
            record.mutable_load()->set_beyond_record(live_->times_beyond_record());
            record.mutable_load()->set_refused_with_record(live_->times_refused_with_record());
        }
        return record;
    }

   private:
    // The main loop. False when the caller stopped it.
    bool work_off() {
        const SimTime horizon = SimTime{0} + world_.scenario.run.horizon;
        const SimTime end = horizon + world_.scenario.run.drain;
        while (!world_.queue.empty() || world_.live != nullptr) {
            if (world_.live != nullptr) {
                if (!wait_for_event()) return false;
                if (world_.live == nullptr) continue;
            } else {
                parts_.advance_infrastructure(world_.queue.top().at);
            }
            if (world_.queue.top().at > end) break;
            const PendingEvent event = world_.queue.pop();
            if (!world_.queue.empty() && world_.queue.top().kind == EventKind::shopper)
                parts_.shoppers.prefetch(world_.queue.top().subject);
            world_.now = event.at;
            assert_context().now_us = event.at.us;
            world_.fingerprint.fold(static_cast<std::uint64_t>(event.at.us) ^ (static_cast<std::uint64_t>(event.kind) << 56U) ^
                                    (static_cast<std::uint64_t>(event.subject) << 20U));
            handle(event);
            ++events_;
            if (world_.probe != nullptr) {
                world_.probe->after_event(parts_.core.ledger(), world_.truth);
                world_.probe->after_event_of_record(parts_.record_error);
                world_.probe->after_event_of_books(parts_.recorder);
                world_.probe->after_event_of_work(world_);
            }
            if (importance_ && reaches_event()) return false;
            if (world_.now >= horizon && nothing_left()) break;
            if (events_ < next_report_) continue;
            next_report_ += options_.progress_every;
            if (options_.on_progress && report() == Control::stop) return false;
        }
        return true;
    }

    // Until the next event is due on the clock of a live run, or the live part of it is over. False when the caller stopped it.
    bool wait_for_event() {
        for (SimTime looked{0};;) {
            if (live_is_over()) {
                world_.live = nullptr;
                return true;
            }
            const SimTime next = world_.queue.empty() ? kNever : world_.queue.top().at;
            // A step that shares its host or link ends later than it would alone: nobody knows when, so it is looked for now and
            // then.
            const SimTime step_ends = std::max(world_.infrastructure.earliest_end(), looked);
            const SimTime clock = world_.live->wait(std::min(next, step_ends));
            if (clock >= step_ends && !parts_.advance_infrastructure(std::min(clock, next)))
                looked = clock + world_.live->least_wait();
            if (!world_.queue.empty() && world_.queue.top().at <= clock) return true;
            if (clock < std::min(next, step_ends) && options_.on_progress && report() == Control::stop) return false;
        }
    }

    bool live_is_over() const {
        return parts_.shoppers.all_arrived() && parts_.shoppers.sessions() == 0 && world_.live->waiting() == 0 &&
               parts_.edges.sales_under_way() == 0;
    }

    // After the horizon, polls and pending returns alone do not keep a run alive; what waits to be fetched does.
    bool nothing_left() const {
        return parts_.shoppers.sessions() == 0 && parts_.shoppers.all_arrived() && parts_.orders.open_orders() == 0 &&
               parts_.edges.sales_under_way() == 0 && parts_.carriage.lockers().waiting() == 0;
    }

    // Goes on as a branch at each level that the run has just reached. True at the event that is watched for.
    bool reaches_event() {
        importance_->look();
        LevelWatch& watch = *options_.levels;
        while (!watch.happened && watch.passed < watch.levels.size() && watch.highest >= watch.levels[watch.passed]) {
            const auto level = static_cast<std::uint32_t>(watch.passed++);
            const std::uint32_t branch = watch.reached(level);
            const model::Words words = model::philox(world_.key, model::Purpose::splitting, branch, level);
            world_.key = (std::uint64_t{words.w[0]} << 32U) | words.w[1];
            parts_.shoppers.redraw_arrivals();
        }
        return watch.happened;
    }

    Control report() const {
        return options_.on_progress({world_.now, SimTime{0} + world_.scenario.run.horizon, events_, parts_.recorder.orders(),
                                     parts_.recorder.units(), parts_.recorder.oversold_units()});
    }

    void handle(const PendingEvent& event) {
        if (event.kind == EventKind::sample) {
            sample();
        } else if (event.kind == EventKind::measure) {
            parts_.recorder.measure_from_here();
            parts_.costs.measure_from_here();
            if (importance_) importance_->measured_from_here();
            if (log_) log_->measured_from_here();
        } else {
            parts_.handle(event);
        }
    }

    void sample() {
        parts_.recorder.sample();
        const Duration step = world_.scenario.run.sample_every;
        if (world_.now + step <= SimTime{0} + world_.scenario.run.horizon) world_.after(step, EventKind::sample, 0);
    }

    const RunOptions& options_;
    Parts parts_;
    World& world_ = parts_.world;
    std::optional<EventLog> log_;
    std::optional<Importance> importance_;
    std::optional<Live> live_;
    std::uint64_t events_ = 0, next_report_;
};

}  // namespace

model::RunRecord run(const model::Scenario& scenario, const RunOptions& options) {
    if (options.back_end == nullptr) return Simulation(scenario, options).run();
    model::Scenario live = scenario;
    Live::let_back_end_reserve(live.design);
    return Simulation(live, options).run();
}

}  // namespace lastunit::sim
