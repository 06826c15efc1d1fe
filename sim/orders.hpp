// Accepted orders, from the promise to its end: judged against the truth, told to the core, planned, allocated, re-routed or
// cancelled.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "core/routing/router.hpp"
#include "core/types.hpp"
#include "model/event_log.pb.h"
#include "sim/backing.hpp"
#include "sim/causes.hpp"
#include "sim/counts.hpp"
#include "sim/stock_counters.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

// What the channel promised, to whom.
struct Promise {
    std::uint64_t id = 0;  // of the shopper: keys the order's random draws
    ChannelId channel;
    core::Method method{};
    std::uint8_t persona = 0;
    std::uint16_t place = 0;  // destination zone
    NodeId store = kNowhere;  // pickup, reserve_in_store, carry_out
    // carry_out, one per line: units taken off the shelf whose promise then found no other unit.
    std::span<const Quantity> conflicts;
    // One per line: the node in which the channel lowered its view for this sale; kNowhere where it did not. May be empty.
    std::span<const NodeId> lowered;
    // What the decision rested on, for the causes.
    Decided decided = Decided::on_view;
    // One per line: eligible units that were there when the channel looked, where that was earlier than now. May be empty.
    std::span<const Quantity> there_when_checked;
    // Lines beside those that the core has allocated: accepted, and no node is known for them. Unused where it has allocated
    // none.
    std::span<const core::OrderLine> ahead;
    std::uint16_t counter = kNoCounter;  // what gave them: see sim/commits.hpp
    NodeId gathered_at = kNowhere;       // the plan waits for a transfer: where the one parcel leaves; kNowhere: it does not wait
};

struct Order {
    std::uint64_t id = 0;
    SimTime accepted;
    SimTime last_ready;  // of its parcels so far: at the door, or ready in the store
    std::uint32_t first_piece = kNone;
    std::uint32_t open_pieces = 0;   // neither shipped, handed over nor cancelled
    std::uint32_t open_parcels = 0;  // under way
    Quantity units = 0, oversold = 0, forgotten = 0, undeliverable = 0;
    Quantity cancelled = 0, uncollected = 0, taken_back = 0;  // the latter two are part of the first
    std::uint16_t place = 0;
    NodeId store = kNowhere;
    std::array<NodeId, 3> failed{kNowhere, kNowhere, kNowhere};  // the last nodes that did not pick it
    std::uint16_t reroutes = 0;
    std::uint16_t parcels_left = 0;  // sent or handed over
    NodeId first_sender = kNowhere;
    ChannelId channel;
    core::Method method{};
    std::uint8_t persona = 0;
    bool retry_pending = false;
    bool lost = false;  // its message never reached the core
    bool several_senders = false;
    bool ended = false;
    bool closed = false;         // its first parcel has left, and the books are closed over the rest
    bool became_parcel = false;  // promised as a pick-up
    bool brought = false;        // a pick-up of which units come from other nodes
    core::Method promised{};     // as it was accepted
    bool first_parcel_paid = false;
    bool any_sent = false;       // one of its parcels has left
    bool store_refused = false;  // where it was to be fetched they said no
};

class Orders {
   public:
    explicit Orders(World& world);
    void reconfigure();  // nodes ship or hand over, channels sell from others than before: of promises from now on

    // The instant of the promise: the order is judged against the truth and told to the core. `allocated` is what the core has
    // already committed to it under OrderId(promise.id) (ledger, reserved); empty: the core does not know yet. Answers which
    // order it is.
    std::uint32_t accept(const Promise& promise, std::span<const core::OrderLine> lines, std::span<const core::Line> allocated);

    void reaches_core(std::uint32_t order);  // its message has arrived
    void booked_again(std::uint32_t order);  // its message has arrived twice: a till's sale counts twice, an order is known
    void paid_again(std::uint32_t order);    // news of its payment came twice, and the shop books the sale twice
    // A live back end has answered the question whether what was planned for the order is allocated there: it may be worked on,
    // or it is nobody's again.
    void allocated(std::uint32_t order, std::uint32_t question);
    void not_allocated(std::uint32_t order, std::uint32_t question);
    void message_lost(std::uint32_t order);  // it never will: the order is found missing and cancelled at `cancel_after`
    void try_again(std::uint32_t order);     // the next attempt to find a node
    void start_reoptimising();
    void reoptimise();  // orders on which nobody works yet are planned anew; see reoptimise.cpp

    // Transfers report: a picked piece leaves its node for the one where its parcel is gathered, and is there.
    void piece_moves(std::uint32_t piece);
    void piece_gathered(std::uint32_t piece);

    // Operations report.
    void picked(std::uint32_t piece);
    // `found` of the piece's units were picked; the rest goes back to planning.
    void pick_failed(std::uint32_t piece, Quantity found, NotPicked why);
    // The node does not take the parcel: the order goes elsewhere, as after a failed pick, and nobody has looked at the shelf.
    void refused(std::uint32_t order, NodeId node, std::span<const std::uint32_t> pieces);
    void parcel_left(std::uint32_t order, std::span<const std::uint32_t> pieces, PieceState how);  // shipped or handed over
    void parcel_ready(std::uint32_t order);                                                        // for pick-up
    void parcel_done(std::uint32_t order, SimTime ready_at);                                       // at the door, or fetched
    void uncollected(std::uint32_t order, std::span<const std::uint32_t> pieces);

    // The shopper takes the order back, or it is never paid: unless some of it has left, everything that is not yet picked is
    // cancelled.
    void take_back(std::uint32_t order);

