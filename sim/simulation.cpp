#include "sim/simulation.hpp"

#include <optional>

#include "core/assert.hpp"
#include "sim/accuracy.hpp"
#include "sim/causes.hpp"
#include "sim/channels.hpp"
#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/counts.hpp"
#include "sim/desks.hpp"
#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/faults.hpp"
#include "sim/operations.hpp"
#include "sim/orders.hpp"
#include "sim/payments.hpp"
#include "sim/pools.hpp"
#include "sim/probe.hpp"
#include "sim/record_error.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"
#include "sim/supply.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

namespace {

// The parts of one run, joined.
class Simulation {
   public:
    Simulation(const model::Scenario& scenario, const RunOptions& options)
        : options_(options),
          world_(scenario, options.seed, options.probe),
          faults_(world_),
          causes_(world_),
          record_error_(world_),
          accuracy_(world_),
          counts_(world_),
          recorder_(world_),
          core_(world_),
          edges_(world_),
          channels_(world_),
          orders_(world_),
          payments_(world_),
          operations_(world_),
          supply_(world_),
          pools_(world_),
          commits_(world_),
          desks_(world_),
          shoppers_(world_),
          next_report_(options.progress_every) {
        world_.faults = &faults_;
        world_.causes = &causes_;
        world_.record_error = &record_error_;
        world_.accuracy = &accuracy_;
        world_.counts = &counts_;
        world_.recorder = &recorder_;
        world_.core = &core_;
        world_.edges = &edges_;
        world_.channels = &channels_;
        world_.orders = &orders_;
        world_.payments = &payments_;
        world_.operations = &operations_;
        world_.supply = &supply_;
        world_.pools = &pools_;
        world_.commits = &commits_;
        world_.desks = &desks_;
        world_.shoppers = &shoppers_;
        if (options.log != nullptr) world_.log = &log_.emplace(world_, *options.log);
        world_.judges = options.judging == Judging::on;
        assert_context().seed = options.seed;
    }

    model::RunRecord run() {
        supply_.stock_up();
        core_.start_prices();
        if (world_.design.reoptimise_every.us > 0) world_.after(world_.design.reoptimise_every, EventKind::reoptimise, 0);
        accuracy_.start();
        counts_.start();
        faults_.start();
        edges_.start();
        pools_.start();
        if (log_) log_->start();
        shoppers_.start();
        const Duration step = world_.scenario.run.sample_every;
        world_.queue.push(SimTime{0} + step, EventKind::sample, 0);
        if (world_.scenario.run.warm_up.us > 0) world_.after(world_.scenario.run.warm_up, EventKind::measure, 0);
        core_.new_day();
        const bool partial = !work_off();
        if (log_) log_->finish(partial ? EventLog::Whole::stopped : EventLog::Whole::whole, recorder_.oversold_units());
        recorder_.close_series();
        orders_.count_overdue();
        model::RunRecord record;
        recorder_.fill(record, partial, events_);
        return record;
    }

   private:
    // The main loop. False when the caller stopped it.
    bool work_off() {
        const SimTime horizon = SimTime{0} + world_.scenario.run.horizon;
        const SimTime end = horizon + world_.scenario.run.drain;
        while (!world_.queue.empty()) {
            if (world_.infrastructure.advance(world_.queue.top().at)) {
                for (const Infrastructure::Finished& finished : world_.infrastructure.finished()) {
                    world_.tickets[finished.ticket].failed = finished.failed;
                    world_.queue.push(finished.at, EventKind::infrastructure, finished.ticket);
                }
                world_.infrastructure.finished().clear();
            }
            if (world_.queue.top().at > end) break;
            const PendingEvent event = world_.queue.pop();
            if (!world_.queue.empty() && world_.queue.top().kind == EventKind::shopper)
                shoppers_.prefetch(world_.queue.top().subject);
            world_.now = event.at;
            assert_context().now_us = event.at.us;
            world_.fingerprint.fold(static_cast<std::uint64_t>(event.at.us) ^ (static_cast<std::uint64_t>(event.kind) << 56U) ^
                                    (static_cast<std::uint64_t>(event.subject) << 20U));
            handle(event);
            ++events_;
            if (world_.probe != nullptr) {
                world_.probe->after_event(core_.ledger(), world_.truth);
                world_.probe->after_event_of_record(record_error_);
            }
            if (world_.now >= horizon && nothing_left()) break;
            if (events_ < next_report_) continue;
            next_report_ += options_.progress_every;
            if (options_.on_progress && report() == Control::stop) return false;
        }
        return true;
    }

