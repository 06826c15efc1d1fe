#include "core/command.hpp"

namespace lastunit::core {

Outcome apply(Ledger& l, SimTime now, const Command& c, Events& events) {
    switch (c.kind) {
        case CommandKind::expect:
            return l.expect(c.key, now, c.node, c.sku, c.quantity, events);
        case CommandKind::receive:
            return l.receive(c.key, now, c.node, c.sku, c.quantity, events);
        case CommandKind::adjust:
            return l.adjust(c.key, now, c.node, c.sku, c.quantity, events);
        case CommandKind::take_return:
            return l.take_return(c.key, now, c.node, c.sku, c.quantity, c.return_to, events);
        case CommandKind::quarantine:
            return l.quarantine(c.key, now, c.node, c.sku, c.quantity, events);
        case CommandKind::unquarantine:
            return l.unquarantine(c.key, now, c.node, c.sku, c.quantity, events);
        case CommandKind::transfer_out:
            return l.transfer_out(c.key, now, c.id, c.node, c.to, c.sku, c.quantity, events, c.transfer_from);
        case CommandKind::transfer_in:
            return l.transfer_in(c.key, now, c.id, events);
        case CommandKind::hold:
            return l.hold(c.key, now, HoldId(c.id), c.channel, c.lines, c.ttl, events);
        case CommandKind::extend:
            return l.extend(c.key, now, HoldId(c.id), c.ttl, events);
        case CommandKind::release:
            return l.release(c.key, now, HoldId(c.id), events);
        case CommandKind::confirm:
            return l.confirm(c.key, now, HoldId(c.id), OrderId(c.order), events);
        case CommandKind::allocate:
            return l.allocate(c.key, now, OrderId(c.order), c.channel, c.lines, c.backorder, events);
        case CommandKind::deallocate:
            return l.deallocate(c.key, now, OrderId(c.order), c.lines, events);
        case CommandKind::pick:
            return l.pick(c.key, now, OrderId(c.order), {c.node, c.sku, c.quantity}, events);
        case CommandKind::ship:
            return l.ship(c.key, now, OrderId(c.order), {c.node, c.sku, c.quantity}, events);
        case CommandKind::sell:
            return l.sell(c.key, now, c.node, c.sku, c.quantity, c.channel, events);
        case CommandKind::set_safety:
            return l.set_safety(c.key, now, c.node, c.sku, c.quantity, events);
        case CommandKind::set_channel_allocation:
            return l.set_channel_allocation(c.key, now, c.node, c.sku, c.channel, c.quantity, events);
        case CommandKind::dispose:
            return l.dispose(c.key, now, c.node, c.sku, c.quantity, events);
        case CommandKind::advance:
            l.advance(now, events);
            return Outcome::applied;
    }
    LASTUNIT_ASSERT(false, "command kind " + std::to_string(static_cast<int>(c.kind)));
    return Outcome::applied;
}

const char* name_of(CommandKind kind) {
    static constexpr const char* kNames[kCommandKinds] = {"expect",
                                                          "receive",
                                                          "adjust",
                                                          "take_return",
                                                          "quarantine",
                                                          "unquarantine",
                                                          "transfer_out",
                                                          "transfer_in",
                                                          "hold",
                                                          "extend",
                                                          "release",
                                                          "confirm",
                                                          "allocate",
                                                          "deallocate",
                                                          "pick",
                                                          "ship",
                                                          "sell",
                                                          "set_safety",
                                                          "set_channel_allocation",
                                                          "dispose",
                                                          "advance"};
    const auto number = static_cast<unsigned>(kind);
    return number < kCommandKinds ? kNames[number] : "?";
}

}  // namespace lastunit::core
