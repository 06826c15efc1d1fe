#include "sim/faults.hpp"

#include <algorithm>

#include "sim/commits.hpp"
#include "sim/core_system.hpp"
#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/live.hpp"
#include "sim/orders.hpp"

namespace lastunit::sim {

using model::Fault;
using model::FaultKind;
using model::kNoHost;

namespace {
// Of several faults at one target: it is hit by the first, and free again after the last.
bool first_or_last(std::uint32_t& count, int change) {
    count = static_cast<std::uint32_t>(static_cast<int>(count) + change);
    return change > 0 ? count == 1 : count == 0;
}
}  // namespace

Faults::Faults(World& world)
    : world_(world),
      cut_(world.scenario.channels.size()),
      skew_(world.scenario.channels.size()),
      tills_offline_(world.scenario.network.nodes.size()),
      synced_twice_(world.scenario.network.nodes.size()),
      hosts_off_(world.design.hosts.size()),
      links_off_(world.design.links.size()) {}

void Faults::start() {
    const SimTime horizon = SimTime{0} + world_.scenario.run.horizon;
    for (std::uint32_t i = 0; i < world_.scenario.faults.size(); ++i) {
        scheduled_.push_back({i, fault_windows(world_.scenario.faults[i], i, world_.seed, horizon)});
        const std::vector<FaultWindow>& windows = scheduled_.back().windows;
        if (windows.empty() || world_.scenario.faults[i].kind == FaultKind::bots) continue;
        world_.queue.push(windows.front().from, EventKind::fault, i);
    }
}

void Faults::turn(std::uint32_t index) {
    if (index >= scheduled_.size()) {
        answer(index - static_cast<std::uint32_t>(scheduled_.size()));
        return;
    }
    Scheduled& scheduled = scheduled_[index];
    const Fault& fault = world_.scenario.faults[scheduled.fault];
    scheduled.there = !scheduled.there;
    if (world_.log != nullptr)
        world_.log->fault(scheduled.fault, scheduled.there ? EventLog::Turn::begins : EventLog::Turn::ends);
    apply(fault, scheduled.there ? Turn::begins : Turn::ends);
    if (fault.kind == FaultKind::config_change) return;
    if (scheduled.there) {
        world_.queue.push(scheduled.windows[scheduled.next].until, EventKind::fault, index);
        return;
    }
    world_.core->recover();
    world_.edges->recover();
    if (++scheduled.next < scheduled.windows.size())
        world_.queue.push(scheduled.windows[scheduled.next].from, EventKind::fault, index);
}

// Done to the live system itself, as far as it can be, and then not simulated.
bool Faults::hits_live(const Fault& fault) const {
    switch (fault.kind) {
        case FaultKind::host_crash:
        case FaultKind::slow_host:
        case FaultKind::stall:
            return is_of_core(fault);
        case FaultKind::partition:
            return fault.channels.size() == cut_.size();
        default:
            return fault.kind == FaultKind::slow_disk;
    }
}

void Faults::apply(const Fault& fault, Turn turn) {
    if (turn == Turn::begins && world_.live != nullptr && hits_live(fault)) {
        done_live_.insert(&fault);
        world_.live->fault(fault, BackEnd::Moment::begins);
        return;
    }
    if (turn == Turn::ends && done_live_.erase(&fault) > 0) {
        if (world_.live != nullptr) world_.live->fault(fault, BackEnd::Moment::ends);
        return;
    }
    switch (fault.kind) {
        case FaultKind::host_crash:
            crash(fault, turn);
            break;
        case FaultKind::link_down:
            links(fault, turn);
            break;
        case FaultKind::partition:
            partition(fault, turn);
            break;
        case FaultKind::slow_host:
            slow(fault.host);
            break;
        case FaultKind::pos_offline:
            tills(fault, turn);
            break;
        case FaultKind::clock_skew:
            clocks(fault, turn);
            break;
        case FaultKind::stuck_consumer:
            for (const std::uint8_t edge : fault.edges)
                turn == Turn::begins ? world_.edges->get_stuck(edge) : world_.edges->get_going(edge);
            break;
        case FaultKind::config_change:
            configure(fault);
            break;
        case FaultKind::stall:
            stall(fault);
            break;
        case FaultKind::slow_disk:
            slow_disk();
            break;
        case FaultKind::bots:
            break;
    }
}

// --- hosts, links and clocks ---

void Faults::crash(const Fault& fault, Turn turn) {
    const std::uint16_t host = fault.host == kNoHost ? world_.design.core_host : fault.host;
    const bool of_core = host == world_.design.core_host;
    if (of_core && turn == Turn::begins) core(turn);  // nobody sends to it any more
    if (host != kNoHost && first_or_last(hosts_off_[host], static_cast<int>(turn)))
        world_.infrastructure.turn_host(world_.now, host,
                                        turn == Turn::begins ? Infrastructure::Power::off : Infrastructure::Power::on);
    if (of_core && turn == Turn::ends) core(turn);
}

void Faults::core(Turn turn) {
    if (turn == Turn::begins) {
        remember_record();
        fail_late();
    }
    const bool changed = first_or_last(core_down_, static_cast<int>(turn));
    core_back_ = std::max(core_back_, last_core_window(FaultKind::host_crash));
    if (changed && turn == Turn::ends) world_.core->restart();
}

// Channels may soon have to do with the last they knew of the core.
void Faults::remember_record() {
    for (std::uint8_t channel = 0; channel < cut_.size(); ++channel)
        if (reaches_core(ChannelId(channel))) world_.edges->remember_record(ChannelId(channel));
}

bool Faults::is_of_core(const Fault& fault) const { return fault.host == kNoHost || fault.host == world_.design.core_host; }

SimTime Faults::last_core_window(FaultKind kind) const {
    SimTime last{0};
    for (const Scheduled& scheduled : scheduled_) {
        const Fault& fault = world_.scenario.faults[scheduled.fault];
        if (fault.kind == kind && is_of_core(fault) && scheduled.there)
            last = std::max(last, scheduled.windows[scheduled.next].until);
    }
    return last;
}

void Faults::links(const Fault& fault, Turn turn) {
    for (const std::uint16_t link : fault.links)
        if (first_or_last(links_off_[link], static_cast<int>(turn)))
            world_.infrastructure.turn_link(world_.now, link,
                                            turn == Turn::begins ? Infrastructure::Power::off : Infrastructure::Power::on);
    for (const std::uint8_t edge : fault.edges) turn == Turn::begins ? world_.edges->cut(edge) : world_.edges->mend(edge);
}

void Faults::partition(const Fault& fault, Turn turn) {
    const auto cut = [&](std::uint8_t channel) {
        return std::find(fault.channels.begin(), fault.channels.end(), channel) != fault.channels.end();
    };
    if (turn == Turn::begins) remember_record();
    for (const std::uint8_t channel : fault.channels) first_or_last(cut_[channel], static_cast<int>(turn));
    for (std::uint8_t i = 0; i < world_.design.edges.size(); ++i) {
        const model::Edge& edge = world_.design.edges[i];
        if (!cut(edge.from == model::kCore ? edge.to : edge.from)) continue;
        turn == Turn::begins ? world_.edges->cut(i) : world_.edges->mend(i);
    }
}

// As slow as the worst of the faults that are there now.
void Faults::slow(std::uint16_t host) {
    if (host == kNoHost) return;
    double worst = 1;
    for (const Scheduled& scheduled : scheduled_) {
        const Fault& fault = world_.scenario.faults[scheduled.fault];
        if (!scheduled.there) continue;
        if (fault.kind == FaultKind::slow_host && fault.host == host) worst = std::max(worst, fault.factor);
        const std::uint16_t stalled = fault.host == kNoHost ? world_.design.core_host : fault.host;
        if (fault.kind == FaultKind::stall && stalled == host) worst = Infrastructure::kStalled;
    }
    world_.infrastructure.slow_down(world_.now, host, worst);
}

void Faults::stall(const Fault& fault) {
    slow(fault.host == kNoHost ? world_.design.core_host : fault.host);
    if (is_of_core(fault)) core_stalled_until_ = last_core_window(FaultKind::stall);
}

void Faults::slow_disk() {
    core_disk_ = Duration{0};
    for (const Scheduled& scheduled : scheduled_) {
        const Fault& fault = world_.scenario.faults[scheduled.fault];
        if (fault.kind == FaultKind::slow_disk && scheduled.there) core_disk_ = std::max(core_disk_, fault.delay);
    }
}

// --- commands that the core answers later ---

bool Faults::answer_later(SimTime at, std::uint32_t ticket) {
    const std::uint32_t late = late_.take();
    late_slots_ = std::max(late_slots_, late + 1);
    late_[late] = {ticket, true};
    world_.queue.push(std::max(at, core_stalled_until_) + core_disk_, EventKind::fault,
                      static_cast<std::uint32_t>(scheduled_.size()) + late);
    return true;
}

void Faults::answer(std::uint32_t late) {
    if (late_[late].waits) world_.queue.push(world_.now, EventKind::infrastructure, late_[late].ticket);
    late_[late].waits = false;
    late_.give_back(late);
}

void Faults::fail_late() {
    for (std::uint32_t late = 0; late < late_slots_; ++late) {
        if (!late_[late].waits) continue;
        late_[late].waits = false;
        world_.tickets[late_[late].ticket].failed = true;
        world_.queue.push(world_.now, EventKind::infrastructure, late_[late].ticket);
    }
}

// --- clocks ---

void Faults::clocks(const Fault& fault, Turn turn) {
    const Duration change = fault.skew * static_cast<int>(turn);
    if (fault.channels.empty()) core_skew_ = core_skew_ + change;
    for (const std::uint8_t channel : fault.channels) skew_[channel] = skew_[channel] + change;
}

// --- stores and configuration ---

void Faults::tills(const Fault& fault, Turn turn) {
    const auto hit = [&](std::size_t node) {
        first_or_last(tills_offline_[node], static_cast<int>(turn));
        synced_twice_[node] = worst_synced_twice(NodeId(static_cast<std::uint16_t>(node)));
    };
    for (const NodeId node : fault.nodes) hit(node.value);
    if (!fault.nodes.empty()) return;
    for (std::size_t node = 0; node < tills_offline_.size(); ++node) hit(node);
}

double Faults::worst_synced_twice(NodeId node) const {
    double worst = 0;
    for (const Scheduled& scheduled : scheduled_) {
        const Fault& fault = world_.scenario.faults[scheduled.fault];
        if (fault.kind != FaultKind::pos_offline || !scheduled.there) continue;
        const bool hit = fault.nodes.empty() || std::find(fault.nodes.begin(), fault.nodes.end(), node) != fault.nodes.end();
        if (hit) worst = std::max(worst, fault.synced_twice);
    }
    return worst;
}

void Faults::configure(const Fault& fault) {
    for (const NodeId node : fault.nodes) {
        NodeService& service = world_.services[node.value];
        if (fault.ships) service.ships = *fault.ships;
        if (fault.hands_over) service.hands_over = *fault.hands_over;
    }
    for (const std::uint8_t channel : fault.channels) {
        model::ChannelDesign& design = world_.configured.channels[channel];
        if (fault.buffer) design.buffer = *fault.buffer;
        if (fault.sells) design.nodes = *fault.sells;
    }
    world_.core->reconfigure();
    world_.orders->reconfigure();
    world_.commits->reconfigure();
}

// --- the record ---

// For ever means until the end of the run.
void Faults::fill(model::RunRecord& record) const {
    for (const Scheduled& scheduled : scheduled_) {
        const Fault& fault = world_.scenario.faults[scheduled.fault];
        model::FaultKpi& out = *record.add_faults();
        out.set_name(fault.name);
        out.set_kind(model::name_of(fault.kind));
        for (const FaultWindow& window : scheduled.windows) {
            out.add_from_s(window.from.seconds());
            out.add_until_s(
                (fault.kind == FaultKind::config_change ? std::max(world_.now, window.from) : window.until).seconds());
        }
    }
    for (const model::LeftOutFault& fault : world_.scenario.left_out) {
        model::FaultKpi& out = *record.add_faults();
        out.set_name(fault.name);
        out.set_kind(fault.kind);
        out.set_left_out(fault.why);
    }
}

}  // namespace lastunit::sim
