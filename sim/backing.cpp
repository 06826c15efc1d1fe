#include "sim/backing.hpp"

#include "sim/causes.hpp"
#include "sim/event_log.hpp"

namespace lastunit::sim {

Backing::Backing(World& world, std::vector<Piece>& pieces) : world_(world), pieces_(pieces), first_(world.cells(), kNone) {}

void Backing::commit(std::uint32_t index, NodeId node) {
    Piece& piece = pieces_[index];
    std::uint32_t& first = first_[world_.cell_of(node, piece.sku)];
    uncharge(piece);
    piece.backing = node;
    piece.backed_previous = kNone;
    piece.backed_next = first;
    if (first != kNone) pieces_[first].backed_previous = index;
    first = index;
    world_.truth.commit(node, piece.sku, piece.units);
    if (world_.log != nullptr) world_.log->moved_for(piece.order, model::MOVE_COMMITTED, node, piece.sku, piece.units);
    if (piece.unheard) world_.causes->note(Mishap::lost_sale, node, piece.sku, piece.units);
}

void Backing::withdraw(std::uint32_t index) {
    Piece& piece = pieces_[index];
    if (piece.backing == kNowhere) return;
    world_.truth.commit(piece.backing, piece.sku, -piece.units);
    if (world_.log != nullptr) world_.log->moved_for(piece.order, model::MOVE_WITHDRAWN, piece.backing, piece.sku, piece.units);
    if (piece.unheard) world_.causes->note(Mishap::lost_sale, piece.backing, piece.sku, -piece.units);
    if (piece.backed_next != kNone) pieces_[piece.backed_next].backed_previous = piece.backed_previous;
    if (piece.backed_previous != kNone) {
        pieces_[piece.backed_previous].backed_next = piece.backed_next;
    } else {
        first_[world_.cell_of(piece.backing, piece.sku)] = piece.backed_next;
    }
    piece.backing = kNowhere;
    piece.backed_next = piece.backed_previous = kNone;
}

void Backing::uncharge(Piece& piece) {
    if (!piece.charged) return;
    piece.charged = false;
    world_.causes->free_again(piece.cause, piece.sku, piece.units);
}

void Backing::move(std::uint32_t index, NodeId node) {
    const Piece& piece = pieces_[index];
    if (piece.backing == node) return;
    if (world_.truth.cell(node, piece.sku).atp() < piece.units) {
        trade(index, node);
        return;
    }
    withdraw(index);
    commit(index, node);
}

bool Backing::trade(std::uint32_t index, NodeId node) {
    const NodeId mine = pieces_[index].backing;
    if (mine == kNowhere) return false;
    for (std::uint32_t other = first(node, pieces_[index].sku); other != kNone; other = pieces_[other].backed_next) {
        if (pieces_[other].node == node || pieces_[other].units != pieces_[index].units) continue;
        withdraw(index);
        withdraw(other);
        commit(index, node);
        commit(other, mine);
        return true;
    }
    return false;
}

}  // namespace lastunit::sim
