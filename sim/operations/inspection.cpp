#include "sim/operations/inspection.hpp"

#include "sim/operations/returns.hpp"

namespace lastunit::sim {

void Inspection::enqueue(NodeId node, std::uint32_t returned, const model::Station& station, Duration service) {
    const std::uint32_t job = jobs_.take();
    jobs_[job] = {node, returned, world_.now, service};
    desks_[node.value].workers = station.workers;
    desks_[node.value].waiting.push_back(job);
    start_waiting(node);
}

void Inspection::start_waiting(NodeId node) {
    Desk& desk = desks_[node.value];
    if (desk.waiting.empty()) return;
    const model::OpeningHours& shifts = world_.scenario.network.nodes[node.value].shifts;
    const SimTime local = world_.local(world_.now);
    if (!shifts.open_at(local)) {
        if (!desk.shift_pending) world_.after(shifts.next_opening(local) - local, EventKind::inspectors, node.value);
        desk.shift_pending = true;
        return;
    }
    while (!desk.waiting.empty() && (desk.workers == 0 || desk.busy < desk.workers)) {
        const std::uint32_t job = desk.waiting.front();
        desk.waiting.pop_front();
        ++desk.busy;
        desk.waits.add(world_.now - jobs_[job].arrived);
        world_.after(jobs_[job].service, EventKind::inspected, job);
    }
}

void Inspection::done(std::uint32_t index) {
    const Job job = jobs_[index];
    jobs_.give_back(index);
    --desks_[job.node.value].busy;
    world_.returns->inspected(job.returned);
    start_waiting(job.node);
}

void Inspection::shift_begins(std::uint32_t node) {
    desks_[node].shift_pending = false;
    start_waiting(NodeId(static_cast<std::uint16_t>(node)));
}

}  // namespace lastunit::sim