    // After the horizon, polls and pending returns alone do not keep a run alive.
    bool nothing_left() const {
        return shoppers_.sessions() == 0 && shoppers_.all_arrived() && orders_.open_orders() == 0 &&
               edges_.sales_under_way() == 0;
    }

    Control report() const {
        return options_.on_progress(
            {world_.now, SimTime{0} + world_.scenario.run.horizon, events_, recorder_.orders(), recorder_.oversold_units()});
    }

    void handle(const PendingEvent& event) {
        switch (event.kind) {
            case EventKind::infrastructure:
                resume(event.subject);
                break;
            case EventKind::message:
                edges_.step(event.subject);
                break;
            case EventKind::edge_tick:
                edges_.tick(event.subject);
                break;
            case EventKind::fault:
                faults_.turn(event.subject);
                break;
            case EventKind::edge_timer:
                edges_.timer(event.subject);
                break;
            case EventKind::rebalance:
                pools_.turn(event.subject);
                break;
            case EventKind::lock:
                commits_.timer(event.subject);
                break;
            case EventKind::desk:
                desks_.turn(event.subject);
                break;
            case EventKind::accuracy:
                accuracy_.strike(event.subject);
                break;
            case EventKind::cycle_count:
                counts_.count(event.subject);
                break;
            case EventKind::take_back:
                orders_.take_back(event.subject);
                break;
            case EventKind::hold_expiry:
                core_.expire();
                break;
            case EventKind::new_day:
                core_.new_day();
                break;
            case EventKind::replenishment:
                supply_.delivered(event.subject);
                break;
            case EventKind::returned:
                supply_.returned(event.subject);
                break;
            case EventKind::shift:
                operations_.shift_begins(event.subject);
                break;
            case EventKind::station:
                operations_.station_done(event.subject);
                break;
            case EventKind::delivered:
                operations_.delivered(event.subject);
                break;
            case EventKind::collect:
                operations_.collect(event.subject);
                break;
            case EventKind::order:
                orders_.try_again(event.subject);
                break;
            case EventKind::shopper:
                shoppers_.step(event.subject);
                break;
            case EventKind::arrival:
                shoppers_.arrive(event.subject);
                break;
            case EventKind::webhook:
                payments_.told_again(event.subject);
                break;
            case EventKind::reprice:
                core_.reprice();
                break;
            case EventKind::reoptimise:
                orders_.reoptimise();
                break;
            case EventKind::measure:
                recorder_.measure_from_here();
                if (log_) log_->measured_from_here();
                break;
            case EventKind::sample:
                sample();
                break;
        }
    }

    void resume(std::uint32_t ticket) {
        const Ticket waiting = world_.tickets[ticket];
        world_.tickets.give_back(ticket);
        if (waiting.owner == Ticket::Owner::message) {
            waiting.failed ? edges_.fail(waiting.subject) : edges_.step(waiting.subject);
        } else if (waiting.owner == Ticket::Owner::commit) {
            waiting.failed ? commits_.fail(waiting.subject) : commits_.resume(waiting.subject);
        } else {
            waiting.failed ? shoppers_.command_failed(waiting.subject) : shoppers_.step(waiting.subject);
        }
    }

    void sample() {
        recorder_.sample();
        const Duration step = world_.scenario.run.sample_every;
        if (world_.now + step <= SimTime{0} + world_.scenario.run.horizon) world_.after(step, EventKind::sample, 0);
    }

    const RunOptions& options_;
    World world_;
    Faults faults_;
    Causes causes_;
    RecordError record_error_;
    Accuracy accuracy_;
    Counts counts_;
    Recorder recorder_;
    CoreSystem core_;
    Edges edges_;
    Channels channels_;
    Orders orders_;
    Payments payments_;
    Operations operations_;
    Supply supply_;
    Pools pools_;
    Commits commits_;
    Desks desks_;
    Shoppers shoppers_;
    std::optional<EventLog> log_;
    std::uint64_t events_ = 0, next_report_;
};

}  // namespace

model::RunRecord run(const model::Scenario& scenario, const RunOptions& options) { return Simulation(scenario, options).run(); }

}  // namespace lastunit::sim
