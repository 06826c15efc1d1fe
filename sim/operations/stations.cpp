#include "sim/operations/stations.hpp"

#include <algorithm>

#include "sim/operations/operations.hpp"
#include "sim/operations/teams.hpp"
#include "sim/operations/waves.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

using model::Purpose;

namespace {

constexpr StationKind kKinds[] = {StationKind::pick, StationKind::pack, StationKind::dispatch};

bool takes_time(const model::Station& station) {
    return !station.service.is_zero() || std::any_of(station.classes.begin(), station.classes.end(),
                                                     [](const auto& one) { return one.service && !one.service->is_zero(); });
}

}  // namespace

Stations::Stations(World& world)
    : world_(world), open_lines_(world.scenario.network.nodes.size(), 0), shift_pending_(open_lines_.size(), 0) {
    stations_.reserve(open_lines_.size() * 3);
    for (const model::Node& node : world.scenario.network.nodes) {
        for (const model::Station* station : {&node.pick, &node.pack, &node.dispatch}) {
            // What takes no time needs nobody.
            const bool teams = node.team && takes_time(*station);
            stations_.emplace_back(*station, station->workers > 0 ? Doer::own : teams ? Doer::team : Doer::anybody);
        }
    }
}

void Stations::enqueue(StationKind kind, NodeId node, std::uint32_t subject) {
    const std::uint32_t job = jobs_.take();
    jobs_[job] = {Work::order, kind, node, subject, world_.now, Duration{0}};
    if (kind == StationKind::pick) {
        std::uint64_t& peak = world_.operations->figures(node).backlog_peak;
        peak = std::max<std::uint64_t>(peak, ++open_lines_[node.value]);
        ++all_open_lines_;
        if (world_.scenario.network.nodes[node.value].waves) {
            world_.waves->add(node, job);
            return;
        }
    }
    line_up(job);
    start_waiting(node, kind);
}

void Stations::release(std::uint32_t job, Duration set_up) {
    jobs_[job].set_up = set_up;
    line_up(job);
    start_waiting(jobs_[job].node, jobs_[job].kind);
}

void Stations::line_up(std::uint32_t index) {
    const Job& job = jobs_[index];
    Station& at = station(job.node, job.kind);
    const bool by_due = at.model.order == model::ServiceOrder::due_first;
    const SimTime due = by_due ? world_.orders->due(world_.orders->order(order_of(job))) : SimTime{0};
    at.queue.push(index, rank(job), due);
}

void Stations::start(Work work, NodeId node, std::uint32_t subject, Duration time) {
    const std::uint32_t job = jobs_.take();
    jobs_[job] = {work, {}, node, subject, world_.now, Duration{0}};
    world_.after(time, EventKind::station, job);
}

void Stations::withdraw(NodeId node, std::uint32_t parcel) {
    const auto leaves = [&](std::uint32_t job) {
        if (world_.orders->piece(jobs_[job].subject).parcel != parcel) return false;
        line_settled(node);
        jobs_.give_back(job);
        return true;
    };
    station(node, StationKind::pick).queue.erase_if(leaves);
    world_.waves->erase_if(node, leaves);
}

std::uint32_t Stations::order_of(const Job& job) const {
    return job.kind == StationKind::pick ? world_.orders->piece(job.subject).order : world_.operations->parcel(job.subject).order;
}

std::size_t Stations::rank(const Job& job) const {
    const model::Station& at = station(job.node, job.kind).model;
    if (at.classes.empty()) return 0;
    const std::uint32_t parcel = job.kind == StationKind::pick ? world_.orders->piece(job.subject).parcel : job.subject;
    return rank_of(at, static_cast<std::uint8_t>(world_.operations->parcel(parcel).method),
                   world_.orders->order(order_of(job)).channel);
}

// Not what has been cancelled while it waited.
bool Stations::is_wanted(std::uint32_t index) const {
    const Job& job = jobs_[index];
    return job.kind != StationKind::pick || world_.orders->piece(job.subject).state == PieceState::allocated;
}

