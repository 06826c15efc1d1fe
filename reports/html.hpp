// The run record as one HTML page: opened from disk, no network, readable without script, printable.
//
// The page, its style and its script are page.html, page.css and page.js, compiled in; the charts are SVG drawn here, and the
// script adds only the read-out under the pointer. Everything that comes from the record is escaped.
#pragma once

#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

std::string to_html(const model::RunRecord& record);

}  // namespace lastunit::reports
