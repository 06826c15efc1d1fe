#include "drivers/engine/journal_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/bytes.hpp"
#include "drivers/engine/problem.hpp"

namespace lastunit::drivers {

namespace {

std::size_t last_used_byte(std::span<const std::byte> bytes) {
    std::size_t end = bytes.size();
    // Most of a segment may be zeros: eight at a time.
    while (end >= 8 && core::load<std::uint64_t>(bytes.data() + end - 8) == 0) end -= 8;
    while (end > 0 && bytes[end - 1] == std::byte{0}) --end;
    return end;
}

// Looks for a sound record of a group that began after `sequence`, at any offset before `used`; a record may itself end in zeros.
bool vouched_for(std::span<const std::byte> bytes, std::size_t used, std::uint64_t sequence) {
    bytes = bytes.first(std::min(bytes.size(), used + core::kMostRecordBytes));
    core::CommandRecord record;
    std::vector<core::Line> lines;
    std::size_t size = 0;
    for (std::size_t at = 0; at + core::kCommandHeaderBytes <= bytes.size(); ++at) {
        if (core::load<std::uint32_t>(bytes.data() + at + 8) != core::kCommandMagic) continue;
        if (core::read(bytes.subspan(at), record, lines, size) != core::RecordError::none) continue;
        if (record.sequence > sequence && record.durable >= sequence) return true;
    }
    return false;
}

class Reading {
   public:
    Reading(const DataFolder& folder, std::uint64_t after, const std::function<void(const core::CommandRecord&)>& visit)
        : folder_(folder), visit_(visit), after_(after) {
        end_.last = after;
    }

    JournalEnd run() {
        std::vector<std::uint64_t> segments = folder_.journals();
        // The last segment that begins at or before the first record wanted, and all later ones.
        const auto later = std::upper_bound(segments.begin(), segments.end(), after_ + 1);
        if (later != segments.begin()) segments.erase(segments.begin(), later - 1);
        for (const std::uint64_t first : segments) read_segment(first);
        return end_;
    }

   private:
    void read_segment(std::uint64_t first) {
        const std::string path = folder_.journal(first);
        const WholeFile file(path);
        const std::size_t used = last_used_byte(file.bytes());
        if (used == 0) return;
        if (!end_.cut_file.empty()) {
            if (vouched_for(file.bytes(), used, expected_)) refuse(end_.cut_file, end_.cut_at, "is damaged");
            return;
        }
        if (first > end_.last + 1)
            throw Problem(path + ": begins with command " + std::to_string(first) + ", but " + std::to_string(end_.last + 1) +
                          " comes next: a part of the journal is missing");
        expected_ = first;
        read_records(path, file.bytes(), used);
    }

    void read_records(const std::string& path, std::span<const std::byte> bytes, std::size_t used) {
        std::size_t at = 0;
        while (at < used) {
            std::size_t size = 0;
            const core::RecordError error = core::read(bytes.subspan(at), record_, lines_, size);
            if (error == core::RecordError::unknown_kind) refuse(path, at, "was written by a newer version of lastunit");
            if (error != core::RecordError::none) {
                if (vouched_for(bytes.subspan(at), used - at, expected_)) refuse(path, at, "is damaged");
                end_.cut_file = path;
                end_.cut_at = at;
                end_.cut_bytes = used - at;
                return;
            }
            if (record_.sequence != expected_)
                refuse(path, at, "has the number " + std::to_string(record_.sequence) + ": a record is missing or twice there");
            if (expected_ > after_) {
                visit_(record_);
                end_.last = expected_;
                ++end_.records;
            }
            ++expected_;
            at += size;
        }
    }

    [[noreturn]] void refuse(const std::string& path, std::size_t at, const std::string& what) const {
        throw Problem(path + ": command " + std::to_string(expected_) + " at byte " + std::to_string(at) + " " + what +
                      "; nothing was changed. Restore the folder from a copy");
    }

    const DataFolder& folder_;
    const std::function<void(const core::CommandRecord&)>& visit_;
    std::uint64_t after_;
    std::uint64_t expected_ = 0;
    JournalEnd end_;
    core::CommandRecord record_;
    std::vector<core::Line> lines_;
};

}  // namespace

JournalEnd read_journal(const DataFolder& folder, std::uint64_t after,
                        const std::function<void(const core::CommandRecord&)>& visit) {
    return Reading(folder, after, visit).run();
}

void cut(const DataFolder& folder, const JournalEnd& end) {
    if (end.cut_file.empty()) return;
    const File file = open_file(end.cut_file, O_RDWR);
    if (ftruncate(file.descriptor(), static_cast<off_t>(end.cut_at)) != 0 || fsync(file.descriptor()) != 0)
        throw problem_with(end.cut_file, "cannot cut off its torn end", errno);
    for (const std::uint64_t first : folder.journals())
        if (folder.journal(first) > end.cut_file) unlink(folder.journal(first).c_str());
    if (const int error = sync_folder(folder.path()); error != 0) throw problem_with(folder.path(), "cannot sync it", error);
}

}  // namespace lastunit::drivers
