// The event log as a file: gzip over delimited entries (model/event_log.proto).
#pragma once

#include <cstdint>
#include <string>

#include "model/byte_sink.hpp"
#include "model/event_log_sink.hpp"

namespace lastunit::reports {

class EventLogFile : public model::EventLogSink {
   public:
    EventLogFile(const std::string& path, model::EventLogOrigin origin);

    void write(model::EventLogEntry& entry) override;
    // Gives the file its name. What went wrong; empty: all is well.
    std::string close();
    std::uint64_t bytes_in() const { return sink_.bytes_in(); }  // before packing

   private:
    std::string path_;
    model::ByteSink sink_;
    model::EventLogOrigin origin_;
    std::string bytes_;  // reused
};

}  // namespace lastunit::reports
