// Reads a folder's journal from a sequence number on, in order.
//
// Where a record is broken, its followers decide. A group of records is written only after the group before it is on disk, and
// each record says where its group began: a sound record of a later group proves that the broken one had been acknowledged, and
// the journal is refused with the position. Without such a witness it is the torn end of the last group, which nobody was told
// about: it is cut off.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/command_record.hpp"
#include "drivers/engine/data_folder.hpp"

namespace lastunit::drivers {

struct JournalEnd {
    std::uint64_t last = 0;     // sequence of the last record
    std::uint64_t records = 0;  // that were visited
    // A torn end, where there was one: cut_file is empty otherwise.
    std::string cut_file;
    std::uint64_t cut_at = 0;  // offset in the file
    std::uint64_t cut_bytes = 0;
};

// Visits the records after sequence number `after`. Throws Problem for damage and gaps, naming file, offset and sequence number.
// Changes nothing on disk.
JournalEnd read_journal(const DataFolder& folder, std::uint64_t after,
                        const std::function<void(const core::CommandRecord&)>& visit);

// Removes a torn end for good, so that it never meets the records to come. Throws Problem.
void cut(const DataFolder& folder, const JournalEnd& end);

}  // namespace lastunit::drivers
