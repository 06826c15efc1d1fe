// The ledger's whole state as bytes, out and in again: cells, holds with their ends and lines, orders, fences, transfers,
// remembered keys, ended holds, totals. A ledger that was read back answers every further command as the one that was written
// would.
//
// Little-endian on every machine: magic u32 ("LUS1") | version u32 | sections, each with its count | magic u32 | CRC-32C u32 of
// all before it. Written piece by piece: no second copy of a large ledger in memory.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "core/ledger.hpp"

namespace lastunit::core {

using ByteSink = std::function<void(std::span<const std::byte>)>;

void save(const Ledger& ledger, const ByteSink& sink);

// Exactly what save() wrote. Nothing, and a line in `problem` that says why, when a byte is missing, too many or other than
// written.
std::optional<Ledger> restore(std::span<const std::byte> bytes, std::string& problem);

}  // namespace lastunit::core
