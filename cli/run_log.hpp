// The event log of one run while it is being made: the file of --log, the memory of a page that will tell why, or none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/autopsy.pb.h"
#include "model/event_log_sink.hpp"
#include "model/run_record.pb.h"
#include "reports/event_log_file.hpp"
#include "reports/event_log_memory.hpp"

namespace lastunit::cli {

enum class Page : std::uint8_t { none, wanted };

class RunLog {
   public:
    // `path`: of --log. Where there is neither path nor page, nothing is kept and nothing is paid for.
    RunLog(const std::optional<std::string>& path, Page page, const model::EventLogOrigin& origin);

    model::EventLogSink* sink();  // nullptr: none is kept
    // Gives the file its name. What went wrong; empty: all is well.
    std::string close();
    // Of the run's worst SKUs, for its page; after `close`. Nothing where there is no log, no page, or nothing to tell: a log
    // that cannot be read back takes nothing away from the report.
    std::vector<model::Autopsy> autopsies(const model::RunRecord& record) const;

   private:
    std::optional<std::string> path_;
    Page page_;
    std::optional<reports::EventLogFile> file_;
    std::optional<reports::EventLogMemory> memory_;
};

}  // namespace lastunit::cli
