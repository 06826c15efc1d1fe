// What a live run is asked for, read and checked before anything is touched.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/cpu_of.hpp"
#include "cli/load/target_url.hpp"
#include "core/types.hpp"

namespace lastunit::cli {

// When the generators of a shared load begin, by the wall clock.
struct StartAt {
    std::int64_t unix_us = 0;
};

struct LiveOptions {
    TargetUrl target;
    double speed = 60;         // seconds of the scenario per second of the clock
    std::uint32_t shard = 0;   // from 0
    std::uint32_t shards = 1;  // generators that share the load
    std::optional<StartAt> start_at;
    enum class Prepare : std::uint8_t { yes, no } prepare = Prepare::yes;
    std::string prepared;      // what `lastunit prepare` has left of a shop over HTTP; empty: nothing, it was prepared by hand
    std::uint32_t pool = 128;  // attempts that are with the back end at a time, as a pool of connections has it; 0: no limit
    std::vector<WatchedProcess> cpu_of;  // of a shop over HTTP
    std::string history;                 // where it is kept; empty: nowhere, it is made in a temporary folder for the audit
};

// Throws BadInput.
TargetUrl target_of(const Arguments& arguments);
// Throws BadInput where the option is there and the target is no flow. `what` it is, in words.
void check_http_alone(const Arguments& arguments, const TargetUrl& target, const std::string& option, const std::string& what);
double speed_of(const std::string& text);      // "60x", "60", "0.5x"
StartAt start_at_of(const std::string& text);  // seconds since 1970, or "+5s" from now
LiveOptions live_options(const Arguments& arguments);

// The arguments with --for as what it stands for: --set run.horizon.
Arguments with_horizon(const Arguments& arguments);

// The `lastunit load` that does it again; the seed is always named.
std::string repeat_load_command(const Arguments& arguments, std::uint64_t seed);

}  // namespace lastunit::cli
