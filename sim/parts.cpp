#include "sim/parts.hpp"

#include "core/assert.hpp"

namespace lastunit::sim {

Parts::Parts(const model::Scenario& scenario, std::uint64_t seed, Probe* probe)
    : world(scenario, seed, probe),
      faults(world),
      causes(world),
      record_error(world),
      accuracy(world),
      counts(world),
      recorder(world),
      costs(world),
      walk_ins(world),
      core(world),
      edges(world),
      channels(world),
      orders(world),
      payments(world),
      operations(world),
      stations(world),
      teams(world),
      waves(world),
      carriage(world),
      supply(world),
      returns(world),
      inspection(world),
      transfers(world),
      replenishment(world),
      stock_figures(world),
      pools(world),
      commits(world),
      desks(world),
      shoppers(world) {
    world.faults = &faults;
    world.causes = &causes;
    world.record_error = &record_error;
    world.accuracy = &accuracy;
    world.counts = &counts;
    world.recorder = &recorder;
    world.costs = &costs;
    world.walk_ins = &walk_ins;
    world.core = &core;
    world.edges = &edges;
    world.channels = &channels;
    world.orders = &orders;
    world.payments = &payments;
    world.operations = &operations;
    world.stations = &stations;
    world.teams = &teams;
    world.waves = &waves;
    world.carriage = &carriage;
    world.supply = &supply;
    world.returns = &returns;
    world.inspection = &inspection;
    world.transfers = &transfers;
    world.replenishment = &replenishment;
    world.stock_figures = &stock_figures;
    world.pools = &pools;
    world.commits = &commits;
    world.desks = &desks;
    world.shoppers = &shoppers;
}

void Parts::advance_infrastructure() {
    if (!world.infrastructure.advance(world.queue.top().at)) return;
    for (const Infrastructure::Finished& finished : world.infrastructure.finished()) {
        world.tickets[finished.ticket].failed = finished.failed;
        world.queue.push(finished.at, EventKind::infrastructure, finished.ticket);
    }
    world.infrastructure.finished().clear();
}

void Parts::handle(const PendingEvent& event) {
    switch (event.kind) {
        case EventKind::infrastructure:
            resume(event.subject);
            break;
        case EventKind::message:
            edges.step(event.subject);
            break;
        case EventKind::edge_tick:
            edges.tick(event.subject);
            break;
        case EventKind::fault:
            faults.turn(event.subject);
            break;
        case EventKind::edge_timer:
            edges.timer(event.subject);
            break;
        case EventKind::rebalance:
            pools.turn(event.subject);
            break;
        case EventKind::lock:
            commits.timer(event.subject);
            break;
        case EventKind::desk:
            desks.turn(event.subject);
            break;
        case EventKind::accuracy:
            accuracy.strike(event.subject);
            break;
        case EventKind::cycle_count:
            counts.count(event.subject);
            break;
        case EventKind::take_back:
            orders.take_back(event.subject);
            break;
        case EventKind::hold_expiry:
            core.expire();
            break;
        case EventKind::new_day:
            core.new_day();
            break;
        case EventKind::replenishment:
            supply.delivered(event.subject);
            break;
        case EventKind::returned:
            returns.handed_in(event.subject);
            break;
        case EventKind::shift:
            stations.shift_begins(event.subject);
            break;
        case EventKind::station:
            stations.done(event.subject);
            break;
        case EventKind::delivered:
            carriage.delivered(event.subject);
            break;
        case EventKind::collect:
            operations.collect(event.subject);
            break;
        case EventKind::order:
            orders.try_again(event.subject);
            break;
        case EventKind::shopper:
            shoppers.step(event.subject);
            break;
        case EventKind::arrival:
            shoppers.arrive(event.subject);
            break;
        case EventKind::webhook:
            payments.told_again(event.subject);
            break;
        case EventKind::collection:
            carriage.collect(event.subject);
            break;
        case EventKind::locker:
            carriage.fetched(event.subject);
            break;
        case EventKind::wave:
            waves.turn(event.subject);
            break;
        case EventKind::walk_out:
            teams.walk_out(event.subject);
            break;
        case EventKind::trip:
            transfers.arrives(event.subject);
            break;
        case EventKind::inspected:
            inspection.done(event.subject);
            break;
        case EventKind::inspectors:
            inspection.shift_begins(event.subject);
            break;
        case EventKind::review:
            replenishment.review(event.subject);
            break;
        case EventKind::truck:
            transfers.departs(event.subject);
            break;
        case EventKind::reprice:
            core.reprice();
            break;
        case EventKind::reoptimise:
            orders.reoptimise();
            break;
        case EventKind::measure:
        case EventKind::sample:
            LASTUNIT_ASSERT(false, "an event of the main loop");
    }
}

void Parts::resume(std::uint32_t ticket) {
    const Ticket waiting = world.tickets[ticket];
    world.tickets.give_back(ticket);
    if (waiting.owner == Ticket::Owner::message) {
        waiting.failed ? edges.fail(waiting.subject) : edges.step(waiting.subject);
    } else if (waiting.owner == Ticket::Owner::commit) {
        waiting.failed ? commits.fail(waiting.subject) : commits.resume(waiting.subject);
    } else {
        waiting.failed ? shoppers.command_failed(waiting.subject) : shoppers.step(waiting.subject);
    }
}

}  // namespace lastunit::sim