void Stations::drop_unwanted(Station& at) {
    while (!at.queue.empty() && !is_wanted(at.queue.front())) {
        const std::uint32_t job = at.queue.pop();
        const std::uint32_t piece = jobs_[job].subject;
        line_settled(jobs_[job].node);
        jobs_.give_back(job);
        world_.operations->leave_out(piece);
    }
}

// --- who is served next ---

// Free workers take the most urgent jobs, during shifts; whoever is at work when the shift ends finishes the job.
void Stations::start_waiting(NodeId node, StationKind kind) {
    Station& at = station(node, kind);
    if (at.queue.empty()) return;
    if (at.doer == Doer::team) {
        world_.teams->work_waits(node);
        return;
    }
    const model::Node& place = world_.scenario.network.nodes[node.value];
    const bool keeps_shifts = at.doer == Doer::own || !place.team;  // a team's hours are its roster's
    const SimTime local = world_.local(world_.now);
    if (keeps_shifts && !place.shifts.open_at(local)) {
        if (shift_pending_[node.value] != 0) return;
        shift_pending_[node.value] = 1;
        world_.after(place.shifts.next_opening(local) - local, EventKind::shift, node.value);
        return;
    }
    for (;;) {
        drop_unwanted(at);
        if (at.queue.empty() || (at.doer == Doer::own && at.busy >= at.model.workers)) return;
        ++at.busy;
        serve(at.queue.pop());
    }
}

void Stations::shift_begins(std::uint32_t node) {
    if (node >= shift_pending_.size()) {
        world_.teams->turn(node - static_cast<std::uint32_t>(shift_pending_.size()));
        return;
    }
    shift_pending_[node] = 0;
    for (const StationKind kind : kKinds) start_waiting(NodeId(static_cast<std::uint16_t>(node)), kind);
}

void Stations::drop_unwanted(NodeId node) {
    for (const StationKind kind : kKinds)
        if (station(node, kind).doer == Doer::team) drop_unwanted(station(node, kind));
}

std::optional<Stations::Head> Stations::head(NodeId node) const {
    std::optional<Head> best;
    std::size_t best_rank = 0;
    for (const StationKind kind : kKinds) {
        const Station& at = station(node, kind);
        if (at.doer != Doer::team || at.queue.empty()) continue;
        const std::size_t rank = at.queue.front_rank();
        const SimTime arrived = jobs_[at.queue.front()].arrived;
        if (best && (best_rank < rank || (best_rank == rank && best->arrived <= arrived))) continue;
        best = {kind, arrived};
        best_rank = rank;
    }
    return best;
}

void Stations::begin(NodeId node, StationKind kind) {
    Station& at = station(node, kind);
    ++at.busy;
    serve(at.queue.pop());
}

// --- at work ---

void Stations::serve(std::uint32_t index) {
    const Job& job = jobs_[index];
    constexpr Purpose kPurpose[] = {Purpose::pick_time, Purpose::pack_time, Purpose::dispatch_time};
    // Keyed by what is worked on, so that an order's service times stay its own under another design.
    const Order& order = world_.orders->order(order_of(job));
    const std::uint32_t draw = job.kind == StationKind::pick ? world_.orders->piece(job.subject).sku.value : job.node.value;
    if (job.kind == StationKind::pick) world_.operations->touch(world_.orders->piece(job.subject).parcel);
    const Station& at = station(job.node, job.kind);
    const std::size_t of = rank(job);
    const bool own = of < at.model.classes.size() && at.model.classes[of].service;
    const Duration service = world_.draw(own ? *at.model.classes[of].service : at.model.service,
                                         kPurpose[static_cast<unsigned>(job.kind)], order.id, draw) +
                             job.set_up;
    const Duration waited = world_.now - job.arrived;
    NodeFigures& figures = world_.operations->figures(job.node);
    figures.wait[static_cast<unsigned>(job.kind)].add(waited);
    const World::Parts parts = world_.parts_of(world_.now, service);
    if (at.doer == Doer::own) {
        const double beyond = beyond_shift(job, service).seconds();
        figures.overtime_s += beyond;
        figures.own_overtime_s += beyond;
        figures.own_worked_off_s += parts.after.seconds();
    }
    if (at.doer != Doer::anybody) {
        figures.worked(parts);
        world_.recorder->network.worked(job.node, service);
    }
    if (job.kind == StationKind::pick) figures.pick_busy_s += parts.measured.seconds();
    if (world_.probe != nullptr) {
        const std::uint32_t parcel = job.kind == StationKind::pick ? world_.orders->piece(job.subject).parcel : job.subject;
        world_.probe->service_began(job.node, job.kind, job.arrived, waited, service);
        world_.probe->job_began(job.node, job.kind, world_.operations->parcel(parcel).method, order.channel, waited);
    }
    world_.after(service, EventKind::station, index);
}

