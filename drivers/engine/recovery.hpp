// From a data folder to the state it holds: the newest sound snapshot, then the journal after it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ledger.hpp"
#include "drivers/engine/change_feed.hpp"
#include "drivers/engine/data_folder.hpp"

namespace lastunit::drivers {

struct Recovery {
    std::uint64_t snapshot = 0;   // its sequence number
    std::uint64_t records = 0;    // replayed after it
    std::uint64_t cut_bytes = 0;  // of a torn end, never acknowledged
    double seconds = 0;
    std::vector<std::string> warnings;  // a line each: a snapshot that was passed over, a torn end
};

struct Recovered {
    core::Ledger ledger;
    Recovery how;
};

// Fills `feed` with the changes since the snapshot. Throws Problem when what was acknowledged cannot be had whole.
Recovered recover(const DataFolder& folder, ChangeFeed& feed);

}  // namespace lastunit::drivers
