#include "sim/parts.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "sim/live.hpp"

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

bool Parts::advance_infrastructure(SimTime until) {
    if (!world.infrastructure.advance(until)) return false;
    for (const Infrastructure::Finished& finished : world.infrastructure.finished()) {
        Ticket& ticket = world.tickets[finished.ticket];
        ticket.failed = finished.failed;
        const SimTime at = std::max(finished.at, world.now);  // a live run looks now and then: what ended meanwhile is over now
        const bool of_core = ticket.owner != Ticket::Owner::message;
        if (of_core && !finished.failed && faults.answers_later(at, finished.ticket)) continue;
        world.queue.push(at, EventKind::infrastructure, finished.ticket);
    }
    world.infrastructure.finished().clear();
    return true;
}

void Parts::handle(const PendingEvent& event) {
    switch (event.kind) {
        case EventKind::infrastructure:
            return resume(event.subject);
        case EventKind::message:
            return edges.step(event.subject);
        case EventKind::edge_tick:
            return edges.tick(event.subject);
        case EventKind::fault:
            return faults.turn(event.subject);
        case EventKind::edge_timer:
            return edges.timer(event.subject);
        case EventKind::rebalance:
            return pools.turn(event.subject);
        case EventKind::lock:
            return commits.timer(event.subject);
        case EventKind::desk:
            return desks.turn(event.subject);
        case EventKind::accuracy:
            return accuracy.strike(event.subject);
        case EventKind::cycle_count:
            return counts.count(event.subject);
        case EventKind::take_back:
            return orders.take_back(event.subject);
        case EventKind::hold_expiry:
            return core.expire();
        case EventKind::new_day:
            return core.new_day();
        case EventKind::replenishment:
            return supply.delivered(event.subject);
        case EventKind::returned:
            return returns.handed_in(event.subject);
        case EventKind::shift:
            return stations.shift_begins(event.subject);
        case EventKind::station:
            return stations.done(event.subject);
        case EventKind::delivered:
            return carriage.delivered(event.subject);
        case EventKind::collect:
            return operations.collect(event.subject);
        case EventKind::order:
            return orders.try_again(event.subject);
        case EventKind::shopper:
            return shoppers.step(event.subject);
        case EventKind::arrival:
            return shoppers.arrive(event.subject);
        case EventKind::webhook:
            return payments.told_again(event.subject);
        case EventKind::collection:
            return carriage.collect(event.subject);
        case EventKind::locker:
            return carriage.fetched(event.subject);
        case EventKind::wave:
            return waves.turn(event.subject);
        case EventKind::walk_out:
            return teams.walk_out(event.subject);
        case EventKind::trip:
            return transfers.arrives(event.subject);
        case EventKind::inspected:
            return inspection.done(event.subject);
        case EventKind::inspectors:
            return inspection.shift_begins(event.subject);
        case EventKind::review:
            return replenishment.review(event.subject);
        case EventKind::truck:
            return transfers.departs(event.subject);
        case EventKind::reprice:
            return core.reprice();
        case EventKind::reoptimise:
            return orders.reoptimise();
        case EventKind::answer:
            return world.live->answered(event.subject);
        case EventKind::measure:
        case EventKind::sample:
            LASTUNIT_ASSERT(false, "an event of the main loop");
    }
}

void Parts::resume(std::uint32_t ticket) {
    const Ticket waiting = world.tickets[ticket];
    world.tickets.give_back(ticket);
    if (waiting.owner == Ticket::Owner::message || waiting.owner == Ticket::Owner::message_in_core) {
        waiting.failed ? edges.fail(waiting.subject) : edges.step(waiting.subject);
    } else if (waiting.owner == Ticket::Owner::commit) {
        waiting.failed ? commits.fail(waiting.subject) : commits.resume(waiting.subject);
    } else {
        waiting.failed ? shoppers.command_failed(waiting.subject) : shoppers.step(waiting.subject);
    }
}

}  // namespace lastunit::sim
