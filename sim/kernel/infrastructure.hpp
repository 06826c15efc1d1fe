// Hosts and links under load, simulated by SimGrid: the only file pair that sees its headers.
//
// A step is a computation on a host (its cores are shared by all that runs on it) or a transfer between two hosts (its links'
// bandwidth is shared by all that crosses them). Steps start at the kernel's present and end at SimGrid's own time, so sync lag
// depends on load.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/types.hpp"
#include "model/design.hpp"

namespace lastunit::sim {

// One per process and one life per process: SimGrid's engine cannot be restarted. Designs without hosts never create it.
class Infrastructure {
   public:
    struct Finished {
        SimTime at;
        std::uint32_t ticket = 0;
    };

    explicit Infrastructure(const model::Design& design);
    ~Infrastructure();
    Infrastructure(const Infrastructure&) = delete;
    Infrastructure& operator=(const Infrastructure&) = delete;

    bool exists() const { return engine_ != nullptr; }

    // `cpu` of one core's time on `host`, starting now. The ticket comes back in `finished`.
    void compute(SimTime now, std::uint16_t host, Duration cpu, std::uint32_t ticket);
    // `bytes` from one host to another over the links of the shortest route.
    void transfer(SimTime now, std::uint16_t from, std::uint16_t to, double bytes, std::uint32_t ticket);
    bool connected(std::uint16_t from, std::uint16_t to) const;

    // Lets SimGrid run up to `until`, but stops at the first end of a step: true if any step ended (see `finished`).
    // Does nothing while no step can have ended by then.
    bool advance(SimTime until) { return !finished_.empty() || (until >= earliest_end_ && run(until)); }
    std::vector<Finished>& finished() { return finished_; }

    std::uint64_t activities() const { return activities_; }

   private:
    struct Engine;  // hides SimGrid
    bool run(SimTime until);
    void catch_up(SimTime now);
    void started();

    std::unique_ptr<Engine> engine_;
    std::vector<Finished> finished_;
    SimTime earliest_end_ = kNever;
    std::uint64_t activities_ = 0;
};

}  // namespace lastunit::sim
