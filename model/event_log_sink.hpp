// Where the entries of an event log go: a file, a test's memory.
#pragma once

#include "model/event_log.pb.h"

namespace lastunit::model {

class EventLogSink {
   public:
    virtual ~EventLogSink() = default;
    // In order: one header (whose origin the sink may fill), chunks, one end. The entry is the caller's, and is reused. A sink
    // that cannot write keeps the reason to itself: the run goes on.
    virtual void write(EventLogEntry& entry) = 0;
};

}  // namespace lastunit::model
