// An event log that is read by the process that makes it, and by nobody else: the same entries as in a file, not packed (a
// million records are some 14 MB).
#pragma once

#include <string>

#include "model/event_log_sink.hpp"

namespace lastunit::reports {

class EventLogMemory : public model::EventLogSink {
   public:
    explicit EventLogMemory(model::EventLogOrigin origin);

    void write(model::EventLogEntry& entry) override;
    const std::string& bytes() const { return bytes_; }  // each entry after its length, as in a file

   private:
    model::EventLogOrigin origin_;
    std::string bytes_;
};

}  // namespace lastunit::reports
