#include "sim/operations/waves.hpp"

#include "sim/operations/stations.hpp"

namespace lastunit::sim {

void Waves::add(NodeId node, std::uint32_t job) {
    Wave& wave = next_[node.value];
    wave.jobs.push_back(job);
    const model::Waves& rules = *world_.scenario.network.nodes[node.value].waves;
    if (rules.lines > 0 && wave.jobs.size() >= rules.lines) {
        release(node);
        return;
    }
    if (wave.expected) return;
    const SimTime local = world_.local(world_.now);
    const SimTime next = rules.next(local);
    if (next == kNever) return;
    wave.expected = true;
    world_.after(next - local, EventKind::wave, node.value);
}

void Waves::turn(std::uint32_t node) {
    next_[node].expected = false;
    if (!next_[node].jobs.empty()) release(NodeId(static_cast<std::uint16_t>(node)));
}

// The pickers set out once for all lines: each takes its share of the walk, the first one what does not divide.
void Waves::release(NodeId node) {
    std::vector<std::uint32_t> jobs;
    jobs.swap(next_[node.value].jobs);
    const model::Waves& rules = *world_.scenario.network.nodes[node.value].waves;
    const Duration walk =
        world_.draw(rules.per_wave, model::Purpose::wave, node.value, static_cast<std::uint32_t>(world_.now.us / 1000));
    const auto lines = static_cast<std::int64_t>(jobs.size());
    Duration share{walk.us / lines + walk.us % lines};
    for (const std::uint32_t job : jobs) {
        world_.stations->release(job, share);
        share = Duration{walk.us / lines};
    }
}

SimTime Waves::oldest(NodeId node) const {
    const std::vector<std::uint32_t>& jobs = next_[node.value].jobs;
    return jobs.empty() ? kNever : world_.stations->arrived(jobs.front());
}

}  // namespace lastunit::sim
