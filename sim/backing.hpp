// Which physical units stand behind which promise: the truth's side of an order. Each cell lists the pieces that its units back.
#pragma once

#include <cstdint>
#include <vector>

#include "model/cause.hpp"
#include "sim/stock_counters.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

inline constexpr std::uint32_t kNone = UINT32_MAX;
inline constexpr NodeId kNowhere{UINT16_MAX};

enum class PieceState : std::uint8_t { waiting, allocated, picked, shipped, handed_over, cancelled, forgotten };

// Units of one SKU of an order that share one fate: a line, or what a split made of it.
struct Piece {
    Sku sku;
    Quantity units = 0;
    std::uint32_t order = kNone;
    std::uint32_t next = kNone;  // of the same order
    std::uint32_t parcel = kNone;
    NodeId node = kNowhere;         // where the core allocated it
    NodeId backing = kNowhere;      // where the truth's committed unit stands; kNowhere: none does
    NodeId gathered_at = kNowhere;  // where its parcel waits for it, if that is not `node`
    NodeId lowered = kNowhere;      // where the channel's view was lowered, until the core's answer has told it better
    std::uint32_t backed_next = kNone, backed_previous = kNone;  // of the pieces backed by the same cell
    std::uint32_t question = kNone;                              // of a live back end: allocated there too, or not
    std::uint16_t counter = kNoCounter;                          // or quota that gave it, until a node is known
    PieceState state = PieceState::waiting;
    bool accepted_unbacked = false;  // oversold
    bool displaced = false;          // a store shopper took its unit, and there was no other
    bool counted_at_node = false;
    bool moved = false;            // it has left `node` for there
    bool unheard = false;          // the core will never hear of it: its units are lost to the record where they stand
    bool charged = false;          // its cause is: what misled it is not to be charged with another
    model::OversoldCause cause{};  // where accepted_unbacked
};

// Where the parcel of an allocated piece leaves.
inline NodeId leaves_from(const Piece& piece) { return piece.gathered_at != kNowhere ? piece.gathered_at : piece.node; }

class Backing {
   public:
    // `pieces` is the orders' own, and outlives this.
    Backing(World& world, std::vector<Piece>& pieces);

    // The cell's units stand behind the piece, which joins the cell's list. They have to be free.
    void commit(std::uint32_t piece, NodeId node);
    void withdraw(std::uint32_t piece);
    // The piece does not rest any more on what misled it.
    void uncharge(Piece& piece);
    // The core allocated the piece at `node`: its backing follows where units are free there, or where another promise, to be
    // served from elsewhere, can trade; else it stays.
    void move(std::uint32_t piece, NodeId node);
    // The newest piece that the cell backs; kNone for none.
    std::uint32_t first(NodeId node, Sku sku) const { return first_[world_.cell_of(node, sku)]; }

   private:
    bool trade(std::uint32_t piece, NodeId node);

    World& world_;
    std::vector<Piece>& pieces_;
    std::vector<std::uint32_t> first_;  // [cell]
};

}  // namespace lastunit::sim
