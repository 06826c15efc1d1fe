#include "sim/operations/stations.hpp"

#include <algorithm>

#include "sim/operations/operations.hpp"

namespace lastunit::sim {

using model::Purpose;

Stations::Stations(World& world)
    : world_(world), queues_(world.scenario.network.nodes.size() * 3), shift_pending_(world.scenario.network.nodes.size(), 0) {}

const model::Station& Stations::station(NodeId node, StationKind kind) const {
    const model::Node& place = world_.scenario.network.nodes[node.value];
    return kind == StationKind::pick ? place.pick : kind == StationKind::pack ? place.pack : place.dispatch;
}

void Stations::enqueue(StationKind kind, NodeId node, std::uint32_t subject) {
    const std::uint32_t job = jobs_.take();
    jobs_[job] = {Work::serve, kind, node, subject, world_.now};
    const bool first = station(node, kind).collected_first && !core::by_parcel(method_of(jobs_[job]));
    (first ? queue(node, kind).first : queue(node, kind).jobs).push_back(job);
    start_waiting(node, kind);
}

void Stations::refuse(NodeId node, std::uint32_t parcel, Duration after) {
    const std::uint32_t answer = jobs_.take();
    jobs_[answer] = {Work::refuse, {}, node, parcel, world_.now};
    world_.after(after, EventKind::station, answer);
}

std::uint32_t Stations::Queue::pop() {
    std::deque<std::uint32_t>& from = first.empty() ? jobs : first;
    const std::uint32_t job = from.front();
    from.pop_front();
    return job;
}

core::Method Stations::method_of(const Job& job) const {
    const bool piece = job.kind == StationKind::pick;
    return world_.operations->parcel(piece ? world_.orders->piece(job.subject).parcel : job.subject).method;
}

// Not what has been cancelled while it waited.
bool Stations::is_wanted(const Job& job) const {
    return job.kind != StationKind::pick || world_.orders->piece(job.subject).state == PieceState::allocated;
}

// Free workers take the oldest jobs, during shifts; whoever is at work when the shift ends finishes the job.
void Stations::start_waiting(NodeId node, StationKind kind) {
    Queue& waiting = queue(node, kind);
    const std::uint32_t workers = station(node, kind).workers;
    const model::OpeningHours& shifts = world_.scenario.network.nodes[node.value].shifts;
    if (waiting.empty()) return;
    if (!shifts.open_at(world_.local(world_.now))) {
        if (shift_pending_[node.value] != 0) return;
        shift_pending_[node.value] = 1;
        const Duration until = shifts.next_opening(world_.local(world_.now)) - world_.local(world_.now);
        world_.after(until, EventKind::shift, node.value);
        return;
    }
    while (!waiting.empty() && (workers == 0 || waiting.busy < workers)) {
        const std::uint32_t job = waiting.pop();
        if (!is_wanted(jobs_[job])) {
            const std::uint32_t piece = jobs_[job].subject;
            jobs_.give_back(job);
            world_.operations->leave_out(piece);
            continue;
        }
        ++waiting.busy;
        serve(job);
    }
}

void Stations::shift_begins(std::uint32_t node) {
    shift_pending_[node] = 0;
    const NodeId id(static_cast<std::uint16_t>(node));
    for (const StationKind kind : {StationKind::pick, StationKind::pack, StationKind::dispatch}) start_waiting(id, kind);
}

void Stations::serve(std::uint32_t index) {
    const Job& job = jobs_[index];
    constexpr Purpose kPurpose[] = {Purpose::pick_time, Purpose::pack_time, Purpose::dispatch_time};
    // Keyed by what is worked on, so that an order's service times stay its own under another design.
    const std::uint32_t order =
        job.kind == StationKind::pick ? world_.orders->piece(job.subject).order : world_.operations->parcel(job.subject).order;
    const std::uint32_t draw = job.kind == StationKind::pick ? world_.orders->piece(job.subject).sku.value : job.node.value;
    const model::Station& at = station(job.node, job.kind);
    const bool own = at.own_collected_service && !core::by_parcel(method_of(job));
    const Duration service = world_.draw(own ? at.collected_service : at.service, kPurpose[static_cast<unsigned>(job.kind)],
                                         world_.orders->order(order).id, draw);
    const Duration waited = world_.now - job.arrived;
    NodeFigures& figures = world_.operations->figures(job.node);
    figures.wait[static_cast<unsigned>(job.kind)].add(waited);
    if (job.kind == StationKind::pick) figures.busy_s += service.seconds();
    if (world_.probe != nullptr) {
        world_.probe->service_began(job.node, job.kind, job.arrived, waited, service);
        world_.probe->job_began(job.node, job.kind, method_of(job), waited);
    }
    world_.after(service, EventKind::station, index);
}

void Stations::done(std::uint32_t index) {
    const Job job = jobs_[index];
    jobs_.give_back(index);
    if (job.work == Work::refuse) {
        world_.operations->refused(job.subject);
        return;
    }
    --queue(job.node, job.kind).busy;
    switch (job.kind) {
        case StationKind::pick:
            world_.operations->pick_over(job.subject);
            break;
        case StationKind::pack:
            world_.operations->packed(job.subject);
            break;
        case StationKind::dispatch:
            world_.operations->dispatched(job.subject);
            break;
    }
    start_waiting(job.node, job.kind);
}

double Stations::pick_utilisation(NodeId node) const {
    const double staffed = staffed_s(node) * world_.scenario.network.nodes[node.value].pick.workers;
    return staffed == 0 ? 0 : world_.operations->figures(node).busy_s / staffed;
}

// Day by day: the shift's overlap with the simulated span. A shift over midnight belongs to the day on which it begins.
double Stations::staffed_s(NodeId node) const {
    const SimTime begin = world_.local(SimTime{0});
    const SimTime end = world_.local(world_.now);
    const model::OpeningHours& shifts = world_.scenario.network.nodes[node.value].shifts;
    Duration shift = shifts.close - shifts.open;
    if (shift.us <= 0) shift = shift + hours(24);  // round the clock, or over midnight
    double staffed = 0;
    for (SimTime day{-hours(24).us}; day < end; day = day + hours(24)) {
        const SimTime from = std::max(begin, day + shifts.open);
        const SimTime until = std::min(end, day + shifts.open + shift);
        if (from < until) staffed += (until - from).seconds();
    }
    return staffed;
}

}  // namespace lastunit::sim
