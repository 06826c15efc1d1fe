#include "tests/core/request.hpp"

namespace lastunit::core::testing {

bool same_intent(const Request& a, const Request& b) {
    return a.what == b.what && a.node == b.node && a.to == b.to && a.sku == b.sku && a.channel == b.channel &&
           a.quantity == b.quantity && a.id == b.id && a.order == b.order && a.ttl == b.ttl && a.lines == b.lines &&
           a.backorder == b.backorder && a.return_to == b.return_to && a.transfer_from == b.transfer_from;
}

Outcome apply(Ledger& l, const Request& r, Events& events) {
    const Line line{r.node, r.sku, r.quantity};
    switch (r.what) {
        case Do::expect:
            return l.expect(r.key, r.now, r.node, r.sku, r.quantity, events);
        case Do::receive:
            return l.receive(r.key, r.now, r.node, r.sku, r.quantity, events);
        case Do::adjust:
            return l.adjust(r.key, r.now, r.node, r.sku, r.quantity, events);
        case Do::take_return:
            return l.take_return(r.key, r.now, r.node, r.sku, r.quantity, r.return_to, events);
        case Do::quarantine:
            return l.quarantine(r.key, r.now, r.node, r.sku, r.quantity, events);
        case Do::unquarantine:
            return l.unquarantine(r.key, r.now, r.node, r.sku, r.quantity, events);
        case Do::transfer_out:
            return l.transfer_out(r.key, r.now, r.id, r.node, r.to, r.sku, r.quantity, events, r.transfer_from);
        case Do::transfer_in:
            return l.transfer_in(r.key, r.now, r.id, events);
        case Do::hold:
            return l.hold(r.key, r.now, HoldId(r.id), r.channel, r.lines, r.ttl, events);
        case Do::extend:
            return l.extend(r.key, r.now, HoldId(r.id), r.ttl, events);
        case Do::release:
            return l.release(r.key, r.now, HoldId(r.id), events);
        case Do::confirm:
            return l.confirm(r.key, r.now, HoldId(r.id), OrderId(r.order), events);
        case Do::allocate:
            return l.allocate(r.key, r.now, OrderId(r.order), r.channel, r.lines, r.backorder, events);
        case Do::deallocate:
            return l.deallocate(r.key, r.now, OrderId(r.order), r.lines, events);
        case Do::pick:
            return l.pick(r.key, r.now, OrderId(r.order), line, events);
        case Do::ship:
            return l.ship(r.key, r.now, OrderId(r.order), line, events);
        case Do::sell:
            return l.sell(r.key, r.now, r.node, r.sku, r.quantity, r.channel, events);
        case Do::set_safety:
            return l.set_safety(r.key, r.now, r.node, r.sku, r.quantity, events);
        case Do::set_fence:
            return l.set_channel_allocation(r.key, r.now, r.node, r.sku, r.channel, r.quantity, events);
        case Do::dispose:
            return l.dispose(r.key, r.now, r.node, r.sku, r.quantity, events);
    }
    return Outcome::applied;
}

std::string describe(const Request& r) {
    std::string out = "command " + std::to_string(static_cast<int>(r.what)) + " at " + std::to_string(r.now.us) + " node " +
                      std::to_string(r.node.value) + " to " + std::to_string(r.to.value) + " sku " + std::to_string(r.sku.value) +
                      " channel " + std::to_string(r.channel.value) + " quantity " + std::to_string(r.quantity) + " id " +
                      std::to_string(r.id) + " order " + std::to_string(r.order) + " ttl " + std::to_string(r.ttl.us);
    for (const Line& line : r.lines)
        out += " [node " + std::to_string(line.node.value) + " sku " + std::to_string(line.sku.value) + " x " +
               std::to_string(line.quantity) + "]";
    return out;
}

}  // namespace lastunit::core::testing