    Order& order(std::uint32_t index) { return orders_[index]; }
    Piece& piece(std::uint32_t index) { return pieces_[index]; }
    const Order& order(std::uint32_t index) const { return orders_[index]; }
    std::span<const Order> all() const { return orders_; }
    std::span<const Piece> pieces() const { return pieces_; }
    std::uint64_t open_orders() const { return open_; }
    std::uint64_t open_units() const { return open_units_; }
    void undeliverable(std::uint32_t order,
                       std::span<const std::uint32_t> pieces);  // sent, and no way to hand them to the shopper
    SimTime due(const Order& order) const;                      // what was promised

    void count_overdue();  // at the end of the run: promises that fell due and are still open

    // Fewer units are left on a shelf than stand behind promises: promises move on to other units, or stand on nothing. Who had
    // to is added to `moved`; the answer is the units whose promise found no other.
    Quantity make_room(NodeId node, Sku sku, std::vector<std::uint32_t>& moved);
    void stands_again(std::uint32_t piece);    // units are back on the shelf
    void unit_vanished(NodeId node, Sku sku);  // off a shelf, and nobody has it

    bool count_at_node(std::uint32_t piece);  // true the first time, for a piece that was oversold when accepted

    // Nodes that may stand behind such a promise: the shipping nodes, or the store alone (none where it may not hand over). The
    // span may point at `store`: keep that alive.
    std::span<const NodeId> promise_nodes(ChannelId channel, core::Method method, const NodeId& store) const;
    // What routing is asked for an order of this channel; the caller adds the lines.
    core::RouteRequest request_for(ChannelId channel, core::Method method, std::uint16_t place, NodeId store) const;

   private:
    std::uint32_t open_order(const Promise& promise);
    std::uint32_t add_piece(std::uint32_t order, Sku sku, Quantity units, NodeId node);
    std::uint32_t split(std::uint32_t piece, Quantity off);
    std::uint32_t back(std::uint32_t piece, std::span<const NodeId> nodes);
    void withdraw_excess(NodeId node, Sku sku, std::vector<std::uint32_t>& moved);
    void forget_lowered(std::uint32_t piece);
    void settle_counter(std::uint32_t piece, Settled how);
    void accept_ahead(std::uint32_t order, const Promise& promise, std::span<const core::OrderLine> lines);
    void decide_take_back(const Order& order, std::uint32_t index);
    void book_at_till(std::uint32_t piece, std::uint64_t order, NodeId store);
    void carry_out(std::uint32_t order, const Promise& promise, std::span<const core::OrderLine> lines);
    void judge(std::uint32_t order, const Promise& promise, std::span<const core::OrderLine> lines);
    void charge(Piece& piece, const Promise& promise, std::span<const core::OrderLine> lines);
    Quantity reserved_units(const Order& order, Sku sku) const;
    void count_accepted(const Order& order);
    Money commission(ChannelId channel, Money value) const;
    void plan(std::uint32_t order);
    core::RouteRequest request_for(std::uint32_t order, std::span<const std::uint32_t> pieces);
    void plan_each_sku(std::uint32_t order);
    void collect_senders(std::uint32_t order);
    bool plan_pieces(std::uint32_t order, std::span<const std::uint32_t> pieces);
    void allocate_planned(std::uint32_t order, std::span<const std::uint32_t> pieces);
    void hand_to_operations(std::uint32_t order);
    void decline(std::uint32_t order);
    void note_pickup_from_elsewhere(std::uint32_t order, Piece& piece);
    bool movable(std::uint32_t order) const;
    Money ask_anew(std::uint32_t order);
    void move_as_planned(std::uint32_t order);
    void withdraw_untouched(std::uint32_t order, std::span<const std::uint32_t> pieces);
    bool waits_for_core(std::uint32_t order);
    void wait_or_cancel(std::uint32_t order);
    void exclude(std::uint32_t order, NodeId node);
    void goes_elsewhere(std::uint32_t order);
    void cancel_waiting(std::uint32_t order);
    void release(std::uint32_t order, std::span<const core::Line> lines);
    enum class Cancelled : std::uint8_t { no_stock, uncollected, taken_back, declined };
    void cancel(std::uint32_t piece, Cancelled why);
    static model::OrderFate fate_of(Cancelled why);
    void close(std::uint32_t order);
    void forget(std::uint32_t piece);
    void settle_piece(std::uint32_t piece, PieceState end);
    void end_if_over(std::uint32_t order);
    void count_promise(const Order& order);
    bool promise_kept(const Order& order) const;
    bool ready(const Order& order) const;
    bool part_has_moved(const Piece& piece) const;

    World& world_;
    std::vector<Order> orders_;
    std::vector<Piece> pieces_;
    std::vector<std::vector<NodeId>> shipping_nodes_;
    std::vector<std::vector<char>> hands_over_;  // [channel][node]: the channel may promise pick-up there
    // Of stores that hand over what comes from elsewhere and do not ship themselves: the shipping nodes, and the store. Made when
    // first asked for.
    mutable std::map<std::pair<ChannelId, NodeId>, std::vector<NodeId>> brought_from_;
    Backing backing_;                                           // of `pieces_`
    std::map<std::uint32_t, std::vector<NodeId>> more_failed_;  // [order]: nodes that did not pick it, before the last three
    std::uint64_t open_ = 0, open_units_ = 0;
    std::uint32_t first_open_ = 0;  // every order before it has ended

    // Scratch, reused.
    core::Plan plan_;
    std::vector<core::OrderLine> request_lines_;
    std::vector<core::Line> lines_;
    std::vector<std::uint32_t> waiting_;
    std::vector<NodeId> excluded_;
    std::vector<NodeId> senders_;
    std::vector<std::uint32_t> moved_;
};

}  // namespace lastunit::sim
