// Reads a file of real orders: CSV, plain or gzip, one row per order line, streamed.
#pragma once

#include <string>
#include <variant>

#include "model/demand.hpp"

namespace lastunit::model {

// Every row is a line of an order, or skipped by the options' rules, or outside the window, or rejected by name; the log counts
// each. Rows of one order need not be adjacent: they are brought together by the order's name, and the order's time is its first
// row's. Fails when the file or its header cannot be read, when more than `max_bad_rows` rows are broken, or when no line is left
// to replay.
std::variant<ReplayLog, ReplayError> load_replay(const std::string& path, const ReplayOptions& options);

}  // namespace lastunit::model