Duration Stations::beyond_shift(const Job& job, Duration service) const {
    const model::OpeningHours& shifts = world_.scenario.network.nodes[job.node.value].shifts;
    const Duration measured = world_.parts_of(world_.now, service).measured;
    if (shifts.round_the_clock() || measured.us == 0) return Duration{0};
    const SimTime until = world_.local(std::min(world_.now + service, world_.horizon()));
    return measured - shifts.open_between(until - measured, until);
}

void Stations::done(std::uint32_t index) {
    const Job job = jobs_[index];
    jobs_.give_back(index);
    if (job.work == Work::refuse) {
        world_.operations->refused(job.subject);
        return;
    }
    const bool by_team = job.work != Work::order || station(job.node, job.kind).doer == Doer::team;
    if (!by_team) {
        --station(job.node, job.kind).busy;
        finish(job);
        start_waiting(job.node, job.kind);
        return;
    }
    if (job.work == Work::order) --station(job.node, job.kind).busy;
    const Finisher finisher = world_.teams->job_over(job.node);
    finish(job);
    world_.teams->next_job(job.node, finisher);
}

void Stations::finish(const Job& job) {
    if (job.work == Work::visit) {
        world_.teams->visit_over(job.subject);
    } else if (job.work == Work::put_back) {
        world_.operations->back_on_shelf(job.subject);
    } else if (job.kind == StationKind::pick) {
        line_settled(job.node);
        world_.operations->pick_over(job.subject);
    } else if (job.kind == StationKind::pack) {
        world_.operations->packed(job.subject);
    } else {
        world_.operations->dispatched(job.subject);
    }
}

// --- figures ---

void Stations::line_settled(NodeId node) {
    --open_lines_[node.value];
    --all_open_lines_;
}

Duration Stations::oldest_line(NodeId node) const {
    SimTime first = world_.waves->oldest(node);
    station(node, StationKind::pick).queue.oldest([&](std::uint32_t job) { first = std::min(first, jobs_[job].arrived); });
    return first == kNever ? Duration{0} : world_.now - first;
}

double Stations::pick_utilisation(NodeId node) const {
    const model::Node& place = world_.scenario.network.nodes[node.value];
    const NodeFigures& figures = world_.operations->figures(node);
    const SimTime begin = world_.local(world_.measured_from()), end = world_.local(std::min(world_.now, world_.horizon()));
    const Doer doer = station(node, StationKind::pick).doer;
    if (doer == Doer::anybody) return 0;
    // A team's other work keeps it busy as well.
    const double busy = doer == Doer::team ? figures.busy_s : figures.pick_busy_s;
    const double staffed = doer == Doer::team ? place.team->staffed_s(begin, end)
                                              : place.shifts.open_between(begin, end).seconds() * place.pick.workers;
    return staffed == 0 ? 0 : busy / staffed;
}

}  // namespace lastunit::sim
