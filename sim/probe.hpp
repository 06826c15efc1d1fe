// What a test or a validation may watch while a run goes on: single observations, where the run record has only their statistics.
#pragma once

#include <cstdint>

#include "core/routing/request.hpp"
#include "core/types.hpp"

namespace lastunit::core {
class Ledger;
}

namespace lastunit::sim {

class Recorder;
class RecordError;
class Truth;
struct World;

enum class StationKind : std::uint8_t { pick, pack, dispatch };
enum class Answer : std::uint8_t { accepts, refuses };
// What became of a shopper in a store, at the till or at the counter.
enum class InStore : std::uint8_t { served, walked_out };
// What became of a shopper at a channel's desk.
enum class AtDesk : std::uint8_t { talked, hung_up, engaged };

class Probe {
   public:
    virtual ~Probe() = default;

    // An event has been handled: the moment to audit record and truth.
    virtual void after_event(const core::Ledger&, const Truth&) {}
    virtual void after_event_of_record(const RecordError&) {}
    virtual void after_event_of_books(const Recorder&) {}  // units outside the nodes
    virtual void after_event_of_work(const World&) {}      // orders, and everything on whose way they are
    // A job began its service at a node's station. Jobs of one station arrive in the order of `arrived`.
    virtual void service_began(NodeId, StationKind, [[maybe_unused]] SimTime arrived, [[maybe_unused]] Duration waited,
                               [[maybe_unused]] Duration service) {}
    // The same job, how its order is received and where it was bought.
    virtual void job_began(NodeId, StationKind, core::Method, ChannelId, [[maybe_unused]] Duration waited) {}
    // A shopper's wait for somebody of a store's team is over.
    virtual void visit(NodeId, [[maybe_unused]] SimTime arrived, [[maybe_unused]] Duration waited, InStore) {}
    // A node took the request for a parcel of the order, or refused it, and the answer is there.
    virtual void request_answered(SimTime, [[maybe_unused]] std::uint64_t order, NodeId, Answer) {}
    // An order line was accepted; `oversold` of its units had no eligible uncommitted physical unit behind them.
    virtual void accepted(SimTime, ChannelId, Sku, [[maybe_unused]] Quantity units, [[maybe_unused]] Quantity oversold) {}
    // Units were refused or hidden; `undersold` of them were there all the same.
    virtual void refused(SimTime, ChannelId, Sku, [[maybe_unused]] Quantity units, [[maybe_unused]] Quantity undersold) {}
    // The same two with the shopper, who is the same under every design; an accepted line may come in several pieces.
    virtual void line_accepted([[maybe_unused]] std::uint64_t shopper, Sku, [[maybe_unused]] Quantity units,
                               [[maybe_unused]] Quantity oversold) {}
    virtual void line_refused([[maybe_unused]] std::uint64_t shopper, Sku, [[maybe_unused]] Quantity units) {}
    // A shopper's wait for an agent is over: the talk begins, the shopper hangs up, or no line was free (then nobody waited).
    virtual void desk(ChannelId, [[maybe_unused]] SimTime arrived, [[maybe_unused]] Duration waited, AtDesk) {}
    // A picker came back with `found` of the units of a line.
    virtual void line_picked(SimTime, NodeId, Sku, [[maybe_unused]] Quantity asked, [[maybe_unused]] Quantity found) {}
    // Units of an accepted order were cancelled.
    virtual void cancelled(SimTime, ChannelId, Sku, [[maybe_unused]] Quantity units) {}
    // A carrier took a parcel of the order from the node's dock; it will be delivered (or tried to be) after `road`.
    virtual void parcel_collected(SimTime, [[maybe_unused]] std::uint64_t order, NodeId, [[maybe_unused]] std::uint8_t carrier,
                                  [[maybe_unused]] Duration road) {}
    // So many compartments of the locker hub are occupied from now on.
    virtual void compartments(SimTime, [[maybe_unused]] NodeId hub, [[maybe_unused]] std::uint64_t occupied) {}
    // A hold ended (confirmed, released or expired) at `until`.
    virtual void hold_ended([[maybe_unused]] SimTime from, [[maybe_unused]] SimTime until, [[maybe_unused]] Quantity units) {}
    // A shopper turned up: what common random numbers keep equal under every design.
    virtual void shopper_arrived(SimTime, [[maybe_unused]] std::uint64_t shopper, [[maybe_unused]] std::uint8_t persona,
                                 [[maybe_unused]] Duration patience, [[maybe_unused]] std::uint64_t basket_hash) {}
};

}  // namespace lastunit::sim
