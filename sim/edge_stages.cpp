// The stages of a message's way: its latency, the broker's CPU, the link, the core's CPU.
#include "sim/edges.hpp"
#include "sim/faults.hpp"

namespace lastunit::sim {

using model::Edge;
using model::kCore;
using model::kNoHost;
using model::Purpose;

// Runs the message through its stages; those that take no time follow at once.
void Edges::step(std::uint32_t index) {
    constexpr std::uint8_t kStages = 4;
    if (messages_[index].epoch != gates_[messages_[index].edge].epoch) {
        fail(index);  // its edge was cut while it was under way
        return;
    }
    while (messages_[index].stage < kStages) {
        const Stage stage = begin_stage(index);
        if (stage == Stage::waits) return;
        if (stage == Stage::over) continue;
        fail(index);
        return;
    }
    arrive(index);
}

// Begins the message's next stage. `waits`: something will wake it up again.
Edges::Stage Edges::begin_stage(std::uint32_t index) {
    EdgeMessage& message = messages_[index];
    const Edge& edge = world_.design.edges[message.edge];
    const bool sales = edge.from != kCore;
    enum class Next : std::uint8_t { latency, broker, link, core };
    constexpr Next kSales[] = {Next::latency, Next::broker, Next::link, Next::core};
    constexpr Next kStock[] = {Next::link, Next::broker, Next::latency, Next::core};
    const Next next = sales ? kSales[message.stage] : kStock[message.stage];
    ++message.stage;
    switch (next) {
        case Next::latency: {
            const Duration latency = world_.draw(edge.latency, Purpose::edge_latency, message.draw, message.sendings - 1U);
            if (latency.us == 0) return Stage::over;
            world_.after(latency, EventKind::message, index);
            return Stage::waits;
        }
        case Next::broker:
            return enter_broker(index, edge);
        case Next::link:
            return enter_link(index, edge);
        case Next::core:
            return sales ? enter_core(index) : Stage::over;
    }
    return Stage::over;
}

Edges::Stage Edges::enter_broker(std::uint32_t index, const Edge& edge) {
    if (edge.via == kNoHost) return Stage::over;
    if (!world_.infrastructure.is_on(edge.via)) return Stage::failed;
    if (edge.service.us == 0) return Stage::over;
    const auto items = static_cast<std::int64_t>(messages_[index].items.size());
    world_.infrastructure.compute(world_.now, edge.via, edge.service * items, world_.ticket(Ticket::Owner::message, index));
    return Stage::waits;
}

Edges::Stage Edges::enter_link(std::uint32_t index, const Edge& edge) {
    const std::uint16_t core_host = world_.design.core_host;
    if (edge.via == kNoHost || core_host == kNoHost || edge.via == core_host) return Stage::over;
    const bool sales = edge.from != kCore;
    const std::uint16_t from = sales ? edge.via : core_host;
    const std::uint16_t to = sales ? core_host : edge.via;
    if (!world_.infrastructure.connected(from, to)) return Stage::over;
    const auto items = static_cast<double>(messages_[index].items.size());
    world_.infrastructure.transfer(world_.now, from, to, static_cast<double>(edge.bytes) * items,
                                   world_.ticket(Ticket::Owner::message, index));
    return Stage::waits;
}

Edges::Stage Edges::enter_core(std::uint32_t index) {
    const std::uint16_t core_host = world_.design.core_host;
    if (!world_.faults->core_up()) return Stage::failed;
    if (core_host == kNoHost || world_.design.core_service.us == 0)
        return world_.faults->answers_later(Ticket::Owner::message_in_core, index) ? Stage::waits : Stage::over;
    const auto items = static_cast<std::int64_t>(messages_[index].items.size());
    world_.infrastructure.compute(world_.now, core_host, world_.design.core_service * items,
                                  world_.ticket(Ticket::Owner::message_in_core, index));
    return Stage::waits;
}

}  // namespace lastunit::sim
