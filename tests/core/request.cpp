#include "tests/core/request.hpp"

namespace lastunit::core::testing {

bool same_intent(const Request& a, const Request& b) {
    return a.what == b.what && a.node == b.node && a.to == b.to && a.sku == b.sku && a.channel == b.channel &&
           a.quantity == b.quantity && a.id == b.id && a.order == b.order && a.ttl == b.ttl && a.lines == b.lines &&
           a.backorder == b.backorder && a.return_to == b.return_to && a.transfer_from == b.transfer_from;
}

Outcome apply(Ledger& ledger, const Request& r, Events& events) {
    Command command;
    command.kind = r.what;
    command.backorder = r.backorder;
    command.return_to = r.return_to;
    command.transfer_from = r.transfer_from;
    command.channel = r.channel;
    command.node = r.node;
    command.to = r.to;
    command.sku = r.sku;
    command.quantity = r.quantity;
    command.key = r.key;
    command.id = r.id;
    command.order = r.order;
    command.ttl = r.ttl;
    command.lines = r.lines;
    return core::apply(ledger, r.now, command, events);
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
