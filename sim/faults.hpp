// What is broken at this instant: every other part asks here before it relies on a host, a link or a colleague.
//
// A fault begins and ends at its windows (sim/fault_windows.hpp). Faults of one target add up: it works again when the last of
// them is over. What a fault means:
//
//   host_crash      work and messages on the host fail at once. The core's: no command and no message is answered; what it would
//                   have told its edges it tells when it is back, from its journal. Warehouses and stores go on: what they pick,
//                   ship, receive and count is on record as if the core had heard it.
//   link_down       transfers over the links, and messages on the edges, fail
//   partition       messages between the channels and the core fail, both ways, and the channels get no answer from the core
//   slow_host       the host computes slower; under several faults, as slow as the worst
//   pos_offline     tills keep their sales until they are back; under several faults, as many are told twice as under the worst
//   clock_skew      clocks add up
//   stuck_consumer  messages arrive and wait
//   config_change   the configuration is another one from then on
//   bots            nothing here: their shoppers are an arrival stream
//   stall           what is computed on the host waits, and what comes waits behind it; nothing fails. The core's: commands and
//                   messages to it are answered afterwards. What is read of it (views, polls) is read as ever, and warehouses and
//                   stores go on as under host_crash. A crash meanwhile fails what waits
//   slow_disk       commands and messages to the core are answered later, when they are durable; the host is free meanwhile. Of
//                   several, the slowest
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "model/run_record.pb.h"
#include "sim/fault_windows.hpp"
#include "sim/pool.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Faults {
   public:
    explicit Faults(World& world);

    void start();                     // plans every window; schedules the first of each
    void turn(std::uint32_t window);  // EventKind::fault: a window begins or ends

    bool core_up() const { return core_down_ == 0; }
    SimTime core_back() const { return core_back_; }  // while it is down: when it will be up
    // The core answers later than its host, if it has one, would let it: when its disk is done, and not before a stall is over.
    // Then the ticket of a command that the host is done with at `at` ends later; false: at once.
    bool answers_later(SimTime at, std::uint32_t ticket) { return is_late(at) && answer_later(at, ticket); }
    // The same for a command that takes no time on a host: true if its owner has to wait for a ticket.
    bool answers_later(Ticket::Owner owner, std::uint32_t subject) {
        return is_late(world_.now) && answer_later(world_.now, world_.ticket(owner, subject));
    }
    // The channel can ask the core now: the core is up, and no partition lies between.
    bool reaches_core(ChannelId channel) const { return core_down_ == 0 && cut_[channel.value] == 0; }
    bool offline(NodeId node) const { return tills_offline_[node.value] != 0; }
    double synced_twice(NodeId node) const { return synced_twice_[node.value]; }  // probability, for a sale made now
    // A clock's error; negative: behind.
    Duration skew_of_core() const { return core_skew_; }
    Duration skew(ChannelId channel) const { return skew_[channel.value]; }

    void fill(model::RunRecord& record) const;

   private:
    enum class Turn : std::int8_t { ends = -1, begins = 1 };
    struct Scheduled {
        std::uint32_t fault = 0;
        std::vector<FaultWindow> windows;
        std::size_t next = 0;  // the window that begins or ends next
        bool there = false;
    };

    void apply(const model::Fault& fault, Turn turn);
    bool hits_live(const model::Fault& fault) const;
    void crash(const model::Fault& fault, Turn turn);
    void core(Turn turn);
    void remember_record();
    void links(const model::Fault& fault, Turn turn);
    void partition(const model::Fault& fault, Turn turn);
    void slow(std::uint16_t host);
    void stall(const model::Fault& fault);
    void slow_disk();
    bool answer_later(SimTime at, std::uint32_t ticket);
    bool is_late(SimTime at) const { return core_disk_.us != 0 || core_stalled_until_ > at; }
    void answer(std::uint32_t late);
    void fail_late();
    void tills(const model::Fault& fault, Turn turn);
    double worst_synced_twice(NodeId node) const;
    void clocks(const model::Fault& fault, Turn turn);
    void configure(const model::Fault& fault);
    bool is_of_core(const model::Fault& fault) const;
    // Of the faults of this kind that hit the core and are there now: when the last one ends; 0: there is none.
    SimTime last_core_window(model::FaultKind kind) const;

    World& world_;
    std::vector<Scheduled> scheduled_;
    std::uint32_t core_down_ = 0;
    SimTime core_back_;
    SimTime core_stalled_until_{0};
    Duration core_disk_{0};  // how much longer it takes
    // Tickets of commands that the core answers later. Their events are of EventKind::fault, numbered after the faults.
    struct Late {
        std::uint32_t ticket = 0;
        bool waits = false;  // not where a crash has failed it before its time
    };
    Pool<Late> late_;
    std::uint32_t late_slots_ = 0;  // ever used
    Duration core_skew_{0};
    std::vector<std::uint32_t> cut_;            // [channel]: partitions
    std::vector<Duration> skew_;                // [channel]
    std::vector<std::uint32_t> tills_offline_;  // [node]
    std::vector<double> synced_twice_;          // [node]
    std::vector<std::uint32_t> hosts_off_, links_off_;
    std::set<const model::Fault*> done_live_;  // to a live back end, and not over; looked up alone
};

}  // namespace lastunit::sim
