// Snapshots of a ledger as files: "LUE1" u32 | changes u64 | CRC-32C u32 of these 12 bytes | the ledger
// (core/ledger_snapshot.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ledger.hpp"
#include "drivers/engine/data_folder.hpp"

namespace lastunit::drivers {

// `changes`: how many events the ledger has emitted in its life. Returns 0 when the snapshot is in its place and durable, else
// the error's number, and nothing is left behind. Takes no lock and may run in a forked child.
int write_snapshot(const DataFolder& folder, const core::Ledger& ledger, std::uint64_t changes);

struct Snapshot {
    core::Ledger ledger;
    std::uint64_t changes = 0;
};
// Nothing, and a reason, when it is not as it was written.
std::optional<Snapshot> read_snapshot(const DataFolder& folder, std::uint64_t sequence, std::string& problem);

}  // namespace lastunit::drivers
