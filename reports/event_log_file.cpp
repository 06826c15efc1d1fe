#include "reports/event_log_file.hpp"

#include <utility>

#include "reports/write.hpp"

namespace lastunit::reports {

namespace {

model::ByteSink sink_into(const Destination& to) {
    return model::ByteSink(to.path, to.found == Found::device_or_pipe ? model::Into::as_it_is : model::Into::new_file);
}

// A number as Protobuf writes it: seven bits a byte, the lowest first.
void write_varint(model::ByteSink& sink, std::uint64_t number) {
    std::string bytes;
    for (; number >= 0x80; number >>= 7U) bytes.push_back(static_cast<char>((number & 0x7FU) | 0x80U));
    bytes.push_back(static_cast<char>(number));
    sink.write(bytes);
}

}  // namespace

EventLogFile::EventLogFile(const std::string& path, model::EventLogOrigin origin)
    : path_(path), sink_(sink_into(destination_of(path))), origin_(std::move(origin)) {}

void EventLogFile::write(model::EventLogEntry& entry) {
    if (entry.has_header()) *entry.mutable_header()->mutable_origin() = origin_;
    entry.SerializeToString(&bytes_);
    write_varint(sink_, bytes_.size());
    sink_.write(bytes_);
}

std::string EventLogFile::close() {
    const std::string problem = sink_.close();
    return problem.empty() ? problem : "cannot write " + path_ + ": " + problem;
}

}  // namespace lastunit::reports
