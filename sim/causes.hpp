// Why a unit was oversold or undersold: exactly one cause each, decided at the instant of the acceptance or refusal.
//
// The rule. A line is oversold because what the channel believed exceeded what was there, so the question is which mishap made it
// believe so. The parts of the simulator note every mishap here as it happens, per (node, SKU), and take it back when it is put
// right.
//
//   oversold   An order honoured after its hold had run out is hold_expired_but_paid; a till's own sale is offline_sale while it
//   is
//              offline, else pos_conflict; a line that was there, whole, when the channel looked is a race. Otherwise the noted
//              mishaps are taken off what the channel believed, one kind after the other in the order of model::OversoldCause,
//              and the kind that takes it below what was asked is the cause. If none does, it was late news: buffer_breach where
//              the channel keeps a buffer, stale_view where it does not, and race where it sold on the core's own record without
//              reserving, or did not look at what it sells (other nodes, allocated units, each line without the others) and the
//              record did not have it.
//   undersold  A refusal for want of an answer, or of a row lock in time, is node_closed: what could serve was cut off. One
//   because
//              the record had changed under every attempt is stale_view. Otherwise what hid the units is added back, one kind
//              after the other: the buffer, other channels' quotas, dead holds, what the record falls short of the truth (also
//              where a node's negative stock hides that of others); the kind that reaches what was asked is the cause. If none
//              does: node_closed where the core's record had them and its plan refused, else stale_view.
//
// All unbacked units of one line share one cause. A mishap of the record explains as many units as it is large, and is free again
// when the order that it misled no longer rests on it: it is cancelled, sent to another node, or has a unit after all. A view
// that is wrong misleads until it is told better.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/routing/request.hpp"
#include "model/cause.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

enum class Copy : std::uint8_t;  // sim/channels.hpp

// Mishaps of the record and of views that last until something puts them right. Amounts are units by which what is believed
// exceeds the truth (negative: falls short of it).
enum class Mishap : std::uint8_t {
    phantom,       // record: shrink, damage, misplacement, wrong initial count, mis-scan, wrong books
    misbooked,     // record: a return twice, or at another node
    booked_twice,  // record: a sale booked twice (negative)
    offline_sale,  // record: sold at a till that is offline, not yet told
    lost_sale,     // record: a sale whose message never arrives
    dead_hold,     // units held for a shopper who does not buy (negative: they are there)
};
inline constexpr unsigned kMishaps = 6;

enum class ViewMishap : std::uint8_t { lost, duplicated, reordered, overwritten };
inline constexpr unsigned kViewMishaps = 4;

// What a decision rested on.
enum class Decided : std::uint8_t { on_view, on_record, on_shelf, on_expired_hold, on_quota };

// An accepted line of which not all units are there.
struct OversoldLine {
    ChannelId channel;
    Sku sku;
    std::span<const NodeId> nodes;  // of the promise
    Decided decided{};
    Quantity asked = 0;
    Quantity there_when_checked = -1;  // eligible units when the channel looked, if that was earlier; -1: it looked now
    Quantity lowered = 0;              // by this very order: units already taken off what the channel believes
    bool reserved = false;             // the core has allocated it
    NodeId till = NodeId(UINT16_MAX);  // on_shelf: where
};

// Why a line was refused, as far as the channel knows.
enum class Refused : std::uint8_t {
    out_of_stock,
    hold_ran_out,
    unreachable,
    conflict,      // the record changed under every attempt
    lock_timeout,  // waited for a row in vain
    declined,      // by the split policy: serving it would cost more
};

class Causes {
   public:
    explicit Causes(World& world);

    void note(Mishap what, NodeId node, Sku sku, Quantity change);
    // Of a channel's view of the cell: `change` units of error more (or fewer).
    void note(ChannelId channel, NodeId node, Sku sku, ViewMishap what, Quantity change);
    void view_is_right(ChannelId channel, NodeId node, Sku sku);  // an absolute message in order: earlier mishaps are over

    // `units` of the line have nothing behind them.
    model::OversoldCause oversold(const OversoldLine& line, Quantity units);
    // The order does not rest on it any more: what misled it may mislead another.
    void free_again(model::OversoldCause cause, Sku sku, Quantity units);
    model::UndersoldCause undersold(ChannelId channel, Sku sku, core::Method method, const NodeId& store, Quantity asked,
                                    Refused why);

    // Noted for the cell, whatever has been charged to it; 0 where nothing ever happened.
    Quantity noted(Mishap what, NodeId node, Sku sku) const;

   private:
    using Cells = std::vector<Quantity>;  // SKU-major; empty until the first note

    Quantity sum(const Cells& cells, Sku sku, std::span<const NodeId> nodes) const;
    Quantity unexplained(Mishap what, Sku sku, std::span<const NodeId> nodes) const;
    Quantity view_error(const OversoldLine& line, ViewMishap what) const;
    Quantity of_cause(model::OversoldCause cause, const OversoldLine& line) const;
    Quantity believed(ChannelId channel, Sku sku, std::span<const NodeId> nodes, Copy copy) const;
    Copy decided_on(const OversoldLine& line) const;
    Quantity shortfall(Sku sku, std::span<const NodeId> nodes) const;
    bool looked_elsewhere(const OversoldLine& line) const;
    bool hidden_by_other_nodes(ChannelId channel, Sku sku, std::span<const NodeId> nodes, Quantity asked) const;
    model::OversoldCause late_news(const OversoldLine& line) const;

    World& world_;
    std::array<Cells, kMishaps> noted_;
    std::array<std::vector<Quantity>, kMishaps> charged_;       // [sku]: units whose oversell it has explained
    std::vector<std::array<Cells, kViewMishaps>> view_errors_;  // [channel]
};

}  // namespace lastunit::sim
