#include "sim/operations/teams.hpp"

#include <algorithm>

#include "sim/labour.hpp"
#include "sim/operations/operations.hpp"
#include "sim/operations/stations.hpp"
#include "sim/probe.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

Teams::Teams(World& world) : world_(world), crew_of_(world.scenario.network.nodes.size(), kNone) {
    for (std::uint16_t i = 0; i < crew_of_.size(); ++i) {
        const auto& team = world.scenario.network.nodes[i].team;
        if (!team) continue;
        crew_of_[i] = static_cast<std::uint32_t>(crews_.size());
        Crew& crew = crews_.emplace_back();
        crew.node = NodeId(i);
        crew.team = &*team;
        crew.staffed = team->staffed_at(world.local(SimTime{0}));
    }
}

void Teams::start() {
    for (const Crew& crew : crews_) expect_turn(crew);
}

bool Teams::serves(NodeId node) const {
    const std::uint32_t crew = crew_of_[node.value];
    return crew != kNone && !crews_[crew].team->serve.is_zero();
}

bool Teams::puts_back(NodeId node) const {
    const std::uint32_t crew = crew_of_[node.value];
    return crew != kNone && !crews_[crew].team->put_back.is_zero();
}

// --- what is done next ---

void Teams::work_waits(NodeId node) { assign(crew(node)); }

void Teams::assign(Crew& crew) {
    for (;;) {
        world_.stations->drop_unwanted(crew.node);
        if (crew.busy >= crew.staffed) return;
        const Next next = choose(crew);
        if (next == Next::nothing) return;
        begin(crew, next);
    }
}

Teams::Next Teams::choose(Crew& crew) {
    while (!crew.visits.empty() && visits_[crew.visits.front()].state == Visit::State::over) {
        let_go(crew.visits.front());
        crew.visits.pop_front();
    }
    const auto head = world_.stations->head(crew.node);
    const model::TeamOrder order = crew.team->order;
    if (!crew.visits.empty()) {
        const bool first = order == model::TeamOrder::shoppers_first ||
                           (order == model::TeamOrder::fifo && head && visits_[crew.visits.front()].arrived <= head->arrived);
        if (first || !head) return Next::visit;
    }
    if (head) return Next::order;
    return crew.put_backs.empty() ? Next::nothing : Next::put_back;
}

void Teams::begin(Crew& crew, Next next) {
    count_overtime(crew);
    ++crew.busy;
    if (next == Next::order) {
        world_.stations->begin(crew.node, world_.stations->head(crew.node)->kind);
    } else if (next == Next::visit) {
        begin_visit(crew);
    } else {
        const PutBack work = crew.put_backs.front();
        crew.put_backs.pop_front();
        world_.operations->figures(crew.node).worked(world_.parts_of(world_.now, work.time));
        world_.recorder->network.worked(crew.node, work.time);
        world_.stations->start(Work::put_back, crew.node, work.parcel, work.time);
    }
}

void Teams::put_back(NodeId node, std::uint32_t parcel, Duration time) {
    crew(node).put_backs.push_back({parcel, time});
    assign(crew(node));
}

Finisher Teams::job_over(NodeId node) {
    Crew& at = crew(node);
    count_overtime(at);
    // Which of the busy people it was makes no difference: they are alike.
    const Finisher who = at.busy > at.staffed ? Finisher::on_overtime : Finisher::on_shift;
    --at.busy;
    return who;
}

void Teams::next_job(NodeId node, Finisher finisher) {
    Crew& at = crew(node);
    if (finisher == Finisher::on_shift) {
        assign(at);
        return;
    }
    world_.stations->drop_unwanted(node);
    const Next next = world_.now < at.overtimers.front().until ? choose(at) : Next::nothing;
    if (next != Next::nothing) {
        begin(at, next);
    } else if (--at.overtimers.front().people == 0) {
        at.overtimers.erase(at.overtimers.begin());
    }
}

// --- shoppers ---

void Teams::at_till(NodeId node, std::uint32_t shopper, Duration patience, Duration service) {
    queue_up(crew(node), {Visit::At::till, Visit::State::waiting, 1, node, shopper, world_.now, service}, patience);
}

void Teams::at_counter(NodeId node, std::uint32_t parcel, Duration service) {
    queue_up(crew(node), {Visit::At::counter, Visit::State::waiting, 1, node, parcel, world_.now, service}, kNever - world_.now);
}

