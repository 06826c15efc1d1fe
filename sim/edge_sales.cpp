// How the core hears of what a channel sold.
#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/faults.hpp"
#include "sim/orders.hpp"

namespace lastunit::sim {

std::uint8_t Edges::sales_edge(ChannelId channel, std::uint32_t order) const {
    const Order& sale = world_.orders->order(order);
    const bool at_store = !core::by_parcel(sale.method) && sale.store.value < nodes_;
    return sales_edge_[channel.value][at_store ? sale.store.value : nodes_];
}

void Edges::send_sale(ChannelId channel, std::uint32_t order) {
    if (must_keep(channel, order)) {
        keep(channel, order);
    } else {
        pass_on(channel, order, world_.now);
    }
}

void Edges::pass_on(ChannelId channel, std::uint32_t order, SimTime since) {
    const std::uint8_t i = sales_edge(channel, order);
    if (i == kNoEdge) {
        heard(order);
        return;
    }
    ++sales_under_way_;
    const EdgeItem item{order, 0, 0, since};
    if (world_.design.edges[i].kind != model::EdgeKind::push) {
        pending_[i].items.push_back(item);
    } else if (collects(i)) {
        put_into_open(i, item);
        fill_batch(i);
    } else {
        const std::uint32_t message = open_message(i);
        messages_[message].items.push_back(item);
        dispatch(message);
    }
}

// Tills that are offline store and forward; so does a channel that tells the core without an edge, and cannot.
bool Edges::must_keep(ChannelId channel, std::uint32_t order) const {
    const Order& sale = world_.orders->order(order);
    if (sale.method == core::Method::carry_out && world_.faults->offline(sale.store)) return true;
    return !world_.faults->reaches_core(channel) && sales_edge(channel, order) == kNoEdge;
}

void Edges::keep(ChannelId channel, std::uint32_t order) {
    ++sales_under_way_;
    kept_.push_back({channel, order, world_.now});
    if (world_.log != nullptr) world_.log->fate(model::FATE_KEPT, order);
    const Order& sale = world_.orders->order(order);
    if (sale.method != core::Method::carry_out || !world_.faults->offline(sale.store)) return;
    for (std::uint32_t i = sale.first_piece; i != kNone; i = world_.orders->piece(i).next)
        world_.causes->note(Mishap::offline_sale, sale.store, world_.orders->piece(i).sku, world_.orders->piece(i).units);
    const double twice = world_.faults->synced_twice(sale.store);
    sold_offline_[order] = twice > 0 && world_.uniform(model::Purpose::edge_duplicate, sale.id, 2) < twice;
}

void Edges::recover() {
    flush();
    std::vector<Kept> kept;
    kept.swap(kept_);
    for (const Kept& sale : kept) {
        if (must_keep(sale.channel, sale.order)) {
            kept_.push_back(sale);
        } else {
            --sales_under_way_;
            pass_on(sale.channel, sale.order, sale.since);
        }
    }
}

void Edges::heard(std::uint32_t order) {
    const bool twice = no_longer_offline(order);
    world_.orders->reaches_core(order);
    if (twice) world_.orders->booked_again(order);
}

// The core knows of the sale, or never will. True: it is told twice.
bool Edges::no_longer_offline(std::uint32_t order) {
    if (sold_offline_.empty()) return false;
    const auto found = sold_offline_.find(order);
    if (found == sold_offline_.end()) return false;
    const Order& sale = world_.orders->order(order);
    for (std::uint32_t i = sale.first_piece; i != kNone; i = world_.orders->piece(i).next)
        world_.causes->note(Mishap::offline_sale, sale.store, world_.orders->piece(i).sku, -world_.orders->piece(i).units);
    const bool twice = found->second;
    sold_offline_.erase(found);
    return twice;
}

}  // namespace lastunit::sim
