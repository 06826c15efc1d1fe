#include "reports/event_log_memory.hpp"

#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <utility>

namespace lastunit::reports {

EventLogMemory::EventLogMemory(model::EventLogOrigin origin) : origin_(std::move(origin)) {}

void EventLogMemory::write(model::EventLogEntry& entry) {
    if (entry.has_header()) *entry.mutable_header()->mutable_origin() = origin_;
    google::protobuf::io::StringOutputStream out(&bytes_);
    google::protobuf::util::SerializeDelimitedToZeroCopyStream(entry, &out);
}

}  // namespace lastunit::reports
