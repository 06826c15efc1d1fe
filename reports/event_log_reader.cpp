#include "reports/event_log_reader.hpp"

#include "reports/event_log_chunk.hpp"

namespace lastunit::reports {

namespace {
constexpr std::size_t kMostBytes = std::size_t{1} << 28U;  // of one entry: more is no length but damage
}

EventLogReader::EventLogReader(const std::string& path) : path_(path), source_(std::in_place, path) {
    if (!source_->error().empty())
        fail(source_->error());
    else
        read_header();
}

EventLogReader::EventLogReader(const EventLogMemory& log) : path_("the event log"), buffer_(log.bytes()) { read_header(); }

void EventLogReader::read_header() {
    model::EventLogEntry entry;
    if (!next(entry) || !entry.has_header() || entry.header().scenario_hash().empty()) {
        if (!source_ || source_->error().empty())
            error_ = path_ + ": not an event log of lastunit";  // else it is gzip, and damaged
    } else if (entry.header().schema_version() != 1) {
        error_ = path_ + ": an event log of schema " + std::to_string(entry.header().schema_version()) +
                 ", which this version does not know";
    } else {
        header_ = entry.header();
        const auto cells = static_cast<std::int64_t>(header_.nodes_size()) * header_.skus_size();
        if (header_.shelf_size() != cells || header_.atp_size() != cells) fail("damaged: its header does not fit together");
    }
}

bool EventLogReader::read(LogVisitor& visitor) {
    if (!error_.empty()) return false;
    ChunkReader chunks(header_);
    model::EventLogEntry entry;
    while (next(entry)) {
        if (entry.has_chunk()) {
            if (!chunks.read(entry.chunk(), visitor))
                return fail("damaged after " + std::to_string(chunks.records()) + " records");
        } else if (entry.has_end()) {
            end_ = entry.end();
            if (end_.records() != chunks.records())
                return fail("damaged: " + std::to_string(chunks.records()) + " records of " + std::to_string(end_.records()));
            if (fill(1)) return fail("damaged: something follows its end");
            return error_.empty();  // the check sum of the whole is the last that is read
        }
    }
    return error_.empty() ? fail("cut off after " + std::to_string(chunks.records()) + " records: its end is missing") : false;
}

// False at the end of the file, and when it cannot be read.
bool EventLogReader::next(model::EventLogEntry& entry) {
    std::size_t size = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (!fill(1)) return false;
        const auto byte = static_cast<unsigned char>(buffer_[at_++]);
        size |= std::size_t{byte & 0x7FU} << shift;
        if (byte < 0x80) break;
        if (shift > 28) return fail("damaged: not an entry's length");
    }
    if (size > kMostBytes) return fail("damaged: not an entry's length");
    if (!fill(size)) return error_.empty() ? fail("cut off in the middle of an entry") : false;
    const bool parsed = entry.ParseFromArray(buffer_.data() + at_, static_cast<int>(size));
    at_ += size;
    return parsed ? true : fail("damaged: an entry cannot be read");
}

// Makes the next `bytes` of the file contiguous at `at_`.
bool EventLogReader::fill(std::size_t bytes) {
    if (buffer_.size() - at_ >= bytes) return true;
    if (!source_) return false;
    buffer_.erase(0, at_);
    at_ = 0;
    while (buffer_.size() < bytes) {
        const std::string_view piece = source_->read();
        if (piece.empty()) return source_->error().empty() ? false : fail("damaged: " + source_->error());
        buffer_.append(piece);
    }
    return true;
}

bool EventLogReader::fail(const std::string& why) {
    error_ = path_ + ": " + why;
    return false;
}

}  // namespace lastunit::reports
