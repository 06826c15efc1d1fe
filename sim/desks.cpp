#include "sim/desks.hpp"

#include "sim/probe.hpp"
#include "sim/recorder.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

Desks::Desks(World& world) : world_(world), lines_(world.scenario.channels.size()) {
    for (std::size_t i = 0; i < lines_.size(); ++i)
        if (const auto& desk = world.scenario.channels[i].desk) lines_[i].free_agents = desk->agents;
}

void Desks::call(ChannelId channel, std::uint32_t shopper, Duration patience, Duration talk) {
    Counters& counters = world_.recorder->of(channel);
    ++counters.calls;
    Line& line = lines_[channel.value];
    if (line.free_agents == 0 && line.waiting >= world_.scenario.channels[channel.value].desk->waiting_lines) {
        ++counters.calls_engaged;
        if (world_.probe != nullptr) world_.probe->desk(channel, world_.now, Duration{0}, AtDesk::engaged);
        world_.shoppers->not_served(shopper);
        return;
    }
    const std::uint32_t index = calls_.take();
    calls_[index] = {shopper, kNone, kNone, world_.now, {}, talk, 0, Call::State::waiting, channel};
    if (line.free_agents > 0) {
        --line.free_agents;
        begin_talk(index);
        return;
    }
    queue_up(index);
    if (patience < kNever - world_.now) expect(index, world_.now + patience);
}

void Desks::turn(std::uint32_t index) {
    Call& call = calls_[index];
    const Call was = call;
    --call.events;
    // The hang-up of a call that was answered is still pending: it ends nothing.
    const bool ends = was.state == Call::State::waiting || (was.state == Call::State::talking && world_.now == was.talk_ends);
    if (ends) call.state = Call::State::over;
    if (ends && was.state == Call::State::waiting) leave_line(index);
    if (call.events == 0) calls_.give_back(index);
    if (!ends) return;
    if (was.state == Call::State::waiting) {
        ++world_.recorder->of(was.channel).calls_hung_up;
        answered(was, AtDesk::hung_up);
        world_.shoppers->not_served(was.shopper);
    } else {
        next_in_line(was.channel);
        world_.shoppers->talked(was.shopper);
    }
}

void Desks::begin_talk(std::uint32_t index) {
    Call& call = calls_[index];
    call.state = Call::State::talking;
    call.talk_ends = world_.now + call.talk;
    expect(index, call.talk_ends);
    answered(call, AtDesk::talked);
}

// The agent of a call that is over takes the one that has waited longest.
void Desks::next_in_line(ChannelId channel) {
    Line& line = lines_[channel.value];
    if (line.waiting == 0) {
        ++line.free_agents;
        return;
    }
    const std::uint32_t first = line.first;
    leave_line(first);
    begin_talk(first);
}

void Desks::queue_up(std::uint32_t index) {
    Call& call = calls_[index];
    Line& line = lines_[call.channel.value];
    call.previous = line.last;
    (line.last == kNone ? line.first : calls_[line.last].next) = index;
    line.last = index;
    ++line.waiting;
}

void Desks::leave_line(std::uint32_t index) {
    const Call& call = calls_[index];
    Line& line = lines_[call.channel.value];
    (call.previous == kNone ? line.first : calls_[call.previous].next) = call.next;
    (call.next == kNone ? line.last : calls_[call.next].previous) = call.previous;
    --line.waiting;
}

void Desks::expect(std::uint32_t index, SimTime at) {
    ++calls_[index].events;
    world_.queue.push(at, EventKind::desk, index);
}

// The wait is over, one way or the other.
void Desks::answered(const Call& call, AtDesk how) {
    const Duration waited = world_.now - call.arrived;
    world_.recorder->of(call.channel).desk_wait.add(waited);
    if (world_.probe != nullptr) world_.probe->desk(call.channel, call.arrived, waited, how);
}

}  // namespace lastunit::sim
