#include "drivers/engine/recovery.hpp"

#include <chrono>

#include "core/command_record.hpp"
#include "drivers/engine/journal_reader.hpp"
#include "drivers/engine/problem.hpp"
#include "drivers/engine/snapshot_file.hpp"

namespace lastunit::drivers {

namespace {

Snapshot newest_sound(const DataFolder& folder, Recovery& how) {
    const std::vector<std::uint64_t> all = folder.snapshots();
    if (all.empty()) throw Problem(folder.path() + ": has a journal but no snapshot for it to start from");
    for (std::size_t i = all.size(); i-- > 0;) {
        std::string problem;
        std::optional<Snapshot> snapshot = read_snapshot(folder, all[i], problem);
        if (snapshot) {
            how.snapshot = all[i];
            return std::move(*snapshot);
        }
        how.warnings.push_back(folder.snapshot(all[i]) + ": is passed over: " + problem);
    }
    throw Problem(how.warnings.front() + "; there is no other snapshot. Restore the folder from a copy");
}

}  // namespace

Recovered recover(const DataFolder& folder, ChangeFeed& feed) {
    const auto started = std::chrono::steady_clock::now();
    Recovery how;
    Snapshot snapshot = newest_sound(folder, how);
    core::Ledger& ledger = snapshot.ledger;
    feed.start_after(snapshot.changes);
    core::Events events;
    const JournalEnd end = read_journal(folder, ledger.sequence(), [&](const core::CommandRecord& record) {
        core::apply(ledger, record.now, record.command, events);
        LASTUNIT_ASSERT(ledger.sequence() == record.sequence, "replay is at " + std::to_string(ledger.sequence()));
        feed.publish(events);
        events.clear();
    });
    if (!end.cut_file.empty()) {
        how.warnings.push_back(end.cut_file + ": its torn end of " + std::to_string(end.cut_bytes) + " bytes at byte " +
                               std::to_string(end.cut_at) + " was cut off; nothing in it had been acknowledged");
        cut(folder, end);
    }
    how.records = end.records;
    how.cut_bytes = end.cut_bytes;
    how.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return {std::move(ledger), std::move(how)};
}

}  // namespace lastunit::drivers