void Teams::queue_up(Crew& at, const Visit& visit, Duration patience) {
    const std::uint32_t index = visits_.take();
    visits_[index] = visit;
    at.visits.push_back(index);
    assign(at);
    Visit& now = visits_[index];
    if (now.state != Visit::State::waiting || patience >= kNever - world_.now) return;
    ++now.uses;
    world_.after(patience, EventKind::walk_out, index);
}

void Teams::begin_visit(Crew& at) {
    const std::uint32_t index = at.visits.front();
    at.visits.pop_front();
    Visit& visit = visits_[index];
    visit.state = Visit::State::served;
    NodeFigures& figures = world_.operations->figures(at.node);
    const Duration waited = world_.now - visit.arrived;
    ++figures.served;
    figures.worked(world_.parts_of(world_.now, visit.service));
    world_.recorder->network.worked(at.node, visit.service);
    figures.serve_wait.add(waited);
    if (world_.probe != nullptr) world_.probe->visit(at.node, visit.arrived, waited, InStore::served);
    world_.stations->start(Work::visit, at.node, index, visit.service);
}

void Teams::visit_over(std::uint32_t index) {
    const Visit visit = visits_[index];
    visits_[index].state = Visit::State::over;
    let_go(index);
    if (visit.at == Visit::At::till) {
        world_.shoppers->served(visit.subject);
    } else {
        world_.operations->handed_over(visit.subject);
    }
}

void Teams::walk_out(std::uint32_t index) {
    const Visit visit = visits_[index];
    const bool still_waits = visit.state == Visit::State::waiting;
    if (still_waits) visits_[index].state = Visit::State::over;
    let_go(index);
    if (!still_waits) return;
    NodeFigures& figures = world_.operations->figures(visit.node);
    ++figures.walked_out;
    figures.serve_wait.add(world_.now - visit.arrived);
    if (world_.probe != nullptr) world_.probe->visit(visit.node, visit.arrived, world_.now - visit.arrived, InStore::walked_out);
    figures.walked_out_units += static_cast<std::uint64_t>(world_.shoppers->walks_out(visit.subject));
}

void Teams::let_go(std::uint32_t visit) {
    if (--visits_[visit].uses == 0) visits_.give_back(visit);
}

// --- the roster ---

void Teams::expect_turn(const Crew& crew) {
    const SimTime local = world_.local(world_.now);
    const SimTime next = crew.team->next_turn(local);
    if (next != kNever)
        world_.after(next - local, EventKind::shift, static_cast<std::uint32_t>(crew_of_.size()) + crew.node.value);
}

void Teams::turn(std::uint32_t node) {
    Crew& at = crew(NodeId(static_cast<std::uint16_t>(node)));
    count_overtime(at);
    at.staffed = at.team->staffed_at(world_.local(world_.now));
    settle_overtimers(at);
    expect_turn(at);
    assign(at);
}

// Those whose shift has just ended while they are at work stay; those who come take over from the ones who stayed longest.
void Teams::settle_overtimers(Crew& crew) {
    const std::uint32_t beyond = crew.busy > crew.staffed ? crew.busy - crew.staffed : 0;
    std::uint32_t known = 0;
    for (const Overtimers& some : crew.overtimers) known += some.people;
    if (beyond > known) crew.overtimers.push_back({world_.now + crew.team->overtime, beyond - known});
    while (known > beyond) {
        const std::uint32_t relieved = std::min(known - beyond, crew.overtimers.front().people);
        known -= relieved;
        crew.overtimers.front().people -= relieved;
        if (crew.overtimers.front().people == 0) crew.overtimers.erase(crew.overtimers.begin());
    }
}

void Teams::count_overtime(Crew& crew) {
    world_.operations->figures(crew.node).overtime_s += overtime_since(crew);
    crew.counted = world_.now;
}

double Teams::overtime_since(const Crew& crew) const {
    if (crew.busy <= crew.staffed) return 0;
    return world_.parts_of(crew.counted, world_.now - crew.counted).measured.seconds() * (crew.busy - crew.staffed);
}

void Teams::close() {
    for (Crew& crew : crews_) count_overtime(crew);
    const SimTime until = std::min(world_.now, world_.horizon());
    for (std::uint16_t i = 0; i < crew_of_.size(); ++i)
        world_.operations->figures(NodeId(i)).staffed_s = staffed(world_, NodeId(i), world_.measured_from(), until).person_s;
}

std::uint32_t Teams::at_work(NodeId node) const {
    const std::uint32_t index = crew_of_[node.value];
    return index == kNone ? 0 : std::max(crews_[index].staffed, crews_[index].busy);
}

}  // namespace lastunit::sim
