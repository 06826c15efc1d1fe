// Hosts and links under load, simulated by SimGrid: the only file pair that sees its headers.
//
// A step is a computation on a host (its cores are shared by the host's threads) or a transfer between two hosts (its links'
// bandwidth is shared by all that crosses them). Steps start at the kernel's present and end at SimGrid's own time, so sync lag
// depends on load. A host works on as many steps at once as it has threads; the others wait for one, first come first served:
// so do servers, and SimGrid's cost of a step, which grows with what shares a host, stays bounded when a queue does not.
//
// A host or link that is off ends what is on it, and what is begun there, as failed at that very instant. SimGrid itself would
// notice only when it next looks, up to one event of ours later; so it is never told that anything is off.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/types.hpp"
#include "model/design.hpp"
#include "model/faults.hpp"

namespace lastunit::sim {

// One per process and one life per process: SimGrid's engine cannot be restarted. Designs without hosts never create it.
class Infrastructure {
   public:
    struct Finished {
        SimTime at;
        std::uint32_t ticket = 0;
        bool failed = false;  // its host or a link on its way is off
    };

    // A host knows the speeds of all faults that slow it down beforehand.
    explicit Infrastructure(const model::Design& design, std::span<const model::Fault> faults = {});
    ~Infrastructure();
    Infrastructure(const Infrastructure&) = delete;
    Infrastructure& operator=(const Infrastructure&) = delete;

    bool exists() const { return engine_ != nullptr; }

    // `cpu` of one core's time on `host`, starting now. The ticket comes back in `finished`.
    void compute(SimTime now, std::uint16_t host, Duration cpu, std::uint32_t ticket);
    // `bytes` from one host to another over the links of the shortest route.
    void transfer(SimTime now, std::uint16_t from, std::uint16_t to, double bytes, std::uint32_t ticket);
    bool connected(std::uint16_t from, std::uint16_t to) const;

    enum class Power : std::uint8_t { off, on };
    void turn_host(SimTime now, std::uint16_t host, Power power);
    void turn_link(SimTime now, std::uint16_t link, Power power);
    bool is_on(std::uint16_t host) const { return all_on_ || is_host_on(host); }
    // The host computes `factor` times slower than it could; 1, the factor of one of the faults, or kStalled where one stalls it.
    static constexpr double kStalled = 1e9;  // an hour of it is 4 us of work; SimGrid knows no speed of zero
    void slow_down(SimTime now, std::uint16_t host, double factor);

    // Lets SimGrid run up to `until`, but stops at the first end of a step: true if any step ended (see `finished`).
    // Does nothing while no step can have ended by then.
    bool advance(SimTime until) { return !finished_.empty() || (until >= earliest_end_ && run(until)); }
    std::vector<Finished>& finished() { return finished_; }
    SimTime earliest_end() const {
        return finished_.empty() ? earliest_end_ : SimTime{0};
    }  // of a step, if nothing contends with it

    std::uint64_t activities() const { return activities_; }

   private:
    struct Engine;  // hides SimGrid
    bool run(SimTime until);
    void catch_up(SimTime now);
    void execute(std::uint16_t host, SimTime now, Duration cpu, std::uint32_t ticket);
    void begin_waiting();
    void started();
    void fail(SimTime now, std::uint32_t ticket) { finished_.push_back({now, ticket, true}); }
    template <class Hit> void fail_all(SimTime now, Hit hit);
    bool is_host_on(std::uint16_t host) const;
    bool passable(std::uint16_t from, std::uint16_t to) const;

    std::unique_ptr<Engine> engine_;
    std::vector<Finished> finished_;
    SimTime earliest_end_ = kNever;
    std::uint64_t activities_ = 0;
    bool all_on_ = true;
};

}  // namespace lastunit::sim
